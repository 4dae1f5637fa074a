"""What the page of a draft shows, put together once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import CallState
from keqiao.core.programme import Programme, names_at
from keqiao.core.programme.differences import Difference, differences
from keqiao.web.programmes.actions.publication import objections
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.doubts import Doubt, Leftover, Spot, doubts_of, leftovers_of, spot_at, sums_of
from keqiao.web.programmes.facts import Row, office_rows
from keqiao.web.programmes.models import Call, Draft, Revision, Source
from keqiao.web.programmes.overview import NodeShown, nodes_shown
from keqiao.web.programmes.queries import draft_of, revision_in_force, source_of


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding against publication, with the part of the draft it is about."""

    finding: Finding
    spot: Spot


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One difference between two revisions: where, which statement, before and after in plain words."""

    where: str
    what: str
    before: str
    after: str


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

    @cached_property
    def revision(self) -> Revision | None:
        """The revision in force, if the call is published."""
        return revision_in_force(self.call)

    @property
    def may_edit(self) -> bool:
        """Can the draft be corrected: before publication, and while a new revision may follow?"""
        return self.call.state in {CallState.DRAFT.value, CallState.PUBLISHED.value, CallState.OPEN.value}

    @property
    def has_changes(self) -> bool:
        """Does the draft differ from what is published?"""
        return self.revision is None or self.revision.definition != self.draft.definition

    def changes(self) -> list[ChangeShown]:
        """Return what the draft changes in the revision in force."""
        if self.revision is None:
            return []
        found = differences(programme_of(self.revision.definition), self.programme)
        return [_shown(change, self.programme) for change in found]

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


def _shown(change: Difference, programme: Programme) -> ChangeShown:
    try:
        where = " / ".join(names_at(programme, change.path))
    except KeyError:  # a category that is there no more
        where = change.path[-1]
    return ChangeShown(where, ".".join(change.fact), _plain(change.before), _plain(change.after))


def _plain(value: Any) -> str:
    """A value of a definition as text: what people recognise of a statement, else the value itself."""
    if value is None:
        return ""
    for name in ("summary", "metric", "name", "department", "words"):
        if isinstance(said := getattr(value, name, None), str):
            return said
    return "、".join(map(_plain, value)) if isinstance(value, tuple) else str(value)
