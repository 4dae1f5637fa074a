"""What the pages of the room ask."""

from keqiao.web.public_notice.forms.awards import AwardForm
from keqiao.web.public_notice.forms.going_up import UpwardForm
from keqiao.web.public_notice.forms.notices import (
    ExtendForm,
    NoticeForm,
    PostForm,
    ReasonForm,
    SubstituteForm,
)
from keqiao.web.public_notice.forms.objections import (
    AssignForm,
    DecideForm,
    FindForm,
    ObjectionForm,
    SupplyForm,
    TurnAwayForm,
    WordsForm,
)

__all__ = [
    "AssignForm",
    "AwardForm",
    "DecideForm",
    "ExtendForm",
    "FindForm",
    "NoticeForm",
    "ObjectionForm",
    "PostForm",
    "ReasonForm",
    "SubstituteForm",
    "SupplyForm",
    "TurnAwayForm",
    "UpwardForm",
    "WordsForm",
]
