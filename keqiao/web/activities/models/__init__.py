"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.activities.models.evidence import EvidenceUse
from keqiao.web.activities.models.records import LONGEST_REASON, STATES, Activity

__all__ = ["LONGEST_REASON", "STATES", "Activity", "EvidenceUse"]
