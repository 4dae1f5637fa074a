"""Bring a selection from the state it has to the one that is wanted, by the moves of its table."""

from keqiao.core.lifecycle.roles import OFFICER, PROGRAM
from keqiao.core.lifecycle.selection import TABLE, SelectionState
from keqiao.web.allocation.actions.moving import move
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.targets import Target
from keqiao.web.audit.log import By

S = SelectionState
ACTS = {
    S.RANKED: ("rank_again", OFFICER),
    S.PROPOSED: ("propose", OFFICER),
    S.RESERVE: ("put_in_reserve", OFFICER),
    S.NOT_CHOSEN: ("leave_out", OFFICER),
    S.ABSORBED: ("absorb", PROGRAM),
}


def bring_to(row: Selection, target: Target, by: By) -> None:
    """Move a selection until it stands as wanted; nothing is written where it does already."""
    values = {"amount_fen": target.amount_fen, "scope": dict(target.scope), "reason": target.reason}
    if row.state == target.state.value and all(getattr(row, name) == value for name, value in values.items()):
        return
    act, role = ACTS[target.state]
    here = SelectionState(row.state)
    if here is S.ABSORBED and target.state is not S.ABSORBED:
        row = _moved(row, "release", PROGRAM, by)
    elif act not in TABLE.acts_in(here, {role}) and here is not S.RANKED:
        row = (
            _moved(row, *ACTS[S.RANKED], by)
            if here is not S.ABSORBED
            else _moved(row, "release", PROGRAM, by)
        )
    if target.state is S.RANKED:
        _plain(row, values)
        return
    data = {} if target.amount_fen is None else {"amount_fen": target.amount_fen}
    more = {"reason": target.reason, "values": values, "data": data}
    move(row, act, role=role, actor=by.actor, at=by.at, **more)  # type: ignore[arg-type]


def _moved(row: Selection, act: str, role: str, by: By) -> Selection:
    return move(row, act, role=role, actor=by.actor, at=by.at)


def _plain(row: Selection, values: dict[str, object]) -> None:
    """What is open has no sum yet."""
    Selection.objects.filter(pk=row.pk).update(**values)
