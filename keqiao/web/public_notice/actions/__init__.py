"""The acts of the room; each is one transaction and one event."""

from keqiao.web.public_notice.actions.awarding import AwardWording, draft_award, edit_award, issue
from keqiao.web.public_notice.actions.concluding import conclude
from keqiao.web.public_notice.actions.deciding import Decided, decide
from keqiao.web.public_notice.actions.drafting import Wording, draft, edit, sign, take_back, withdraw
from keqiao.web.public_notice.actions.forgetting import forget_objectors_due
from keqiao.web.public_notice.actions.going_up import Upward, enter_upward
from keqiao.web.public_notice.actions.handling import (
    accept,
    ask_for_more,
    assign,
    find,
    go_on,
    send_back,
    turn_away,
)
from keqiao.web.public_notice.actions.objecting import (
    Raised,
    against_raising,
    object_to,
    supply,
    take_back_objection,
)
from keqiao.web.public_notice.actions.posting import (
    end_due,
    extend,
    plan_posting,
    post,
    post_due,
    take_down,
    take_down_due,
)
from keqiao.web.public_notice.actions.substituting import Agreed, substitute

__all__ = [
    "Agreed",
    "AwardWording",
    "Decided",
    "Raised",
    "Upward",
    "Wording",
    "accept",
    "against_raising",
    "ask_for_more",
    "assign",
    "conclude",
    "decide",
    "draft",
    "draft_award",
    "edit",
    "edit_award",
    "end_due",
    "enter_upward",
    "extend",
    "find",
    "forget_objectors_due",
    "go_on",
    "issue",
    "object_to",
    "plan_posting",
    "post",
    "post_due",
    "send_back",
    "sign",
    "substitute",
    "supply",
    "take_back",
    "take_back_objection",
    "take_down",
    "take_down_due",
    "turn_away",
    "withdraw",
]
