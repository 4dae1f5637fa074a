"""The order of merit: who stands before whom in a list, and in which order places of all lists are given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.allocation.terms import Candidate, Case, Lift, Policy

_BEFORE = (Lift.KEY_SUPPORT, Lift.PRIORITY)
"""The strengths that come before the score, the stronger first."""


class NoStanding(ValueError):
    """The place of ``candidate`` in its list cannot be told: nobody scored or ranked it as the others."""

    def __init__(self, candidate: str) -> None:
        super().__init__(f"{candidate} has neither the score nor the rank that its list goes by")
        self.candidate = candidate


@dataclass(frozen=True, slots=True)
class Equals:
    """Those who stand equally high in one list; ``place`` is 1 and how many stand before them there."""

    ranking: str
    place: int
    members: tuple[str, ...]


def has_standing(candidate: Candidate, listed: Iterable[Candidate]) -> bool:
    """Can the candidate be put into the order of its list? Where anybody there has a rank, ranks decide."""
    by_rank = any(each.rank is not None for each in listed)
    return (candidate.rank if by_rank else candidate.score) is not None


def in_order(case: Case, candidates: Iterable[Candidate]) -> tuple[Equals, ...]:
    """All in the order in which places are given: the first of every list, then the second of every list …

    Lists stand in the order of their first candidates in the case.

    Raises:
        NoStanding: somebody has no score, or no rank in a list of ranks.
        ValueError: points are to be added in a list of ranks.
    """
    lists: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        lists.setdefault(candidate.list_id, []).append(candidate)
    order = {
        ranking: number for number, ranking in enumerate(dict.fromkeys(c.list_id for c in case.candidates))
    }
    found = [each for ranking, listed in lists.items() for each in _ranked(ranking, listed, case.policy)]
    return tuple(sorted(found, key=lambda each: (each.place, order[each.ranking])))


def _ranked(ranking: str, listed: list[Candidate], policy: Policy) -> list[Equals]:
    by_rank = any(each.rank is not None for each in listed)
    levels: dict[tuple[Fraction, ...], list[str]] = {}
    for each in listed:
        levels.setdefault(_level(each, policy, by_rank=by_rank), []).append(each.id)
    found, place = [], 1
    for level in sorted(levels, reverse=True):
        found.append(Equals(ranking, place, tuple(levels[level])))
        place += len(levels[level])
    return found


def _level(candidate: Candidate, policy: Policy, *, by_rank: bool) -> tuple[Fraction, ...]:
    """What is compared, the greater the higher: lifts that come first, the score with its points, ties."""
    merit = candidate.rank if by_rank else candidate.score
    if merit is None:
        raise NoStanding(candidate.id)
    points = sum(
        (policy.lift_points[lift] for lift in candidate.lifts & policy.lift_points.keys()), Fraction(0)
    )
    if by_rank and points:
        raise ValueError(f"points cannot be added to the rank of {candidate.id}")
    first = [Fraction(lift in candidate.lifts) for lift in _BEFORE if lift not in policy.lift_points]
    return (
        *first,
        -Fraction(merit) if by_rank else merit + points,
        Fraction(Lift.TIE_BREAK in candidate.lifts),
    )


def places_of(order: Iterable[Equals]) -> Mapping[str, int]:
    """The place of each candidate in its list."""
    return {member: equals.place for equals in order for member in equals.members}
