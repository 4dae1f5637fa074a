"""Tables of the room: calls and their documents, drafts and their steps, revisions, amendments."""

from keqiao.web.programmes.models.amendments import Amendment
from keqiao.web.programmes.models.calls import STATE_WORDS, UNPUBLISHED, Call, ReadingState, Source
from keqiao.web.programmes.models.drafts import Draft, Step
from keqiao.web.programmes.models.revisions import Offer, PublicEdition, Revision

__all__ = [
    "STATE_WORDS",
    "UNPUBLISHED",
    "Amendment",
    "Call",
    "Draft",
    "Offer",
    "PublicEdition",
    "ReadingState",
    "Revision",
    "Source",
    "Step",
]
