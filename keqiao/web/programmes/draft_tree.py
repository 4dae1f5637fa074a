"""What every node of a draft states, as the rows and branches of the desk's tree; each row leads to its part."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.programme import Effective, Path, Programme, Stated, effective, walk
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category
from keqiao.web.programmes.addresses import anchor_of
from keqiao.web.programmes.facts import (
    chain_text,
    day_text,
    filing_text,
    funding_text,
    limit_text,
    office_text,
    outcome_text,
    places_text,
    target_text,
    term_text,
)
from keqiao.web.programmes.labels import slot_label
from keqiao.web.programmes.marks import tint_of
from keqiao.web.programmes.parts import AT, HEAD, Part

Words = Mapping[str, Any]
Say = Callable[[Any], str]

SINGLE: dict[str, Say] = {
    "applicants": lambda stated: "、".join(stated.kinds),
    "beneficiary": lambda stated: "、".join(stated.kinds),
    "funding": funding_text,
    "places": places_text,
    "per_unit_limit": limit_text,
    "opens": day_text,
    "deadline": day_text,
    "completion": day_text,
    "term": term_text,
    "filing": filing_text,
    "bundle": lambda stated: "、".join(child.name for child in stated.children),
    "regime": lambda stated: "、".join(stated.range) or _("题目固定"),
    "outcome": outcome_text,
    "scorecard": lambda stated: "、".join(criterion.name for criterion in stated.criteria),
}
"""Statements of which a node has one at most, in the order in which people ask, with how each is said."""

LISTED: dict[str, Say] = {
    "rules": lambda entry: entry.summary,
    "targets": target_text,
    "materials": lambda entry: entry.name,
    "deliverables": lambda entry: entry.name,
    "spending": lambda entry: "、".join(entry.kinds),
    "preferences": lambda entry: entry.words,
    "endorsement": chain_text,
    "open_questions": lambda entry: entry.question,
    "office_list": office_text,
    "attachments": lambda entry: entry.title,
    "forms": lambda entry: entry.title,
    "regulations": lambda entry: entry.title,
    "base_figures": lambda entry: f"{entry.name} {entry.value} {entry.unit or ''}".strip(),
}
"""Statements that are lists, in the order of the tree, with how one entry is said."""

OFFERED = ("applicants", "funding", "places", "deadline", "completion", "rules", "targets", "materials")
OFFERED_ONCE = (*OFFERED, "filing", "endorsement", "office_list", "regulations", "base_figures")
"""What can be added to a node right from the tree; the second list for the whole call."""

FROM_ABOVE = ("applicants", "funding", "deadline", "completion", "term", "filing")
"""What a leaf takes over from above, shown in grey."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One row: what a part is called and says. ``source`` names the node above that states it, "" for its own."""

    part: Part
    label: str
    value: str
    clause: str = ""
    kind: str = "condition"
    invented: bool = False
    needs_answer: bool = False
    words: Words = field(default_factory=dict)
    source: str = ""

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return anchor_of(self.part)


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one list of a node, under its name."""

    slot: str
    label: str
    rows: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with its rows and what stands below it. ``waiting`` counts its own doubts, ``waiting_below`` all."""

    id: str
    name: str
    code: str
    kind: str
    rows: tuple[Statement, ...]
    groups: tuple[Group, ...]
    above: tuple[Statement, ...]
    offered: tuple[tuple[str, str], ...]
    children: tuple["Branch", ...]
    words: Words
    waiting: int
    waiting_below: int

    @property
    def head(self) -> Part:
        """The part that holds the name of the node."""
        return Part(self.id, HEAD)


def tree_of(programme: Programme, words: Words, waiting: Iterable[str]) -> Branch:
    """Return the whole call with everything below it; ``waiting`` holds the node of each open doubt."""
    return _Tree(programme, words, Counter(waiting)).of_the_whole()


class _Tree:
    """Makes the branches of one programme."""

    def __init__(self, programme: Programme, words: Words, waiting: Mapping[str, int]) -> None:
        self.programme, self.words, self.waiting = programme, words, waiting
        self.offices = {office.id: office for office in programme.office_list}
        self.forms = {form.id: form.title for form in programme.forms}
        self.names = {category.id: category.name for _path, category in walk(programme)}

    def of_the_whole(self) -> Branch:
        tracks = [self._branch(track, "track", ()) for track in self.programme.tracks]
        below = [self._category((), category) for category in self.programme.categories]
        return self._branch(self.programme, "programme", (*tracks, *below))

    def _category(self, above: Path, category: Category) -> Branch:
        here = (*above, category.id)
        below = tuple(self._category(here, child) for child in category.categories)
        return self._branch(category, "category", below, () if below else self._inherited(here, category))

    def _branch(
        self, node: Any, kind: str, below: tuple[Branch, ...], above: tuple[Statement, ...] = ()
    ) -> Branch:
        identifier = "" if kind == "programme" else node.id
        own = self.waiting.get(identifier, 0)
        return Branch(
            id=identifier,
            name=getattr(node, "name", ""),
            code=getattr(node, "code", "") or "",
            kind=kind,
            rows=tuple(self._rows(node, identifier)),
            groups=tuple(self._groups(node, identifier)),
            above=above,
            offered=tuple(_offered(node, OFFERED_ONCE if kind == "programme" else OFFERED)),
            children=below,
            words=self.words.get(identifier, {}),
            waiting=own,
            waiting_below=own + sum(child.waiting_below for child in below),
        )

    def _rows(self, node: Terms, identifier: str) -> Iterator[Statement]:
        for slot, say in SINGLE.items():
            if (stated := getattr(node, slot)) is not None:
                yield self._statement(Part(identifier, slot), say(stated), stated)
        if node.form is not None:
            yield self._statement(Part(identifier, "form"), self.forms.get(node.form, node.form), None)
        if asked := [self.offices[name] for name in node.offices if name in self.offices]:
            yield self._statement(Part(identifier, "offices"), "；".join(map(office_text, asked)), None)

    def _groups(self, node: Terms, identifier: str) -> Iterator[Group]:
        for slot, say in LISTED.items():
            if entries := getattr(node, slot, ()):
                rows = (
                    self._statement(
                        Part(identifier, slot, getattr(entry, "id", "") or f"{AT}{n}"), say(entry), entry
                    )
                    for n, entry in enumerate(entries)
                )
                yield Group(slot, slot_label(slot), tuple(rows))

    def _statement(self, part: Part, value: str, stated: Any) -> Statement:
        tied = self.words.get(part.key, {})
        source = getattr(stated, "source", None)
        return Statement(
            part=part,
            label=slot_label(part.slot),
            value=value,
            clause=source.clause if source else str(tied.get("where", "")),
            kind=tint_of(part, getattr(stated, "type", "")),
            invented=bool(getattr(stated, "invented", False)),
            needs_answer=bool(getattr(stated, "needs_answer", False)),
            words=tied,
        )

    def _inherited(self, path: Path, category: Category) -> tuple[Statement, ...]:
        """What holds for a leaf from above, with the name of the node that states it."""
        facts: Effective = effective(self.programme, path)
        found = []
        for slot in FROM_ABOVE:
            stated: Stated[Any] | None = getattr(facts, slot)
            if stated is None or getattr(category, slot) is not None:
                continue
            node = stated.track or (stated.path[-1] if stated.path else "")
            name = self.names.get(node) or (_("整个通知") if not node else _track_name(self.programme, node))
            row = self._statement(Part(node, slot), SINGLE[slot](stated.fact), stated.fact)
            found.append(Statement(row.part, row.label, row.value, kind=row.kind, source=name))
        return tuple(found)


def nodes_for_choice(programme: Programme) -> list[tuple[str, str]]:
    """Return every node with its name, indented by its depth, for a list to choose from."""
    found = [("", _("整个通知"))]
    found += [(track.id, f"{_('分项')} {track.name}") for track in programme.tracks]
    for path, category in walk(programme):
        found.append((category.id, f"{'　' * (len(path) - 1)}{category.code or ''} {category.name}".rstrip()))
    return found


def _offered(node: Terms, slots: Iterable[str]) -> Iterator[tuple[str, str]]:
    for slot in slots:
        if slot in LISTED or getattr(node, slot) is None:
            yield slot, slot_label(slot)


def _track_name(programme: Programme, identifier: str) -> str:
    return next(track.name for track in programme.tracks if track.id == identifier)
