"""Everything that can be stated at one node of a draft: what it states itself, what comes from above, what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.programme import Effective, Programme, Stated, category_at, effective, path_of
from keqiao.web.programmes.definitions import Values, programme_of
from keqiao.web.programmes.parts import AT, HEAD, Part, kind_of_node, value_at
from keqiao.web.programmes.proofreading.addresses import new_part_address, part_address, removal_address
from keqiao.web.programmes.statements.slots import is_list, slots_of
from keqiao.web.programmes.wording.labels import slot_help, slot_label
from keqiao.web.programmes.wording.parts import PartWords
from keqiao.web.programmes.wording.statements import Texts

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("谁可以申报"), ("applicants", "beneficiary", "per_unit_limit", "rules")),
    (gettext_lazy("经费与名额"), ("funding", "places", "spending")),
    (gettext_lazy("时间"), ("opens", "deadline", "completion", "term")),
    (gettext_lazy("指标与成果"), ("targets", "deliverables", "outcome", "closing")),
    (gettext_lazy("材料、报送与推荐"), ("form", "materials", "filing", "endorsement", "offices")),
    (gettext_lazy("题目与评审"), ("regime", "bundle", "preferences", "scorecard", "open_questions")),
    (gettext_lazy("通知的组成"), ("office_list", "attachments", "forms", "regulations")),
    (gettext_lazy("来源与基数"), ("documents", "base_figures")),
)
"""All statements of nodes, by what they are about, in the order in which people ask."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement or entry in words, with the pages that change it and take it away."""

    text: str
    change: str
    remove: str


@dataclass(frozen=True, slots=True)
class FromAbove:
    """What holds here because a node above states it, and that node."""

    text: str
    where: str
    address: str


@dataclass(frozen=True, slots=True)
class SlotShown:
    """One statement: what the node says, what comes from above, and the page on which it is stated."""

    label: str
    help: str
    own: list[Said]
    from_above: list[FromAbove]
    add: str


@dataclass(frozen=True, slots=True)
class NodePage:
    """The page of a node: its name, its head, its statements in groups."""

    name: str
    head: list[Any]
    change_head: str
    groups: list[tuple[Any, list[SlotShown]]]


def node_page(call_id: UUID, values: Values, node: str) -> NodePage:
    """Return what the page of a node shows.

    Raises:
        NotThere: the definition has no such node.
    """
    kind = kind_of_node(values, node)
    words, programme = PartWords(values), programme_of(values)
    stating = _node_of(programme, kind, node)
    page = _Page(call_id, values, node, stating, Texts(programme), _above(programme, kind, node))
    there = set(slots_of(kind))
    groups = [(legend, [page.slot(kind, s) for s in slots if s in there]) for legend, slots in GROUPS]
    head = Part(node, HEAD)
    return NodePage(
        words.title(Part(node, "")),
        words.rows(head),
        part_address(call_id, head),
        [(legend, slots) for legend, slots in groups if slots],
    )


@dataclass(frozen=True, slots=True)
class _Above:
    """What holds at a category, and how the nodes above it are called; None where nothing can come from above."""

    facts: Effective
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Page:
    call_id: UUID
    values: Values
    node: str
    stating: Any
    texts: Texts
    above: _Above | None

    def slot(self, kind: str, slot: str) -> SlotShown:
        own = list(self._own(kind, slot))
        add = "" if own and not is_list(kind, slot) else self._adding(kind, slot)
        return SlotShown(slot_label(slot), slot_help(slot), own, list(self._from_above(slot)), add)

    def _adding(self, kind: str, slot: str) -> str:
        if is_list(kind, slot):
            return new_part_address(self.call_id, self.node, slot)
        return part_address(self.call_id, Part(self.node, slot))

    def _own(self, kind: str, slot: str) -> Iterator[Said]:
        if value_at(self.values, Part(self.node, slot)) is None:
            return
        stated = getattr(self.stating, slot)
        if not is_list(kind, slot):
            yield self._said(Part(self.node, slot), stated)
            return
        for number, entry in enumerate(stated):
            yield self._said(Part(self.node, slot, getattr(entry, "id", f"{AT}{number}")), entry)

    def _said(self, part: Part, stated: Any) -> Said:
        text = self.texts.field(Programme, part.slot, stated)
        return Said(text, part_address(self.call_id, part), removal_address(self.call_id, part))

    def _from_above(self, slot: str) -> Iterator[FromAbove]:
        if self.above is None or not hasattr(self.above.facts, slot):
            return
        found = getattr(self.above.facts, slot)
        for stated in found if isinstance(found, tuple) else (found,):
            if isinstance(stated, Stated) and self._is_above(stated):
                where = stated.track or (stated.path[-1] if stated.path else "")
                part = Part(where, slot, getattr(stated.fact, "id", ""))
                text = self.texts.field(Programme, slot, stated.fact)
                yield FromAbove(text, self.above.names[where], part_address(self.call_id, part))

    def _is_above(self, stated: Stated[Any]) -> bool:
        here = self.above.facts.path if self.above else ()
        return stated.path != here or stated.track is not None


def _above(programme: Programme, kind: str, node: str) -> _Above | None:
    if kind != "category":
        return None
    path = path_of(programme, node)
    names = {"": _("整个通知"), **{track.id: track.name for track in programme.tracks}}
    names |= {path[depth]: category_at(programme, path[: depth + 1]).name for depth in range(len(path))}
    return _Above(effective(programme, path), names)


def _node_of(programme: Programme, kind: str, node: str) -> Any:
    if kind == "programme":
        return programme
    if kind == "track":
        return next(track for track in programme.tracks if track.id == node)
    return category_at(programme, path_of(programme, node))
