"""All that is fixed about the life of one kind of case, in one value: its moves, its events, where it may rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from keqiao.core.lifecycle.moves import Move, next_state

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Table(Generic[S]):
    """The life of one kind of case; ``case`` is its name in the vocabulary (``data/vocabulary/lifecycle.yaml``).

    ``begins`` gives the events that begin it and the state they leave it in, ``events`` the event that each act writes.
    ``ends`` are the states in which a case may rest for ever; from every other one there is a way to one of them.
    ``reasons`` are the acts that need a reason in words, ``two_people`` those that somebody else has to approve.
    """

    case: str
    begins: Mapping[str, S]
    moves: tuple[Move[S], ...]
    events: Mapping[str, str]
    ends: frozenset[S]
    reasons: frozenset[str] = frozenset()
    two_people: frozenset[str] = frozenset()

    def after(self, state: S, act: str, roles: Iterable[str]) -> S:
        """Return the state of a case after ``act``.

        Raises:
            NotAllowed: the table does not let these roles do it in this state.
        """
        return next_state(self.moves, state, act, roles)

    def acts_in(self, state: S, roles: Iterable[str]) -> tuple[str, ...]:
        """Return the acts that are open to these roles in ``state``, in the order of the table."""
        held = frozenset(roles)
        return tuple(
            dict.fromkeys(move.act for move in self.moves if state in move.sources and move.roles & held)
        )

    @property
    def state_after(self) -> dict[str, S]:
        """The state that each recorded event leaves a case in; events that change no state are not listed."""
        moved = {self.events[move.act]: move.target for move in self.moves if move.target is not None}
        return {**self.begins, **moved}
