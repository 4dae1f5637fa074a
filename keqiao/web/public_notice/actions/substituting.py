"""Let the next in reserve take the place of a project that is out; it goes the whole way again (F7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.web.allocation.actions import move
from keqiao.web.allocation.queries import reserves_of
from keqiao.web.public_notice.actions.writing import reason_given, refusal


@dataclass(frozen=True, slots=True)
class Agreed:
    """Who asked for a substitute, which leader agreed, and when."""

    proposer: Any
    leader: Any
    at: datetime


def substitute(out: Any, successor_id: Any, reason: str, agreed: Agreed) -> Any:
    """Let ``successor`` take the place of ``out``: approved now, shown in a notice of its own. Return it.

    It gets what the other one had where nothing is decided about its money and scope.

    Raises:
        Refused: it is not in reserve for this place, the place is filled, or the reason is missing.
    """
    reason = reason_given(reason)
    successor = next((each for each in reserves_of(out) if str(each.pk) == str(successor_id)), None)
    if successor is None:
        raise refusal("public_notice.not_in_reserve")
    at = agreed.at
    move(out, "substitute", role=OFFICER, actor=agreed.proposer, at=at, reason=reason)
    values = {
        "instead_of_id": out.pk,
        "amount_fen": out.amount_fen if successor.amount_fen is None else successor.amount_fen,
        "scope": successor.scope or out.scope,
    }
    move(
        successor, "propose", role=OFFICER, actor=agreed.proposer, at=at, reason=reason, values=values,
        data={"instead_of": str(out.pk)},
    )  # fmt: skip
    return move(successor, "approve", role=LEADER, actor=agreed.leader, at=at)
