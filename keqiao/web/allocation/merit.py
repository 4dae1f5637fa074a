"""Who stands before whom: by what experts scored and the tie-breaks of the card, or by what people stated."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from keqiao.core.allocation import Bar, BarKind
from keqiao.core.findings import Finding, Verdict
from keqiao.core.programme.selection import Preference, Scorecard
from keqiao.core.scoring.ranking import Beside, ranking
from keqiao.core.scoring.totals import counting
from keqiao.web.allocation.models import Selection

NOT_TOLD = "scoring.preferred_behind"
"""Those preferred stand before the others here, so nobody has to be told that they do not."""


@dataclass(frozen=True, slots=True)
class Merit:
    """The standing of one application: its score as the card counts it, its rank where ranks decide, what parted it."""

    score: Fraction | None = None
    rank: int | None = None
    decided_by: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class List:
    """The applications of one category. ``outcomes`` by the id of the application; ``points``: the office adds some."""

    rows: Sequence[Selection]
    outcomes: Mapping[Any, Any]
    preferences: tuple[Preference, ...] = ()
    points: bool = False


@dataclass
class Standing:
    """The merits of all, and what has to be asked about their order."""

    merits: dict[str, Merit] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def standing_of(lists: Iterable[List]) -> Standing:
    """Return the standing of everybody in these lists."""
    found = Standing()
    for each in lists:
        ranks, decided = _ranks(each, found)
        for row in each.rows:
            key = str(row.application_id)
            outcome = each.outcomes.get(row.application_id)
            bars = tuple(_bars(row, outcome)) if outcome else ()
            found.merits[key] = Merit(_score(outcome), ranks.get(key), decided.get(key, ()), bars)
    return found


def card_of(outcome: Any) -> Scorecard | None:
    """Return the card by which an outcome came about."""
    card: Scorecard | None = outcome.card if outcome is not None else None
    return card


def is_settled(row: Selection, kind: BarKind) -> bool | None:
    """What an officer found out about a bar of a selection; None: nothing."""
    said: bool | None = row.known.get("bars", {}).get(kind.value)
    return said


def _score(outcome: Any) -> Fraction | None:
    if outcome is None or outcome.total is None:
        return None
    return counting(outcome.card, outcome.total) if outcome.card is not None else outcome.total


def _ranks(each: List, found: Standing) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """The places in a list: stated ones where there is any; else those of the card, unless points are added."""
    stated = {str(row.application_id): row.stated_rank for row in each.rows if row.stated_rank is not None}
    results = [
        outcome.result for row in each.rows if (outcome := each.outcomes.get(row.application_id)) is not None
    ]
    card = next((card for outcome in each.outcomes.values() if (card := card_of(outcome)) is not None), None)
    if stated or not results or card is None or None in results:
        return stated, {}
    ranked = ranking(card, results, _beside(each))
    found.findings += [finding for finding in ranked.findings if finding.code != NOT_TOLD]
    decided = {one.application: one.decided_by for one in ranked.order}
    return {} if each.points else {one.application: one.rank for one in ranked.order}, decided


def _beside(each: List) -> Beside:
    met = {str(row.application_id): met_by(row) for row in each.rows}
    votes = {str(row.application_id): row.known["votes"] for row in each.rows if "votes" in row.known}
    admitted = {str(row.application_id) for row in each.rows if is_settled(row, BarKind.VETOED) is False}
    return Beside(each.preferences, met, votes, frozenset(admitted))


def met_by(row: Selection) -> dict[int, bool | None]:
    """Which preferences an application meets, by their number; what nobody stated is not there."""
    return {int(number): met for number, met in row.known.get("met", {}).items()}


def _bars(row: Selection, outcome: Any) -> Iterator[Bar]:
    """What keeps it out beside its points: a veto, or something that a person has to look at first."""
    findings = outcome.result.findings if outcome.result is not None else ()
    vetoed = next((each for each in findings if each.code == "scoring.vetoed"), None)
    if vetoed is not None:
        yield Bar(BarKind.VETOED, holds=True, source=vetoed.source)
    elif outcome.verdict == Verdict.PERSON and (settled := is_settled(row, BarKind.VETOED)) is not False:
        yield Bar(BarKind.VETOED, holds=settled)
