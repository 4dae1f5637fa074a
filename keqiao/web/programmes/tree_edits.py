"""Changes of the tree of a definition: add, move, copy and take away categories, copy statements, put back.

Works on plain values, gives new ones and judges nothing: whoever stores the outcome makes a programme of it first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keqiao.web.programmes.definitions import Values, copy_of
from keqiao.web.programmes.parts import (
    AT,
    ID_LETTERS,
    NotThere,
    Part,
    free_id,
    node_at,
    nodes,
    value_at,
    with_new_entry,
    with_value,
)
from keqiao.web.programmes.references import with_renamed, without_references

IN_NODES = ("targets", "rules", "endorsement")
"""The lists of a category whose entries have ids of their own."""


class UnderItself(ValueError):
    """A category cannot stand under itself or under what stands below it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the tree: under which category ("" for the top), before which of those there ("" for the end)."""

    parent: str = ""
    before: str = ""


def parent_of(values: Values, node: str) -> str:
    """Return the id of the category that ``node`` stands under, "" at the top.

    Raises:
        NotThere: no category has this id.
    """
    for identifier, above in nodes(values):
        if any(child["id"] == node for child in above.get("categories", ())):
            return identifier
    raise NotThere(node)


def siblings_of(values: Values, node: str) -> list[str]:
    """Return the ids of the categories (or tracks) that stand beside ``node``, in order.

    Raises:
        NotThere: no node has this id.
    """
    tracks = [track["id"] for track in values.get("tracks", ())]
    if node in tracks:
        return [track for track in tracks if track != node]
    above = node_at(values, parent_of(values, node))
    return [child["id"] for child in above["categories"] if child["id"] != node]


def place_of(values: Values, node: str) -> Place:
    """Return where ``node`` stands.

    Raises:
        NotThere: no category has this id.
    """
    parent = parent_of(values, node)
    ids = [child["id"] for child in node_at(values, parent)["categories"]]
    return Place(parent, next(iter(ids[ids.index(node) + 1 :]), ""))


def ids_in(node: Values) -> list[str]:
    """Return the ids of a node, of the entries of its lists and of everything below it."""
    return [
        node["id"],
        *_ids_of_entries(node),
        *(i for child in node.get("categories", ()) for i in ids_in(child)),
    ]


def with_category(values: Values, place: Place, category: Values) -> tuple[Values, str]:
    """Return values with one more category, and the id it got.

    Raises:
        NotThere: there is no such place.
    """
    changed = copy_of(values)
    identifier = free_id(changed, place.parent, "categories")
    _insert(changed, place, {"id": identifier, **category})
    return changed, identifier


def moved(values: Values, node: str, place: Place) -> Values:
    """Return values in which the category ``node`` stands at another place; ids and contents stay.

    Raises:
        NotThere: there is no such category, or no such place.
        UnderItself: the place is below the category.
    """
    found = node_at(values, node)
    parent = parent_of(values, node)
    if place.parent in [node, *(identifier for identifier, _below in nodes(found) if identifier)]:
        raise UnderItself(node)
    if place == Place(parent, node):
        return values
    changed = copy_of(values)
    _take(changed, parent, node)
    _insert(changed, place, copy_of(found))
    return changed


def copied(values: Values, node: str, place: Place, name: str) -> tuple[Values, dict[str, str]]:
    """Return values with a copy of a category and all below it, and the new ids by the old ones.

    What names a part of the copied branch names its copy in the copy; what names others stays.

    Raises:
        NotThere: there is no such category, or no such place.
    """
    changed = copy_of(values)
    found = node_at(changed, node)
    new_ids = _new_ids(changed, found, free_id(changed, place.parent, "categories"))
    copy = _with_ids(
        with_renamed(copy_of(found), lambda identifier: new_ids.get(identifier, identifier)), new_ids
    )
    _insert(changed, place, {**copy, "name": name})
    return changed, new_ids


def without_node(values: Values, node: str) -> Values:
    """Return values without a category (and all below it) or a track, and without references to what is gone.

    Raises:
        NotThere: there is no such node.
    """
    changed = copy_of(values)
    gone = ids_in(node_at(changed, node))
    tracks = changed.get("tracks", [])
    if any(track["id"] == node for track in tracks):
        return without_references(with_value(changed, Part("", "tracks", node), None), gone)
    _take(changed, parent_of(changed, node), node)
    return without_references(changed, gone)


def reordered(entries: Sequence[Any], keys: Sequence[str]) -> list[Any]:
    """Return entries in the order of ``keys``: ids, or ``@n`` for the one at position n where they have none.

    Those that are not named stand behind in their own order.
    """
    rank = {key: position for position, key in enumerate(keys)}
    places = [rank.get(key_of(entry, number), len(rank)) for number, entry in enumerate(entries)]
    return [entry for _place, entry in sorted(zip(places, entries, strict=True), key=lambda pair: pair[0])]


def key_of(entry: Any, position: int) -> str:
    """Return how an entry of a list is named: by its id, or by its position."""
    identifier = entry.get("id") if isinstance(entry, dict) else None
    return identifier or f"{AT}{position}"


def with_copies(values: Values, part: Part, to: Sequence[str]) -> tuple[Values, dict[str, Part]]:
    """Return values in which the nodes ``to`` state what ``part`` does, and the copies by node.

    An entry is added to their lists under a new id, a single statement stands in place of theirs. Nodes that
    state the same already are passed over.

    Raises:
        NotThere: the part or one of the nodes is not there.
    """
    stated, made = value_at(values, part), {}
    for node in to:
        there = replace(part, node=node)
        if part.entry:
            if _states_alike(node_at(values, node).get(part.slot, ()), stated):
                continue
            entry = {key: said for key, said in copy_of(stated).items() if key != "id"}
            values, made[node] = with_new_entry(values, replace(there, entry=""), entry)
        elif value_at(values, there) != stated:
            values, made[node] = with_value(values, there, copy_of(stated)), there
    return values, made


def put_back(values: Values, older: Values, part: Part) -> tuple[Values, Part]:
    """Return values that have ``part`` again as ``older`` had it, and its address there.

    Its category comes back with all that stood below it, to its place or, where that is gone, to the end of the
    top; of a category that is still there only the entry comes back.

    Raises:
        NotThere: ``older`` does not have it either.
    """
    changed = copy_of(values)
    known = {identifier for identifier, _node in nodes(changed)}
    if part.node not in known:
        _insert(changed, _place_again(changed, older, part.node, known), copy_of(node_at(older, part.node)))
        return changed, part
    if not part.entry:
        return changed, part
    entry, entries = value_at(older, part), value_at(older, replace(part, entry=""))
    standing = node_at(changed, part.node).setdefault(part.slot, [])
    position = min(entries.index(entry), len(standing))
    standing.insert(position, copy_of(entry))
    return changed, replace(part, entry=f"{AT}{position}") if part.entry.startswith(AT) else part


def _place_again(values: Values, older: Values, node: str, known: set[str]) -> Place:
    place = place_of(older, node)
    if place.parent not in known:
        return Place()
    siblings = [child["id"] for child in node_at(values, place.parent).get("categories", ())]
    return Place(place.parent, place.before if place.before in siblings else "")


def _insert(values: Values, place: Place, category: Values) -> None:
    above = node_at(values, place.parent).setdefault("categories", [])
    ids = [child["id"] for child in above]
    if place.before and place.before not in ids:
        raise NotThere(place.before)
    above.insert(ids.index(place.before) if place.before else len(ids), category)


def _take(values: Values, parent: str, node: str) -> None:
    above = node_at(values, parent)
    above["categories"] = [child for child in above["categories"] if child["id"] != node]
    if not above["categories"]:
        del above["categories"]


def _ids_of_entries(node: Values) -> Iterator[str]:
    for slot in IN_NODES:
        yield from (entry["id"] for entry in node.get(slot, ()))


def _new_ids(values: Values, branch: Values, root: str) -> dict[str, str]:
    """A free id for each id of a branch: with the new id of its root in front where it had the old one."""
    taken = {identifier for _node, stated in nodes(values) for identifier in _known(stated)}
    found: dict[str, str] = {}
    for identifier in ids_in(branch):
        behind = (
            identifier.removeprefix(branch["id"]) if identifier.startswith(branch["id"]) else f".{identifier}"
        )
        new, number = f"{root}{behind}", 2
        while new in taken:
            new, number = f"{root}{behind}-{number}", number + 1
        found[identifier] = new
        taken.add(new)
    return found


def _known(node: Values) -> Iterator[str]:
    lists = (entries for slot, entries in node.items() if slot in ID_LETTERS)
    yield from (entry["id"] for entries in lists for entry in entries)


def _with_ids(node: Values, new_ids: dict[str, str]) -> Values:
    """A node under other ids, with its entries and all below it."""
    changed = {**node, "id": new_ids[node["id"]]}
    for slot in IN_NODES:
        if slot in changed:
            changed[slot] = [{**entry, "id": new_ids[entry["id"]]} for entry in changed[slot]]
    if "categories" in changed:
        changed["categories"] = [_with_ids(child, new_ids) for child in changed["categories"]]
    return changed


def _states_alike(entries: Sequence[Any], stated: Any) -> bool:
    return any(_without_id(entry) == _without_id(stated) for entry in entries)


def _without_id(entry: Any) -> Any:
    return {key: said for key, said in entry.items() if key != "id"} if isinstance(entry, dict) else entry
