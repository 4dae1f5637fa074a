"""What is proposed to the officer for one change of a notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from keqiao.core.programme.amending.asked import Said
from keqiao.core.programme.amending.spots import Address

MOST_CANDIDATES = 12
"""More parts than this are not offered: a person looks them up in the draft."""


class Sure(StrEnum):
    """How sure it is which part is meant and what it shall say. Only the first two may be taken over together."""

    EXACT = "exact"  # the words name the part, or the call has only one of the kind
    BY_VALUE = "by_value"  # no name, but only one part says what is to be replaced
    SAME = "same"  # the call says so already
    COMPUTED = "computed"  # worked out (one week later, a year that is not written): to be confirmed
    CONFLICT = "conflict"  # the part says something else than the notice says it does, or a day moves forward
    CHOOSE = "choose"  # several parts may be meant
    NONE = "none"  # a person has to enter it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part that a change may mean: what it says now (None: nothing of its own), and what it would say."""

    address: Address
    before: Said | None
    after: Said | None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to do to a call. ``candidates``: one where it is known, several to choose from, none where a person
    has to find it. ``why`` is the code of what a person has to know. ``entry`` holds the plain values of what is
    added, where something is; ``removes`` says that the part is taken away.
    """

    sure: Sure
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    entry: Mapping[str, Any] | None = None
    removes: bool = False

    @property
    def is_plain(self) -> bool:
        """May it be taken over without a look at each?"""
        return self.sure in (Sure.EXACT, Sure.BY_VALUE) and len(self.candidates) == 1
