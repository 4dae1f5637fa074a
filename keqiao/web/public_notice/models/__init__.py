"""Tables of the room. Changed only by ``actions``."""

from keqiao.web.public_notice.models.awards import Award, AwardItem, AwardTitle, ResultLetter, UpwardEntry
from keqiao.web.public_notice.models.notices import Notice, NoticeItem
from keqiao.web.public_notice.models.objections import Objection, Proof

__all__ = [
    "Award",
    "AwardItem",
    "AwardTitle",
    "Notice",
    "NoticeItem",
    "Objection",
    "Proof",
    "ResultLetter",
    "UpwardEntry",
]
