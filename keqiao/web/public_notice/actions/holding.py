"""An objection that is taken up holds the project it is about and no other; decided, it lets go of it."""

from keqiao.core.lifecycle.roles import OFFICER, PROGRAM
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions import move
from keqiao.web.audit.log import By
from keqiao.web.public_notice.models import Objection
from keqiao.web.public_notice.queries import others_that_hold

HOLDABLE = [SelectionState.IN_NOTICE.value, SelectionState.CONFIRMED.value]
WHY = "异议已受理（{number}），暂缓立项"


def hold(objection: Objection, by: By) -> None:
    """Hold the project of an objection that was taken up; one that is held already stays so."""
    selection = objection.item.selection
    if selection.state in HOLDABLE:
        reason = WHY.format(number=objection.number)
        move(selection, "hold", role=OFFICER, actor=by.actor, at=by.at, reason=reason)


def let_go(objection: Objection, by: By) -> None:
    """Let the project of an objection go on, unless another objection holds it or it is out."""
    selection = objection.item.selection
    if selection.state == SelectionState.HELD.value and not others_that_hold(objection):
        move(selection, "clear", role=PROGRAM, actor=by.actor, at=by.at)


def drop(objection: Objection, reason: str, by: By) -> None:
    """Take the project of an objection that was upheld out; one that is out already stays so."""
    selection = objection.item.selection
    if selection.state in [*HOLDABLE, SelectionState.HELD.value, SelectionState.APPROVED.value]:
        move(selection, "drop", role=by.role, actor=by.actor, at=by.at, reason=reason)
