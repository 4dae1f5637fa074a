"""Single items that a notice adds, takes away, or exchanges: categories, materials, attached papers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from keqiao.core.programme.amending.asked import Act, Asked, Money, Number, Subject, Words
from keqiao.core.programme.amending.naming import folded, like, named_in
from keqiao.core.programme.amending.proposing import Candidate, Proposal, Sure
from keqiao.core.programme.amending.spots import Address, NodeInfo
from keqiao.core.programme.types import Programme


def item_proposals(programme: Programme, nodes: Sequence[NodeInfo], asked: Asked) -> list[Proposal]:
    """Return what adding, taking away or exchanging the items of ``asked`` would do; at least one proposal."""
    each = [replace(asked, items=(item,)) for item in asked.items] or [asked]
    return [proposal for one in each for proposal in _item(programme, nodes, one)]


def _item(programme: Programme, nodes: Sequence[NodeInfo], asked: Asked) -> list[Proposal]:
    if asked.act is Act.EXCHANGE:
        return [_attachment(programme, asked)]
    if asked.subject is Subject.MATERIAL:
        return [_material(nodes, asked)]
    if asked.act is Act.REMOVE:
        return _removals(nodes, asked)
    return [_addition(nodes, asked)]


def _attachment(programme: Programme, asked: Asked) -> Proposal:
    """A paper that is exchanged keeps its place; the new one has to be laid there by a person."""
    words = folded("".join((asked.about, *asked.items)))
    for number, attachment in enumerate(programme.attachments):
        if folded(attachment.title) in words:
            return Proposal(
                Sure.NONE, (_attached(number, attachment.title),), "amendment.attachment_exchanged"
            )
    return Proposal(Sure.NONE, (), "amendment.attachment_exchanged")


def _attached(number: int, title: str) -> Candidate:
    return Candidate(Address("", "attachments", f"@{number}", "title"), Words(title), None)


def _material(nodes: Sequence[NodeInfo], asked: Asked) -> Proposal:
    """A paper to be handed in: added to, or taken from, the named part or the whole call."""
    naming = named_in(asked.about, (), nodes)
    wanted = naming.nodes or (nodes[0],)
    if asked.act is Act.REMOVE:
        return _material_gone(nodes, asked)
    entry = _paper(asked)
    candidates = tuple(_into(node, "materials", asked) for node in wanted)
    why = "" if len(candidates) == 1 else "amendment.several_parts"
    return Proposal(Sure.EXACT if not why else Sure.CHOOSE, candidates, why, entry)


def _paper(asked: Asked) -> Mapping[str, Any]:
    copies = {"copies": int(asked.after.value)} if isinstance(asked.after, Number) else {}
    return {"name": asked.items[0], **copies}


def _material_gone(nodes: Sequence[NodeInfo], asked: Asked) -> Proposal:
    found = [
        Candidate(Address(node.identifier, "materials", f"@{number}"), Words(paper.name), None, paper.name)
        for node in nodes
        for number, paper in enumerate(node.terms.materials)
        if asked.items and folded(asked.items[0]) == folded(paper.name)
    ]
    return _choice(found, removes=True)


def _removals(nodes: Sequence[NodeInfo], asked: Asked) -> list[Proposal]:
    """Take away what is named: a category; never the whole call or a track."""
    words = "".join(asked.items) or asked.about
    naming = named_in(words, asked.items, nodes)
    if naming.unknown:
        alike = tuple(_gone(node) for name in naming.unknown for node in like(name, nodes) if node.path)
        sure = Sure.CHOOSE if alike else Sure.NONE
        return [Proposal(sure, alike, "amendment.part_unknown", removes=True)]
    found = [Proposal(Sure.EXACT, (_gone(n),), removes=True) for n in naming.nodes if n.path]
    return found or [Proposal(Sure.NONE, (), "amendment.part_not_found")]


def _gone(node: NodeInfo) -> Candidate:
    return Candidate(Address(node.identifier, "", ""), Words(node.name), None, node.name)


def _addition(nodes: Sequence[NodeInfo], asked: Asked) -> Proposal:
    """A new category: below the part that is named, else the officer says where."""
    if not asked.items:
        return Proposal(Sure.NONE, (), "amendment.nothing_named")
    name = asked.items[0]
    if any(folded(node.name) == folded(name) for node in nodes):
        same = next(node for node in nodes if folded(node.name) == folded(name))
        return Proposal(Sure.SAME, (Candidate(Address(same.identifier, "", ""), Words(name), Words(name)),))
    naming = named_in(asked.about, (), nodes)
    parents = [node for node in naming.nodes if node.path]
    entry = _category(name, asked)
    if len(parents) == 1:
        return Proposal(Sure.EXACT, (_into(parents[0], "categories", asked),), "", entry)
    possible = parents or [n for n in nodes if not n.identifier or _has_children(n, nodes)]
    candidates = tuple(_into(node, "categories", asked) for node in possible)
    return Proposal(Sure.CHOOSE, candidates, "amendment.where_to_add", entry)


def _category(name: str, asked: Asked) -> Mapping[str, Any]:
    if isinstance(asked.after, Money):
        low, high = asked.after.low_fen, asked.after.high_fen
        if asked.after.ceiling:
            return {"name": name, "funding": {"kind": "ceiling", "max_fen": high}}
        if low != high:
            return {"name": name, "funding": {"kind": "range", "min_fen": low, "max_fen": high}}
        return {"name": name, "funding": {"kind": "fixed", "amount_fen": low}}
    return {"name": name}


def _has_children(node: NodeInfo, nodes: Sequence[NodeInfo]) -> bool:
    return bool(node.path) and any(n.path[:-1] == node.path for n in nodes if n.path)


def _into(node: NodeInfo, slot: str, asked: Asked) -> Candidate:
    return Candidate(Address(node.identifier, slot), None, Words(asked.items[0]), node.name)


def _choice(found: Sequence[Candidate], *, removes: bool) -> Proposal:
    if not found:
        return Proposal(Sure.NONE, (), "amendment.part_not_found")
    if len(found) > 1:
        return Proposal(Sure.CHOOSE, tuple(found), "amendment.several_parts", removes=removes)
    return Proposal(Sure.EXACT, tuple(found), removes=removes)
