"""What the page of a draft shows, put together once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme import Programme, names_at, walk
from keqiao.readers.transfer import from_values
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.programmes.actions.publication import objections
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.desk.rows import LISTED
from keqiao.web.programmes.desk.tree import Branch, tree_of
from keqiao.web.programmes.drawings.together import Drawings, drawings_of
from keqiao.web.programmes.library import library_doubts
from keqiao.web.programmes.models import Call, Draft, Revision, Source
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.permissions import is_editable
from keqiao.web.programmes.proofreading.addresses import anchor_of, mending_address, part_address, part_of
from keqiao.web.programmes.proofreading.doubts import (
    Doubt,
    Leftover,
    Spot,
    doubts_of,
    leftovers_of,
    spot_at,
    sums_of,
)
from keqiao.web.programmes.proofreading.marks import Tied, tied_parts
from keqiao.web.programmes.proofreading.original import Original, original_shown
from keqiao.web.programmes.queries import draft_of, revision_in_force, source_of
from keqiao.web.programmes.wording.labels import slot_label


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding against publication, with the part of the draft it is about."""

    finding: Finding
    spot: Spot


ASKED_OF_STATEMENTS = frozenset({"programme.answer_needed", "programme.date_unfilled"})
"""Doubts about one statement, whose own reading says why it is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt as the page shows it: its number from 1, the part it is about, where that is mended.

    ``reading`` says how the statement was read, or what last year's call said.
    """

    number: int
    doubt: Doubt
    part: Part
    address: str
    lacking: tuple[tuple[str, str], ...] = ()
    reading: str = ""

    @property
    def words_key(self) -> str:
        """The key of the words it is about, "" where the document says nothing about it."""
        return self.doubt.words_key

    @property
    def title(self) -> str:
        """What the part is called, for the head of its form."""
        return slot_label(self.part.slot)

    @property
    def row(self) -> str:
        """The row of its part in the tree; the node where a list lacks something, as no row says that."""
        is_whole_list = self.part.slot in LISTED and not self.part.entry
        return anchor_of(Part(self.part.node, HEAD) if is_whole_list else self.part)


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
        return is_editable(self.call.state)

    @property
    def has_changes(self) -> bool:
        """Does the draft differ from what is published?"""
        return self.revision is None or self.revision.definition != self.draft.definition

    @property
    def open_leftovers(self) -> int:
        """How many sentences with numbers nobody has dealt with yet."""
        return sum(1 for left in self.leftovers if left.answer is None)

    @cached_property
    def asked(self) -> list[Asked]:
        """The doubts with their numbers."""
        return [self._asked(number, doubt) for number, doubt in enumerate(self.doubts, 1)]

    @cached_property
    def tree(self) -> Branch:
        """The whole call with everything below it."""
        remarks: dict[str, list[Finding]] = {}
        for finding, entry in self.sums:
            if finding.weight is Weight.WARN:
                remarks.setdefault(self._ids.get(tuple(entry.get("path") or ()), ""), []).append(finding)
        return tree_of(self.programme, self.draft.words, [asked.part for asked in self.asked], remarks)

    @cached_property
    def original(self) -> Original | None:
        """The document as written with the words of the draft marked; nothing where the call has none."""
        if self.source is None or self.source.document is None:
            return None
        return original_shown(from_values(self.source.document), self._tied())

    @property
    def places(self) -> Mapping[str, str]:
        """The anchors of paragraphs by the key of the words that stand in them."""
        return self.original.places if self.original else {}

    @property
    def addresses(self) -> Mapping[str, str]:
        """The addresses of words, as selections, by their key."""
        return self.original.addresses if self.original else {}

    @cached_property
    def drawings(self) -> Drawings:
        """The money, bundles, chains and dates of the draft, drawn."""
        return drawings_of(self.programme, calendar_for(self.call.association_id))

    @property
    def agreeing_sums(self) -> list[tuple[Finding, Mapping[str, Any]]]:
        """The sums that come out."""
        return [(finding, entry) for finding, entry in self.sums if finding.weight is not Weight.WARN]

    @property
    def faulty_sums(self) -> int:
        """How many sums of the document do not come out."""
        return sum(1 for finding, _entry in self.sums if finding.weight is Weight.WARN)

    @cached_property
    def _ids(self) -> dict[tuple[str, ...], str]:
        """The ids of the categories by their names from the top."""
        return {names_at(self.programme, path): category.id for path, category in walk(self.programme)}

    def _asked(self, number: int, doubt: Doubt) -> Asked:
        code = doubt.finding.code if doubt.finding else ""
        part = part_of(doubt.spot, code)
        lacking = tuple(
            (name, part_address(self.call.pk, Part(node, part.slot))) for node, name in doubt.lacking
        )
        address = mending_address(self.call.pk, doubt.spot, code)
        reading = reading_at(self.draft.definition, doubt.spot.at) if code in ASKED_OF_STATEMENTS else ""
        return Asked(number, doubt, part, address, lacking, reading)

    def _tied(self) -> Iterator[Tied]:
        yield from tied_parts(self.draft.definition, self.draft.words)
        for left in self.leftovers:
            if left.answer is None:
                yield Tied(left.key, "left", {"words": left.words, "place": left.place})
        for number, (finding, entry) in enumerate(self.sums, 1):
            if finding.weight is Weight.WARN and entry.get("place"):
                yield Tied(f"sum:{number}", "sum", entry)

    def objections(self) -> list[Objection]:
        """Return what stands against publication, what refuses first."""
        found = [Objection(f, spot_at(self.programme, f.at)) for f in objections(self.programme)]
        order = [Weight.REFUSE, Weight.WARN, Weight.ASK]
        return sorted(found, key=lambda objection: order.index(objection.finding.weight))


def desk_for(call: Call, *, whole: bool = False) -> Desk | None:
    """Return the desk of a call, or nothing while it has no draft; its document only if ``whole``."""
    draft = draft_of(call)
    if draft is None:
        return None
    source = source_of(call, whole=whole)
    report = ((source.result or {}) if source else {}).get("report") or {}
    programme = programme_of(draft.definition)
    doubts = doubts_of(programme, draft.words, report, draft.answers)
    doubts += library_doubts(programme, draft.answers)
    leftovers = leftovers_of(report, draft.answers, draft.words)
    return Desk(call, draft, source, programme, doubts, leftovers, sums_of(report))


def reading_at(values: Values, at: tuple[str | int, ...]) -> str:
    """Return how the statement at these keys and positions was read; a step of a chain is read as its chain."""
    stated: Any = values
    around = [values]
    for step in at:
        stated = stated[step]
        if isinstance(stated, dict):
            around.append(stated)
    is_step = "steps" in at and len(around) > 1
    return str((around[-2] if is_step else around[-1]).get("reading", ""))
