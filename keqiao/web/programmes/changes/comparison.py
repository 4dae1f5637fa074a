"""Two definitions side by side: where a difference of the core stands, and what stood there on either side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from keqiao.core.programme import Programme, walk
from keqiao.core.programme.differences import Change, Difference, entry_key
from keqiao.web.programmes.changes.lines import Spot
from keqiao.web.programmes.wording.statements import MARKS, Node, Texts, node_name

Names = tuple[str, ...]
ABOUT_THE_PAPER = frozenset({"documents", "format", "id"})
"""Fields of the whole call that tell where its definition comes from, and not what it says."""
WITHIN_A_TRACK = 3  # the shortest fact that leads into a track: ("tracks", id, field)


@dataclass(frozen=True, slots=True)
class Found:
    """A difference of the core. Its ``fact`` leads from the node at ``spot``, which may be a track."""

    difference: Difference

    @property
    def spot(self) -> Spot:
        """The node it is in."""
        return ((), self.difference.fact[1]) if self._is_in_a_track else (self.difference.path, "")

    @property
    def fact(self) -> Names:
        """The fields and keys of entries that lead to it from the node."""
        return self.difference.fact[2:] if self._is_in_a_track else self.difference.fact

    @property
    def change(self) -> Change:
        """Its kind."""
        return self.difference.change

    @property
    def _is_in_a_track(self) -> bool:
        return self.difference.fact[:1] == ("tracks",) and len(self.difference.fact) >= WITHIN_A_TRACK


class Side:
    """One of the two definitions: its nodes by spot, in their order, and its words."""

    def __init__(self, programme: Programme) -> None:
        self.texts = Texts(programme)
        self.nodes: dict[Spot, Node] = {((), ""): programme}
        self.nodes |= {((), track.id): track for track in programme.tracks}
        self.nodes |= {(path, ""): category for path, category in walk(programme)}

    def at(self, spot: Spot, fact: Names) -> Any:
        """Return what ``fact`` leads to, None where it leads to nothing."""
        part: Any = self.nodes.get(spot)
        for step in fact:
            part = inside(part, step)
        return part


@dataclass(frozen=True, slots=True)
class Sides:
    """The definition before and after."""

    old: Side
    new: Side

    def position(self, spot: Spot) -> tuple[bool, int]:
        """Where a node stands: in the order of the new call; those that are gone follow in the old order."""
        is_gone = spot not in self.new.nodes
        return is_gone, list((self.old if is_gone else self.new).nodes).index(spot)

    def name(self, spot: Spot) -> str:
        """Return the names of a category from the top, of a track its own."""
        nodes = (self.new if spot in self.new.nodes else self.old).nodes
        path, _track = spot
        above = [(path[: depth + 1], "") for depth in range(len(path))] or [spot]
        return " / ".join(node_name(nodes[each]) for each in above)

    def either(self, spot: Spot, fact: Names) -> Any:
        """Return what stands there now, or else what stood there before."""
        after = self.new.at(spot, fact)
        return self.old.at(spot, fact) if after is None or after == () else after

    def trail(self, spot: Spot, fact: Names) -> Iterator[tuple[Any, str, Any]]:
        """Yield each step of ``fact``: the part it is taken in, its name or key, what it leads to."""
        part = self.either(spot, ())
        for number, step in enumerate(fact, start=1):
            inner = self.either(spot, fact[:number])
            yield part, step, inner
            part = inner

    def mark(self, found: Found) -> str:
        """Return which mark a difference is about, "" where it is about the call itself."""
        if found.spot == ((), "") and found.fact[:1] and found.fact[0] in ABOUT_THE_PAPER:
            return "source"
        steps = self.trail(found.spot, found.fact)
        return next((step for part, step, _ in steps if isinstance(part, BaseModel) and step in MARKS), "")


def inside(part: Any, step: str) -> Any:
    """Return a field of a model or an entry of a list, None where there is none."""
    if isinstance(part, tuple):
        return next((entry for entry in part if entry_key(entry) == step), None)
    return getattr(part, step, None)
