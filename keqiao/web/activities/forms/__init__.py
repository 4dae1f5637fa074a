"""What the pages of records ask."""

from keqiao.web.activities.forms.acts import ReasonForm, SeveralForm
from keqiao.web.activities.forms.records import RecordForm
from keqiao.web.activities.forms.sending import EvidenceForm

__all__ = ["EvidenceForm", "ReasonForm", "RecordForm", "SeveralForm"]
