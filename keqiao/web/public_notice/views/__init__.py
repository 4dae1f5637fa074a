"""Pages of the room."""

from keqiao.web.public_notice.views.acts import act, extend, sign, substitute, take_back, withdraw
from keqiao.web.public_notice.views.awards import award, award_paper, edit_award, issue, letter, new_award
from keqiao.web.public_notice.views.going_up import upward
from keqiao.web.public_notice.views.notices import edit, home, new, notice, paper, statement
from keqiao.web.public_notice.views.objections import objection, objections
from keqiao.web.public_notice.views.open import answer, follow, object_to

__all__ = [
    "act",
    "answer",
    "award",
    "award_paper",
    "edit",
    "edit_award",
    "extend",
    "follow",
    "home",
    "issue",
    "letter",
    "new",
    "new_award",
    "notice",
    "object_to",
    "objection",
    "objections",
    "paper",
    "sign",
    "statement",
    "substitute",
    "take_back",
    "upward",
    "withdraw",
]
