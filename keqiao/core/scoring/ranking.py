"""The order of applications by what experts scored (排序): equal totals, what decides between them, what stays open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from keqiao.core.findings import Finding, Value, Verdict, Weight
from keqiao.core.programme.selection import Preference, Scorecard, TieBreak
from keqiao.core.scoring.preferences import LIFTS, Level, level_of
from keqiao.core.scoring.results import Result
from keqiao.core.scoring.totals import counting


@dataclass(frozen=True, slots=True)
class Beside:
    """What decides besides the sheets, each by the id of an application.

    ``met``: the preferences it meets, by their number in ``preferences``; what is not stated is unknown. ``votes``:
    what it was given in a vote among equals. ``admitted``: those let in by a person although something was open.
    """

    preferences: tuple[Preference, ...] = ()
    met: Mapping[str, Mapping[int, bool | None]] = field(default_factory=dict)
    votes: Mapping[str, int] = field(default_factory=dict)
    admitted: frozenset[str] = frozenset()

    def level(self, application: str) -> Level:
        """How strongly the call prefers ``application``."""
        return level_of(self.preferences, self.met.get(application, {}))


@dataclass(frozen=True, slots=True)
class Ranked:
    """One application in the order. Those with equal rank are ``tied``: nothing decides between them.

    ``decided_by`` are the tie-breaks that parted it from others with its total, as ``criterion:plan`` or ``vote``.
    """

    application: str
    rank: int
    shown: Decimal
    tied: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """``order``: best first. ``waiting``: a person has to look at them first. ``out``: those that fail."""

    order: tuple[Ranked, ...]
    waiting: tuple[str, ...]
    out: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Applications between which nothing has decided yet."""

    results: tuple[Result, ...]
    decided_by: tuple[str, ...] = ()
    open: Finding | None = None


def ranking(card: Scorecard, results: Sequence[Result], beside: Beside | None = None) -> Ranking:
    """Order the results by the total that counts, then by the tie-breaks of the card, in their order.

    A tie-break whose facts are not known for all of a group stops there: what comes after it must not decide in its
    place. Equals that nothing parts share a rank, and the next rank counts them (1, 2, 2, 4).
    """
    beside = beside or Beside()
    placed = tuple(each for each in results if _takes_part(each, beside))
    names = {each.application for each in placed}
    groups = list(_by_value(placed, lambda each: counting(card, each.total or Fraction(0))))
    for tie_break in card.tie_breaks:
        groups = [part for group in groups for part in _parted(card, group, tie_break, beside)]
    order = tuple(_numbered(groups))
    return Ranking(
        order,
        tuple(
            sorted(
                each.application
                for each in results
                if each.verdict is Verdict.PERSON and each.application not in names
            )
        ),
        tuple(sorted(each.application for each in results if each.verdict is Verdict.FAILS)),
        (*_few(card, results), *_undecided(card, groups), *_preferred_behind(order, beside)),
    )


def _takes_part(result: Result, beside: Beside) -> bool:
    if result.total is None:
        return False
    let_in = result.verdict is Verdict.PERSON and result.application in beside.admitted
    return let_in or result.verdict is Verdict.PASSES


def _by_value(
    results: tuple[Result, ...], value: Callable[[Result], Fraction], decided_by: tuple[str, ...] = ()
) -> Iterator[_Group]:
    """Part ``results`` by a value, the highest first."""
    found: dict[Fraction, list[Result]] = {}
    for each in results:
        found.setdefault(value(each), []).append(each)
    for key in sorted(found, reverse=True):
        yield _Group(tuple(found[key]), decided_by)


def _parted(card: Scorecard, group: _Group, tie_break: TieBreak, beside: Beside) -> Iterator[_Group]:
    if len(group.results) == 1 or group.open is not None:
        yield group
        return
    if missing := _unknown(card, group, tie_break, beside):
        yield _Group(group.results, group.decided_by, missing)
        return
    parts = list(_by_value(group.results, lambda each: _deciding(each, tie_break, beside), group.decided_by))
    code = f"criterion:{tie_break.criterion}" if tie_break.by == "criterion" else tie_break.by
    for part in parts:
        yield _Group(part.results, (*group.decided_by, code)) if len(parts) > 1 else group


def _unknown(card: Scorecard, group: _Group, tie_break: TieBreak, beside: Beside) -> Finding | None:
    """What has to be known before this tie-break can decide between these."""
    names = tuple(sorted(each.application for each in group.results))
    if tie_break.by == "vote" and not all(name in beside.votes for name in names):
        return Finding("scoring.vote_needed", Weight.ASK, {"applications": names}, card.source)
    if tie_break.by == "preference":
        unknown = tuple(name for name in names if not beside.level(name).is_known)
        if unknown:
            return Finding("scoring.preference_unknown", Weight.ASK, {"applications": unknown}, card.source)
    return None


def _deciding(result: Result, tie_break: TieBreak, beside: Beside) -> Fraction:
    if tie_break.by == "criterion":
        return (result.by_criterion or {})[tie_break.criterion or ""]
    if tie_break.by == "recommendations":
        return result.recommended
    if tie_break.by == "preference":
        return Fraction(beside.level(result.application).least)
    return Fraction(beside.votes[result.application])


def _numbered(groups: Sequence[_Group]) -> Iterator[Ranked]:
    before = 0
    for group in groups:
        names = sorted(each.application for each in group.results)
        for each in sorted(group.results, key=lambda one: one.application):
            tied = tuple(name for name in names if name != each.application)
            yield Ranked(each.application, before + 1, each.shown or Decimal(0), tied, group.decided_by)
        before += len(group.results)


def _few(card: Scorecard, results: Sequence[Result]) -> Iterator[Finding]:
    if len(results) < card.least_applicants:
        values = {"count": len(results), "least": card.least_applicants}
        yield Finding("scoring.few_applicants", Weight.WARN, values, card.source)


def _undecided(card: Scorecard, groups: Sequence[_Group]) -> Iterator[Finding]:
    for group in groups:
        if len(group.results) > 1:
            names = tuple(sorted(each.application for each in group.results))
            yield Finding("scoring.tie_undecided", Weight.ASK, {"applications": names}, card.source)
        if group.open is not None:
            yield group.open


def _preferred_behind(order: Sequence[Ranked], beside: Beside) -> Iterator[Finding]:
    for each in order:
        level = beside.level(each.application).least
        ahead = tuple(
            other.application
            for other in order
            if other.rank < each.rank and beside.level(other.application).most < level
        )
        if level >= LIFTS and ahead:
            strongest = _strongest(each.application, level, beside)
            values: dict[str, Value] = {
                "application": each.application,
                "words": strongest.words,
                "ahead": ahead,
            }
            yield Finding("scoring.preferred_behind", Weight.ASK, values, strongest.source)


def _strongest(application: str, level: int, beside: Beside) -> Preference:
    met = beside.met[application]
    return next(
        each
        for number, each in enumerate(beside.preferences)
        if met.get(number) is True and level_of((each,), {0: True}).least == level
    )
