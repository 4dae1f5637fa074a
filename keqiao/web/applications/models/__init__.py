"""Tables of the room: applications and what was saved of them, submissions, returns, how calls take them in."""

from keqiao.web.applications.models.applications import STATE_WORDS, Application, Attachment, Partner
from keqiao.web.applications.models.intake import Guard, Intake, NumberSeries
from keqiao.web.applications.models.joining import JOINING_WORDS, Joining
from keqiao.web.applications.models.marks import BundleMark
from keqiao.web.applications.models.submissions import Return, Submission
from keqiao.web.applications.models.versions import Prepared, Version

__all__ = [
    "JOINING_WORDS",
    "STATE_WORDS",
    "Application",
    "Attachment",
    "BundleMark",
    "Guard",
    "Intake",
    "Joining",
    "NumberSeries",
    "Partner",
    "Prepared",
    "Return",
    "Submission",
    "Version",
]
