"""Preferences of a call in a ranking (优先): what they decide, and where a person is told of one that decided nothing.

A preference never moves anybody past a better total by itself: no document says by how much. At equal totals the
stronger one goes first where the card says so. An application that a call prefers (优先, 重点支持) and that stands
behind one it does not prefer is told, so that whoever decides can lift it with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from keqiao.core.programme.selection import Preference

STRENGTH = {"tie_break": 1, "priority": 2, "key_support": 3}
LIFTS = STRENGTH["priority"]
"""From this strength on a preference is told where it decided nothing; 同等条件下 is about ties alone."""


@dataclass(frozen=True, slots=True)
class Level:
    """How strongly an application is preferred, 0 for not at all; the two differ where facts are unknown."""

    least: int
    most: int

    @property
    def is_known(self) -> bool:
        """Do the facts decide it?"""
        return self.least == self.most


def level_of(preferences: Sequence[Preference], met: Mapping[int, bool | None]) -> Level:
    """Return how strongly an application is preferred that meets ``met``, by the number of the preference from 0.

    What is not stated is unknown.
    """
    sure = [STRENGTH[each.strength] for number, each in enumerate(preferences) if met.get(number) is True]
    possible = [
        STRENGTH[each.strength] for number, each in enumerate(preferences) if met.get(number) is not False
    ]
    return Level(max(sure, default=0), max(possible, default=0))
