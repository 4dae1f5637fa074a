"""Walking the tree of a programme. A path is the tuple of category ids from the top; ``()`` is the
programme.
"""

from collections.abc import Iterator

from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Category, Programme

Path = tuple[str, ...]


def walk(programme: Programme) -> Iterator[tuple[Path, Category]]:
    """Every category with its path, parents before children, in document order."""
    yield from _below((), programme.categories)


def named_nodes(programme: Programme) -> Iterator[tuple[str, str, Terms]]:
    """Every node that makes statements, as id, name and node: the whole call ("" and ""), tracks, categories."""
    yield "", "", programme
    yield from ((track.id, track.name, track) for track in programme.tracks)
    yield from ((category.id, category.name, category) for _path, category in walk(programme))


def _below(path: Path, categories: tuple[Category, ...]) -> Iterator[tuple[Path, Category]]:
    for category in categories:
        here = (*path, category.id)
        yield here, category
        yield from _below(here, category.categories)


def lineage(programme: Programme, path: Path) -> tuple[tuple[Path, Terms], ...]:
    """The nodes from the programme down to the category at ``path``.

    Raises:
        KeyError: no category stands there.
    """
    nodes: list[tuple[Path, Terms]] = [((), programme)]
    children = programme.categories
    for depth, identifier in enumerate(path):
        category = next((c for c in children if c.id == identifier), None)
        if category is None:
            raise KeyError(path[: depth + 1])
        nodes.append((path[: depth + 1], category))
        children = category.categories
    return tuple(nodes)


def category_at(programme: Programme, path: Path) -> Category:
    """The category at ``path``.

    Raises:
        KeyError: no category stands there (or ``path`` is empty).
    """
    node = lineage(programme, path)[-1][1]
    if not isinstance(node, Category):
        raise KeyError(path)
    return node


def path_of(programme: Programme, identifier: str) -> Path:
    """The path of the category with this id.

    Raises:
        KeyError: no category has it.
    """
    for path, category in walk(programme):
        if category.id == identifier:
            return path
    raise KeyError(identifier)


def names_at(programme: Programme, path: Path) -> tuple[str, ...]:
    """The names from the top, as worded."""
    return tuple(category_at(programme, path[: depth + 1]).name for depth in range(len(path)))


def leaves(programme: Programme) -> Iterator[tuple[Path, Category]]:
    """The categories without children: what can be applied for."""
    return ((path, category) for path, category in walk(programme) if not category.categories)
