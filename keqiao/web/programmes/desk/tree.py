"""What every node of a draft states, as the rows and branches of the desk's tree; each row leads to its part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding
from keqiao.core.programme import Effective, Path, Programme, Stated, effective, walk
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category
from keqiao.web.programmes.desk.rows import LISTED, SINGLE, Statement, Words, statement_of
from keqiao.web.programmes.parts import AT, HEAD, Part
from keqiao.web.programmes.wording.facts import office_text
from keqiao.web.programmes.wording.labels import slot_label

OFFERED = ("applicants", "funding", "places", "deadline", "completion", "rules", "targets", "materials")
OFFERED_ONCE = (*OFFERED, "filing", "endorsement", "office_list", "regulations", "base_figures")
"""What can be added to a node right from the tree; the second list for the whole call."""

FROM_ABOVE = ("applicants", "funding", "deadline", "completion", "term", "filing")
"""What a leaf takes over from above, shown in grey."""


OPEN_LEVELS = 3
"""So many levels of the tree are open at first; the whole call is the first."""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one list of a node, under its name."""

    slot: str
    label: str
    rows: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node with its rows and what stands below it.

    ``waiting`` counts its own doubts, ``waiting_below`` all; ``doubts`` are the numbers of those that no row of it
    shows. ``missing`` are statements that a doubt asks for, ``remarks`` say which sums do not come out.
    """

    id: str
    name: str
    code: str
    kind: str
    rows: tuple[Statement, ...]
    groups: tuple[Group, ...]
    above: tuple[Statement, ...]
    missing: tuple[Statement, ...]
    offered: tuple[tuple[str, str], ...]
    children: tuple["Branch", ...]
    words: Words
    remarks: tuple[Finding, ...]
    doubts: tuple[int, ...]
    waiting: int
    waiting_below: int
    depth: int

    @property
    def unfolded(self) -> bool:
        """Is the node open when the page is opened: the upper ones, and those with something to answer?"""
        return self.depth < OPEN_LEVELS or self.waiting_below > 0 or bool(self.remarks)

    @property
    def head(self) -> Part:
        """The part that holds the name of the node."""
        return Part(self.id, HEAD)


def tree_of(
    programme: Programme, words: Words, asked: Sequence[Part], remarks: Mapping[str, Sequence[Finding]]
) -> Branch:
    """Return the whole call with everything below it.

    ``asked`` holds the part that each open doubt is about, in the order in which they are numbered from 1;
    ``remarks`` the sums that do not come out, by the id of the node.
    """
    return _Tree(programme, words, _Asked(asked), remarks).of_the_whole()


class _Asked:
    """The doubts by the part that they are about."""

    def __init__(self, asked: Sequence[Part]) -> None:
        self.parts = asked
        self._numbers = {part: number for number, part in reversed([*enumerate(asked, 1)])}

    def about(self, part: Part) -> int:
        """The number of the first doubt about a part."""
        return self._numbers.get(part, 0)

    def in_node(self, node: str) -> tuple[int, ...]:
        """The numbers of the doubts about a node and what it states."""
        return tuple(number for number, part in enumerate(self.parts, 1) if part.node == node)


class _Tree:
    """Makes the branches of one programme."""

    def __init__(
        self, programme: Programme, words: Words, asked: _Asked, remarks: Mapping[str, Sequence[Finding]]
    ) -> None:
        self.programme, self.words, self.asked, self.remarks = programme, words, asked, remarks
        self.offices = {office.id: office for office in programme.office_list}
        self.forms = {form.id: form.title for form in programme.forms}
        self.names = {category.id: category.name for _path, category in walk(programme)}

    def of_the_whole(self) -> Branch:
        tracks = [self._branch(track, "track", (), depth=1) for track in self.programme.tracks]
        below = [self._category((), category) for category in self.programme.categories]
        return self._branch(self.programme, "programme", (*tracks, *below))

    def _category(self, above: Path, category: Category) -> Branch:
        here = (*above, category.id)
        below = tuple(self._category(here, child) for child in category.categories)
        return self._branch(category, "category", below, depth=len(here), path=() if below else here)

    def _branch(
        self, node: Any, kind: str, below: tuple[Branch, ...], *, depth: int = 0, path: Path = ()
    ) -> Branch:
        identifier = "" if kind == "programme" else node.id
        asked = self.asked.in_node(identifier)
        rows, groups = tuple(self._rows(node, identifier)), tuple(self._groups(node, identifier))
        stated = (*rows, *(row for group in groups for row in group.rows))
        missing = tuple(self._missing(identifier, {row.part.slot for row in stated}))
        shown = {row.doubt for row in (*stated, *missing)}
        return Branch(
            id=identifier,
            name=getattr(node, "name", ""),
            code=getattr(node, "code", "") or "",
            kind=kind,
            rows=rows,
            groups=groups,
            above=self._inherited(path, node) if path else (),
            missing=missing,
            offered=tuple(_offered(node, OFFERED_ONCE if kind == "programme" else OFFERED)),
            children=below,
            words=self.words.get(identifier, {}),
            remarks=tuple(self.remarks.get(identifier, ())),
            doubts=tuple(number for number in asked if number not in shown),
            depth=depth,
            waiting=len(asked),
            waiting_below=len(asked) + sum(child.waiting_below for child in below),
        )

    def _rows(self, node: Terms, identifier: str) -> Iterator[Statement]:
        for slot, say in SINGLE.items():
            if (stated := getattr(node, slot)) is not None:
                yield self._statement(Part(identifier, slot), say(stated), stated)
        if node.form is not None:
            yield self._statement(Part(identifier, "form"), self.forms.get(node.form, node.form), None)
        if asked := [self.offices[name] for name in node.offices if name in self.offices]:
            yield self._statement(Part(identifier, "offices"), "；".join(map(office_text, asked)), None)

    def _missing(self, identifier: str, stated: set[str]) -> Iterator[Statement]:
        """Statements that a doubt asks for and nothing states."""
        for part in dict.fromkeys(self.asked.parts):
            if part.node == identifier and part.slot not in {*stated, HEAD} and not part.entry:
                yield Statement(part, slot_label(part.slot), "", doubt=self.asked.about(part))

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
        return statement_of(part, value, stated, self.words, self.asked.about(part))

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


def every_statement(branch: Branch) -> Iterator[Statement]:
    """Yield what a node and everything below it states itself."""
    yield from branch.rows
    for group in branch.groups:
        yield from group.rows
    for child in branch.children:
        yield from every_statement(child)


def nodes_for_choice(programme: Programme) -> list[tuple[str, str]]:
    """Return every node with its name, indented by its depth, for a list to choose from."""
    found = [("", _("整个通知"))]
    found += [(track.id, f"{_('板块')} {track.name}") for track in programme.tracks]
    for path, category in walk(programme):
        found.append((category.id, f"{'　' * (len(path) - 1)}{category.code or ''} {category.name}".rstrip()))
    return found


def _offered(node: Terms, slots: Iterable[str]) -> Iterator[tuple[str, str]]:
    for slot in slots:
        if slot in LISTED or getattr(node, slot) is None:
            yield slot, slot_label(slot)


def _track_name(programme: Programme, identifier: str) -> str:
    return next(track.name for track in programme.tracks if track.id == identifier)
