"""All facts about a decision brought together as the case that the core decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keqiao.core.allocation import (
    Bar,
    BarKind,
    Candidate,
    Case,
    Lift,
    Node,
    Policy,
    caps_of,
    money_questions,
    nodes_of,
)
from keqiao.core.findings import Finding
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.programme import Programme, effective
from keqiao.core.programme.selection import Preference
from keqiao.web.allocation.applied_for import AppliedFor, applied_for
from keqiao.web.allocation.bars import bars_of
from keqiao.web.allocation.bundled import pilots_in
from keqiao.web.allocation.merit import List, Merit, met_by, standing_of
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.policies import policy_in
from keqiao.web.allocation.undertaken import contenders, records_of
from keqiao.web.applications.queries import last_submissions
from keqiao.web.eligibility.calls import ReadyCall, ready_call
from keqiao.web.parties.queries import local_day
from keqiao.web.review.queries.outcomes import outcomes_of

LEFT_OUT = frozenset({SelectionState.MERGED.value})
"""What is part of another application stands for no place of its own."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case, what had to be asked while it was put together, and what parted equals, by application."""

    case: Case
    asked: tuple[Finding, ...]
    merits: Mapping[str, Merit]


def gathered(decision: Decision, rows: Sequence[Selection], at: datetime) -> Gathered:
    """Return the case of a decision as the facts stand at ``at``. Who may ask was asked before."""
    ready, policy = ready_call(decision.revision_id), policy_in(decision.policy)
    programme = ready.programme
    rows = [row for row in rows if row.state not in LEFT_OUT]
    standing = standing_of(_lists(ready, rows, decision, policy))
    nodes = nodes_of(programme)
    scopes = {node.id: node for node in nodes}
    submissions = last_submissions([row.application_id for row in rows])
    wishes = applied_for(rows, submissions, _scopes(nodes))
    barred = bars_of(rows, submissions, local_day(at))
    candidates = tuple(
        _candidate(row, wishes[row.pk], standing.merits, barred[row.pk], ready)
        for row in rows
        if _node(row) in scopes
    )
    asking = contenders(ready, rows)
    case = Case(
        nodes,
        candidates,
        caps_of(asking, records_of(decision.association_id, asking, local_day(at))),
        pilots_in(decision, ready, rows),
        policy,
    )
    asked = (*money_questions(programme), *standing.findings, *_unclear_scopes(rows, wishes))
    return Gathered(case, asked, standing.merits)


def _node(row: Selection) -> str:
    application: Any = row.application
    node: str = application.node
    return node


def _lists(ready: ReadyCall, rows: Iterable[Selection], decision: Decision, policy: Policy) -> Iterator[List]:
    outcomes = {each.application_id: each for each in outcomes_of(decision.call_id)}
    by_node: dict[str, list[Selection]] = {}
    for row in rows:
        by_node.setdefault(_node(row), []).append(row)
    for node, there in by_node.items():
        known = {
            row.application_id: outcomes[row.application_id]
            for row in there
            if row.application_id in outcomes
        }
        yield List(there, known, preferences_at(ready.programme, ready.path(node)), bool(policy.lift_points))


def preferences_at(programme: Programme, path: tuple[str, ...]) -> tuple[Preference, ...]:
    """Return the preferences that hold for a category, in their order."""
    return tuple(stated.fact for stated in effective(programme, path).preferences)


def _scopes(nodes: Iterable[Node]) -> dict[str, Mapping[str, int]]:
    """What is shared in parts, by the node whose targets it is; nearer ones stand for those below."""
    known = {node.id: node for node in nodes}
    found = {}
    for node in known.values():
        here: Node | None = node
        while here is not None and not here.scope:
            here = known.get(here.above) if here.above is not None else None
        found[node.id] = here.scope if here is not None else {}
    return found


def _candidate(
    row: Selection,
    wish: AppliedFor,
    merits: Mapping[str, Merit],
    bars: tuple[Bar, ...],
    ready: ReadyCall,
) -> Candidate:
    key, node = str(row.application_id), _node(row)
    merit, preferences = merits[key], preferences_at(ready.programme, ready.path(node))
    lifts, unclear = _lifts(preferences, met_by(row))
    gone = (Bar(BarKind.WITHDRAWN),) if row.state == SelectionState.WITHDRAWN.value else ()
    return Candidate(
        key,
        node,
        score=merit.score,
        rank=merit.rank,
        requested_fen=wish.requested_fen,
        scope=wish.scope,
        lifts=lifts,
        unclear=unclear - lifts,
        bars=(*gone, *bars, *merit.bars),
    )


def _lifts(
    preferences: Sequence[Preference], met: Mapping[int, bool | None]
) -> tuple[frozenset[Lift], frozenset[Lift]]:
    """The strengths that an application has, and those of which nobody knows."""
    sure = frozenset(
        Lift(each.strength) for number, each in enumerate(preferences) if met.get(number) is True
    )
    asked = frozenset(
        Lift(each.strength) for number, each in enumerate(preferences) if met.get(number) is None
    )
    return sure, asked


def _unclear_scopes(rows: Iterable[Selection], wishes: Mapping[Any, AppliedFor]) -> Iterator[Finding]:
    return (finding for row in rows for finding in wishes[row.pk].asked)
