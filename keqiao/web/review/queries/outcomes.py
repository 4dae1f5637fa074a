"""What rounds of review came to, with the order that follows. Nothing is given of a round that is not closed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Verdict
from keqiao.core.programme import effective
from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.ranking import Beside, Ranked, Ranking, ranking
from keqiao.core.scoring.results import Result
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.review.kept_results import result_in
from keqiao.web.review.models import Outcome, RoundState


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """What the sheets of one application came to. ``ranked`` is its place among those of its category and round.

    ``total`` is exact, ``shown`` the one that is told; both None: there was no sheet. ``ranked`` is None for one that
    fails, or that a person has to look at first. ``findings`` are those of the order that name this application.
    """

    application_id: UUID
    node: str
    verdict: Verdict
    total: Fraction | None
    shown: Decimal | None
    card: Scorecard
    result: Result
    ranked: Ranked | None = None
    round_id: UUID | None = None
    findings: tuple[Finding, ...] = ()


def outcomes_of(call_id: UUID) -> tuple[OutcomeSeen, ...]:
    """Return the outcomes of a call by category and rank. Who may see them was asked before.

    An application judged in several rounds has the outcome of the one that closed last.
    """
    rows = Outcome.objects.filter(round__call_id=call_id, round__state=RoundState.CLOSED.value)
    ordered = rows.select_related("round", "application").order_by("round__closes_at", "round_id")
    last = {row.application_id: row for row in ordered}
    return _seen(last.values())


def outcomes_of_round(round_id: UUID) -> tuple[OutcomeSeen, ...]:
    """Return the outcomes of one closed round by category and rank. Who may see them was asked before."""
    rows = Outcome.objects.filter(round_id=round_id, round__state=RoundState.CLOSED.value)
    return _seen(rows.select_related("round", "application"))


def order_of(card: Scorecard, results: Iterable[Result], revision_id: UUID, node: str) -> Ranking:
    """Return the order of the results of one category, with the preferences that the call states for it."""
    ready = ready_call(revision_id)
    holds = effective(ready.programme, ready.path(node))
    return ranking(card, list(results), Beside(tuple(each.fact for each in holds.preferences)))


def _seen(rows: Iterable[Any]) -> tuple[OutcomeSeen, ...]:
    lists: dict[tuple[UUID, str], list[Any]] = {}
    for row in rows:
        lists.setdefault((row.round_id, row.application.node), []).append(row)
    found = [each for (_round, node), of_list in lists.items() for each in _of_list(node, of_list)]
    return tuple(sorted(found, key=_place))


def _of_list(node: str, rows: list[Any]) -> Iterable[OutcomeSeen]:
    """The outcomes of one category in one round."""
    judged = rows[0].round
    card = Scorecard.model_validate(judged.card)
    results = {row.application_id: result_in(row) for row in rows}
    order = order_of(card, results.values(), judged.revision_id, node)
    places: Mapping[str, Ranked] = {each.application: each for each in order.order}
    for row in rows:
        name, result = str(row.application_id), results[row.application_id]
        yield OutcomeSeen(
            application_id=row.application_id,
            node=node,
            verdict=result.verdict,
            total=result.total,
            shown=result.shown,
            card=card,
            result=result,
            ranked=places.get(name),
            round_id=row.round_id,
            findings=tuple(each for each in order.findings if names(each, name)),
        )


def names(finding: Finding, application: str) -> bool:
    """Does a finding of an order speak of this application?"""
    listed = finding.values.get("applications", ())
    return finding.values.get("application") == application or (
        isinstance(listed, tuple) and application in listed
    )


def _place(seen: OutcomeSeen) -> tuple[str, bool, int, str]:
    rank = seen.ranked.rank if seen.ranked else 0
    return seen.node, seen.ranked is None, rank, str(seen.application_id)
