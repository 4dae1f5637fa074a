"""What a proposal makes of each application: the state it would have, its sum and its part."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from keqiao.core.allocation import AT_THE_LINE, Status
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.frozen import Frozen
from keqiao.web.allocation.models import Selection

S = SelectionState
MOVABLE = frozenset(each.value for each in (S.RANKED, S.PROPOSED, S.RESERVE, S.NOT_CHOSEN, S.ABSORBED))
"""States in which an officer still decides."""


@dataclass(frozen=True, slots=True)
class Target:
    """What becomes of an application; ``reason`` where it departs from the proposal."""

    state: SelectionState
    amount_fen: int | None = None
    scope: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""


STATES = {Status.IN: S.PROPOSED, Status.ABSORBED: S.ABSORBED, Status.OPEN: S.RANKED}


def target_of(frozen: Frozen, row: Selection) -> Target:
    """Return what is proposed. Whoever could have been selected waits in reserve; what is open stays where it is."""
    verdict = frozen.proposal.verdicts.get(str(row.application_id))
    if verdict is None:
        return Target(S.RANKED)
    if verdict.status is Status.OUT:
        in_reserve = verdict.reason in AT_THE_LINE and verdict.place is not None
        return Target(S.RESERVE if in_reserve else S.NOT_CHOSEN)
    return Target(STATES[verdict.status], verdict.amount_fen, dict(verdict.scope))
