"""Tables of the room: calls and their documents, drafts and their steps, revisions, amendments."""

from keqiao.web.programmes.models.amendments import Amendment
from keqiao.web.programmes.models.calls import STATE_WORDS, UNPUBLISHED, Call, ReadingState, Source
from keqiao.web.programmes.models.drafts import Draft, Step
from keqiao.web.programmes.models.offers import Milestone, Offer, Portion
from keqiao.web.programmes.models.revisions import Revision

__all__ = [
    "STATE_WORDS",
    "UNPUBLISHED",
    "Amendment",
    "Call",
    "Draft",
    "Milestone",
    "Offer",
    "Portion",
    "ReadingState",
    "Revision",
    "Source",
    "Step",
]
