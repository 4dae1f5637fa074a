"""What words picked out of a document can be taken for: a new statement of a node, or the correction of one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from keqiao.core.programme.parties import Office
from keqiao.core.programme.terms import Terms
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.desk.rows import LISTED, SINGLE, Statement
from keqiao.web.programmes.desk.tree import every_statement, nodes_for_choice, tree_of
from keqiao.web.programmes.models import Draft, Source
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import new_part_address, part_address
from keqiao.web.programmes.proofreading.marks import paragraph_at, tied_parts
from keqiao.web.programmes.proofreading.selections import AS_WORDED, Proposal, Selection, proposal_of
from keqiao.web.programmes.wording.labels import slot_label

CHOICES = (
    *("funding", "places", "deadline", "completion", "term", "targets", "rules", "per_unit_limit"),
    *("applicants", "office_list", "materials", "deliverables", "preferences"),
)
OF_THE_WHOLE = frozenset({"office_list"})
"""Statements that only the whole call makes."""

NEARBY_MAX = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to take the words: ``label`` says as what, ``value`` what was read ("" if nothing), ``count`` how many.

    ``present`` is what the part says now, "" where it is new.
    """

    slot: str
    label: str
    value: str
    count: int
    present: str
    address: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The words, the node that they are taken for, what they can be there, and facts to be corrected.

    ``corrections`` are facts whose words the selection touches, ``nearby`` those that stand in the same paragraph.
    """

    selection: Selection
    node: str
    nodes: list[tuple[str, str]]
    choices: list[Choice]
    corrections: list[Choice]
    nearby: list[Choice]


def menu_for(draft: Draft, source: Source, selection: Selection, node: str | None = None) -> Menu:
    """Return the menu for words of ``source``; without ``node`` that of the section in which they stand."""
    programme = programme_of(draft.definition)
    nodes = nodes_for_choice(programme)
    if node is None or node not in dict(nodes):
        node = node_at_words(draft, selection)
    rows = {row.part: row for row in every_statement(tree_of(programme, draft.words, (), {}))}
    make = _Choices(draft, source, selection, rows)
    touched, nearby = make.corrections()
    corrected = {choice.address for choice in (*touched, *nearby)}
    new = [choice for choice in make.new(node) if choice.address not in corrected]
    return Menu(selection, node, nodes, sorted(new, key=lambda choice: not choice.value), touched, nearby)


def node_at_words(draft: Draft, selection: Selection) -> str:
    """Return the node in whose section words stand: that of the last statement before them, "" before all."""
    here = (*_paragraph(selection), selection.start)
    before = [
        ((*paragraph_at(place), place.get("start") or 0), each.part.node)
        for each in tied_parts(draft.definition, draft.words)
        if each.part is not None and (place := each.words.get("place"))
    ]
    return max((each for each in before if each[0] <= here), default=(here, ""))[1]


class _Choices:
    """Makes the choices for one selection."""

    def __init__(
        self, draft: Draft, source: Source, selection: Selection, rows: Mapping[Part, Statement]
    ) -> None:
        self.draft, self.source, self.selection, self.rows = draft, source, selection, rows
        self.call_id = draft.call_id

    def new(self, node: str) -> Iterator[Choice]:
        """What the words can be for ``node``; a statement that it makes already is corrected."""
        for slot in CHOICES:
            proposal = proposal_of(self.selection, slot, self.source)
            holder = "" if slot in OF_THE_WHOLE else node
            if slot in LISTED:
                rule_type = str(proposal.values.get("type", ""))
                address = new_part_address(
                    self.call_id, holder, slot, words=self.selection.address, rule_type=rule_type
                )
                yield self._choice(slot, proposal, "", address)
            else:
                part = Part(holder, slot)
                present = self.rows[part].value if part in self.rows else ""
                yield self._choice(slot, proposal, present, self._address(part))

    def corrections(self) -> tuple[list[Choice], list[Choice]]:
        """The facts whose words the selection touches, and those of the same paragraph, the nearest first."""
        gaps: dict[Part, int] = {}
        for gap, part in sorted(self._near(), key=lambda near: near[0]):
            if part in self.rows:
                gaps.setdefault(part, gap)
        touched = [self._correction(part) for part, gap in gaps.items() if gap < 0]
        nearby = [self._correction(part) for part, gap in gaps.items() if gap >= 0]
        return touched, nearby[:NEARBY_MAX]

    def _near(self) -> Iterator[tuple[int, Part]]:
        """The parts tied to words of the paragraph, with the characters between; less than 0 where they overlap."""
        for each in tied_parts(self.draft.definition, self.draft.words):
            place = each.words.get("place") or {}
            if each.part is not None and paragraph_at(place) == _paragraph(self.selection):
                start, end = place.get("start") or 0, place.get("end") or 0
                yield max(start - self.selection.end, self.selection.start - end), each.part

    def _correction(self, part: Part) -> Choice:
        proposal = proposal_of(self.selection, part.slot, self.source)
        return self._choice(part.slot, proposal, self.rows[part].value, self._address(part))

    def _address(self, part: Part) -> str:
        return part_address(self.call_id, part, words=self.selection.address)

    def _choice(self, slot: str, proposal: Proposal, present: str, address: str) -> Choice:
        value = "" if slot in AS_WORDED else said(slot, proposal)
        return Choice(slot, slot_label(slot), value, proposal.count, present, address)


def said(slot: str, proposal: Proposal) -> str:
    """Say what a proposal holds; values that make no whole statement are named one by one."""
    if not proposal.values:
        return ""
    values: dict[str, Any] = (
        {"metric": "…", **proposal.values} if slot == "targets" else dict(proposal.values)
    )
    try:
        if slot == "office_list":
            return LISTED[slot](Office.model_validate({"id": "new", **values}))
        stated: Any = [{"id": "new", **values}] if slot in ("targets", "rules") else values
        terms = Terms.model_validate({slot: [stated] if slot in LISTED and stated is values else stated})
    except ValidationError:
        return "、".join(str(value) for name, value in values.items() if name != "source")
    made = getattr(terms, slot)
    return LISTED[slot](made[0]) if slot in LISTED else SINGLE[slot](made)


def _paragraph(selection: Selection) -> tuple[int, int, int, int]:
    at = selection.at
    return (at.block, at.row, at.column, at.paragraph)
