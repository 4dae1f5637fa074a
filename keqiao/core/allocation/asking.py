"""What a proposal has to tell and to ask: contradictions, what is not reached, limits that are hedged, ties."""

from collections import Counter
from collections.abc import Iterator, Mapping

from keqiao.core.allocation.contradictions import contradictions
from keqiao.core.allocation.proposal import Reason, Status, Verdict, said
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.terms import Candidate, Cap, Case, Lift
from keqiao.core.findings import Finding, Value, Weight


def findings_of(
    case: Case, room: Room, chosen: frozenset[str], verdicts: Mapping[str, Verdict]
) -> Iterator[Finding]:
    """Everything about a proposal that a person has to see, beside the reasons of each application."""
    yield from contradictions(case)
    yield from _not_reached(case, room, chosen)
    yield from _left_over(case, verdicts)
    for cap in case.caps:
        yield from cap_findings(cap, chosen)
    yield from _unclear_lifts(case, verdicts)
    yield from _equals_with_unequal_amounts(case, verdicts)
    yield from _open(verdicts)


def _not_reached(case: Case, room: Room, chosen: frozenset[str]) -> Iterator[Finding]:
    for node in case.nodes:
        there = len(room.below[node.id] & chosen)
        if node.places and there < node.places.least:
            values: dict[str, Value] = {"node": node.id, "least": node.places.least, "filled": there}
            yield Finding("allocation.places_empty", Weight.WARN, values, node.places_source)
        for part, whole in node.scope.items():
            if (reached := room.reached(node, part, chosen)) < whole:
                missing: dict[str, Value] = {
                    "node": node.id,
                    "part": part,
                    "whole": whole,
                    "reached": reached,
                }
                yield Finding("allocation.scope_not_reached", Weight.WARN, missing)


def _left_over(case: Case, verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
    for node in case.nodes:
        there = [verdicts[each.id] for each in case.candidates if node in case.above(each)]
        amounts = [each.amount_fen for each in there if each.status is Status.IN]
        if node.total_fen is None or None in amounts or any(each.status is Status.OPEN for each in there):
            continue
        spent = sum(filter(None, amounts))
        if spent < node.total_fen:
            left = said(total=node.total_fen, spent=spent, left=node.total_fen - spent)
            yield Finding("allocation.money_left", Weight.WARN, {"node": node.id, **left}, node.money_source)


def cap_findings(cap: Cap, chosen: frozenset[str]) -> Iterator[Finding]:
    """What a limit on undertaking says about those who are selected."""
    mine = tuple(sorted(cap.candidates & chosen))
    if not mine:
        return
    values: dict[str, Value] = {
        "holder": cap.holder,
        "most": cap.most,
        "held": cap.held,
        "selected": len(mine),
        "candidates": mine,
    }
    hedged = cap.weight is not Weight.REFUSE
    together = (cap.held or 0) + len(mine)
    if together > cap.most + cap.extra:
        code = "allocation.limit_needs_reason" if hedged else "allocation.limit_passed"
        yield Finding(code, cap.weight, values, cap.source)
    elif together > cap.most:
        yield Finding("allocation.limit_extra_asked", Weight.ASK, {**values, "extra": cap.extra}, cap.source)
    elif cap.held is None:
        weight = Weight.WARN if hedged else Weight.ASK
        yield Finding("allocation.limit_unknown", weight, values, cap.source)


def _unclear_lifts(case: Case, verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
    for each in case.candidates:
        if each.unclear and verdicts[each.id].status is not Status.ABSORBED:
            lifts = tuple(f"word.lift_{lift}" for lift in Lift if lift in each.unclear)
            yield Finding("allocation.preference_unclear", Weight.ASK, {"candidate": each.id, "lifts": lifts})


def _equals_with_unequal_amounts(case: Case, verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
    """Equals of whom some get a step more, because the sum does not divide: a person should know."""
    amounts: dict[tuple[str, int | None, int | None], Counter[int]] = {}
    for each in case.candidates:
        verdict = verdicts[each.id]
        if verdict.status is Status.IN and verdict.amount_fen is not None and _may_differ(case, each):
            level = (each.list_id, verdict.place, each.requested_fen)
            amounts.setdefault(level, Counter())[verdict.amount_fen] += 1
    for (ranking, place, _requested), found in amounts.items():
        if len(found) > 1:
            values: dict[str, Value] = {
                "ranking": ranking,
                "place": place,
                **said(most=max(found), least=min(found)),
            }
            yield Finding("allocation.equals_differ", Weight.ASK, values)


def _may_differ(case: Case, candidate: Candidate) -> bool:
    span = case.span(candidate)
    return span is not None and span.least != span.most


_ASKED = {
    Reason.EQUALS_AT_THE_LINE: "allocation.equals_open",
    Reason.NOT_RANKED: "allocation.not_ranked_open",
    Reason.NOT_CHECKED: "allocation.not_checked_open",
}


def _open(verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
    for reason, code in _ASKED.items():
        if found := tuple(each.candidate for each in verdicts.values() if each.reason is reason):
            yield Finding(code, Weight.ASK, {"candidates": found, "count": len(found)})
