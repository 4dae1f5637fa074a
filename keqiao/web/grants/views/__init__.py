"""Pages of the room."""

from keqiao.web.grants.views.acts import act_on_change, act_on_grant, act_on_instalment, act_on_settlement
from keqiao.web.grants.views.calls import begin, call, calls, own
from keqiao.web.grants.views.grants import agreement, agreement_file, draft, free_place, grant
from keqiao.web.grants.views.money import change, judge, receipt, settlement
from keqiao.web.grants.views.papers import change_paper, settlement_file

__all__ = [
    "act_on_change",
    "act_on_grant",
    "act_on_instalment",
    "act_on_settlement",
    "agreement",
    "agreement_file",
    "begin",
    "call",
    "calls",
    "change",
    "change_paper",
    "draft",
    "free_place",
    "grant",
    "judge",
    "own",
    "receipt",
    "settlement",
    "settlement_file",
]
