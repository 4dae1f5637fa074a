"""The nodes of a definition with the keys that lead to them, for findings that name their place."""

from collections.abc import Iterator
from dataclasses import dataclass

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Category, Programme

At = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """The programme, a track or a category: its path, its keys from the top, and how people call it."""

    path: Path
    at: At
    terms: Terms
    name: str

    def finding(
        self, code: str, weight: Weight, at: At = (), *, source: Source | None = None, **values: Value
    ) -> Finding:
        """A finding about the part ``at`` of this node; its values always name the node as ``where``."""
        return Finding(
            code, weight, {"where": self.name, **values}, source or self.terms.source, (*self.at, *at)
        )


def nodes(programme: Programme) -> Iterator[Node]:
    """The programme, its tracks, and every category, parents before children."""
    yield Node((), (), programme, programme.title)
    for number, track in enumerate(programme.tracks):
        yield Node((), ("tracks", number), track, track.name)
    yield from categories(programme)


def categories(programme: Programme) -> Iterator[Node]:
    """Every category, parents before children."""
    yield from _below((), (), "", programme.categories)


def _below(path: Path, at: At, above: str, found: tuple[Category, ...]) -> Iterator[Node]:
    for number, category in enumerate(found):
        here = (*at, "categories", number)
        name = f"{above} / {category.name}" if above else category.name
        yield Node((*path, category.id), here, category, name)
        yield from _below((*path, category.id), here, name, category.categories)
