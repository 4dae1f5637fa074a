"""Who is selected: what the call states as most is kept, what it states as least is reached, then merit decides.

Merit decides from the top: no place goes to somebody lower while it can go to somebody higher (decision 0103). Where
taking one after the other already reaches every stated least, that is the answer; only where a least, or equals, hold
the choices together, they are solved together.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from keqiao.core.allocation.order import Equals
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.solving import solved


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is selected. ``open`` are equals of whom only some can be: a person says which.

    Of the open ones, as many are among the chosen as there is room for, so that what follows can be counted.
    """

    chosen: frozenset[str]
    open: frozenset[str] = frozenset()


def select(room: Room, order: Sequence[Equals], fixed: Set[str] = frozenset()) -> Selection:
    """Select among ``order`` beside those who are ``fixed`` already.

    Raises:
        NotSolved: there are too many combinations.
    """
    chosen = _one_by_one(room, order, fixed)
    if chosen is not None:
        return Selection(chosen - fixed)
    found, unsettled = solved(room, order, fixed)
    return Selection(found, unsettled)


def _one_by_one(room: Room, order: Sequence[Equals], fixed: Set[str]) -> frozenset[str] | None:
    """Take from the top whoever fits; None where that might not be the answer."""
    chosen = frozenset(fixed)
    for equals in order:
        fitting = [each for each in equals.members if _fits(room, each, chosen)]
        if len(equals.members) > 1 and fitting and not _fit_together(room, equals, chosen):
            return None
        chosen |= frozenset(fitting)
    left = {member for equals in order for member in equals.members} - chosen
    is_short = room.places_missing(chosen) or room.scope_missing(chosen)
    return None if left and is_short else chosen


def _fits(room: Room, candidate: str, chosen: Set[str]) -> bool:
    each = room.candidates[candidate]
    return room.admits(each, chosen) and room.is_needed(each, chosen)


def _fit_together(room: Room, equals: Equals, chosen: frozenset[str]) -> bool:
    together = chosen
    for member in equals.members:
        if not room.admits(room.candidates[member], together):
            return False
        together |= {member}
    return all(room.is_needed(room.candidates[member], together - {member}) for member in equals.members)
