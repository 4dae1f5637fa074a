"""How a table of moves is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One row: ``act`` by one of ``roles`` leads from any of ``sources`` to ``target``.

    ``target`` is None where the act leaves the state as it is.
    """

    act: str
    roles: frozenset[str]
    sources: frozenset[S]
    target: S | None


class NotAllowed(Exception):
    """An act that its table does not hold for this state and these roles.

    ``wrong_state`` tells whether the roles may do it in another state.
    """

    def __init__(self, act: str, state: StrEnum, *, wrong_state: bool) -> None:
        super().__init__(f"{act} in state {state}")
        self.act = act
        self.state = state
        self.wrong_state = wrong_state


def next_state(moves: Iterable[Move[S]], state: S, act: str, roles: Iterable[str]) -> S:
    """Return where ``act`` leads from ``state`` for somebody who holds ``roles``. Writes nothing.

    Raises:
        NotAllowed: no row allows it.
    """
    held = frozenset(roles)
    open_to = [move for move in moves if move.act == act and move.roles & held]
    for move in open_to:
        if state in move.sources:
            return move.target if move.target is not None else state
    raise NotAllowed(act, state, wrong_state=bool(open_to))
