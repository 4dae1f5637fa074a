"""What the page of a draft shows, put together once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import Programme
from keqiao.web.programmes.actions.publication import objections
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.doubts import Doubt, Leftover, Spot, doubts_of, leftovers_of, spot_at, sums_of
from keqiao.web.programmes.facts import Row, office_rows
from keqiao.web.programmes.models import Call, Draft, Source
from keqiao.web.programmes.overview import NodeShown, nodes_shown
from keqiao.web.programmes.queries import draft_of, source_of


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding against publication, with the part of the draft it is about."""

    finding: Finding
    spot: Spot


@dataclass(frozen=True)
class Desk:
    """Everything on the page of a draft."""

    call: Call
    draft: Draft
    source: Source | None
    programme: Programme
    doubts: list[Doubt]
    leftovers: list[Leftover]
    sums: list[tuple[Finding, Mapping[str, Any]]]

    @property
    def open_leftovers(self) -> int:
        """How many sentences with numbers nobody has dealt with yet."""
        return sum(1 for left in self.leftovers if left.answer is None)

    @property
    def nodes(self) -> list[tuple[NodeShown, int]]:
        """The whole call first, then its categories in order, each with the number of its doubts."""
        waiting = [doubt.spot.node for doubt in self.doubts]
        return [(node, waiting.count(node.id)) for node in nodes_shown(self.programme, self.draft.words)]

    @property
    def offices(self) -> list[Row]:
        """Whom applicants can ask."""
        return office_rows(self.programme.office_list, self.draft.words)

    def objections(self) -> list[Objection]:
        """Return what stands against publication, what refuses first."""
        found = [Objection(f, spot_at(self.programme, f.at)) for f in objections(self.programme)]
        order = [Weight.REFUSE, Weight.WARN, Weight.ASK]
        return sorted(found, key=lambda objection: order.index(objection.finding.weight))


def desk_for(call: Call) -> Desk | None:
    """Return the desk of a call, or nothing while it has no draft."""
    draft = draft_of(call)
    if draft is None:
        return None
    source = source_of(call)
    report = ((source.result or {}) if source else {}).get("report") or {}
    programme = programme_of(draft.definition)
    doubts = doubts_of(programme, draft.words, report, draft.answers)
    return Desk(call, draft, source, programme, doubts, leftovers_of(report, draft.answers), sums_of(report))
