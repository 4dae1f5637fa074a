"""The outline of one part: list marks on a stack, labels as slots below the heading that holds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Optional

from keqiao.core.guides.blocks import Table
from keqiao.core.guides.heads import Head, read_heads
from keqiao.core.guides.lines import Item, Line, Piece
from keqiao.core.guides.vocabulary import Vocabulary

_TWINS = {"1.": "1、", "1、": "1."}
_LABEL, _LOST, _RUN_IN = "label", "lost", "run-in"


@dataclass
class Node:
    """A heading, label or list item with what stands below it. ``kind`` is its mark's kind, ``label`` or ``root``."""

    kind: str
    head: Head | None = None
    line: Line | None = None
    parent: Optional["Node"] = None
    content: list[Piece] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The normalised title, or an empty string."""
        return self.head.title.text if self.head and self.head.title else ""

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that this node's label opens."""
        return self.head.slots if self.head else ()

    @property
    def ordinal(self) -> int:
        """The number of its mark, 0 without one."""
        return self.head.mark.ordinal if self.head and self.head.mark else 0

    def pieces(self) -> Iterator[Piece]:
        """Yield all content at and below this node in reading order, titles of list items included."""
        yield from self.content
        for child in self.children:
            if child.head and child.head.title and not child.slots:
                yield child.head.title
            yield from child.pieces()

    def descendants(self) -> Iterator["Node"]:
        """Yield all nodes below this one in reading order."""
        for child in self.children:
            yield child
            yield from child.descendants()


def build_outline(found: list[Item], vocabulary: Vocabulary) -> Node:
    """Build the outline of one part.

    A mark whose kind is already open closes down to that level; a kind not yet open goes one level deeper. Labels
    without a mark open a slot below the nearest marked heading.
    """
    root = Node("root")
    stack = [root]
    for item in found:
        if isinstance(item, Table):
            stack[-1].tables.append(item)
            continue
        heads = read_heads(item, vocabulary)
        for head in heads:
            _add(stack, head, item, (vocabulary, len(heads) > 2))
    return root


def _add(stack: list[Node], head: Head, line: Line, how: tuple[Vocabulary, bool]) -> None:
    vocabulary, several = how
    if head.mark is not None:
        _open_marked(stack, head, line)
    elif head.slots:
        _close_labels(stack)
        _push(stack, Node(_LABEL, head, line))
    elif several and head.title is not None:
        _close_to(stack, _RUN_IN)
        _push(stack, Node(_RUN_IN, head, line))
    elif _is_lost_heading(line, head, vocabulary):
        run_in = [node.kind for node in stack].count(_RUN_IN)
        del stack[[node.kind for node in stack].index(_RUN_IN) if run_in else 1 :]
        _push(stack, Node(_LOST, head, line))
    else:
        stack[-1].content.append(line.piece())


def _close_to(stack: list[Node], kind: str) -> None:
    """Close down to the open node of ``kind``, or close open labels only."""
    kinds = [node.kind for node in stack]
    if kind in kinds:
        del stack[kinds.index(kind) :]
    while stack[-1].kind == _LABEL:
        stack.pop()


def _open_marked(stack: list[Node], head: Head, line: Line) -> None:
    assert head.mark is not None  # noqa: S101 - the caller has looked
    if stack[-1].kind == _LABEL and _is_answered(stack[-1]) and head.mark.kind not in {n.kind for n in stack}:
        stack.pop()
    level = _level(stack, head.mark.kind, head.mark.ordinal)
    del stack[level:]
    _push(stack, Node(head.mark.kind, head, line))


def _is_answered(label: Node) -> bool:
    """A label with words behind it has its answer; a list that follows is below it only where they announce one."""
    return (
        bool(label.content)
        and not label.content[-1].text.endswith(":")
        and "以下" not in label.content[-1].text
    )


def _level(stack: list[Node], kind: str, ordinal: int) -> int:
    """Return the stack depth at which a mark of ``kind`` belongs."""
    kinds = [node.kind for node in stack]
    if kind in kinds:
        return len(kinds) - 1 - kinds[::-1].index(kind)
    twin = _TWINS.get(kind)
    if twin in kinds:
        level = len(kinds) - 1 - kinds[::-1].index(twin)
        if ordinal > 1 and 0 <= ordinal - stack[level].ordinal <= 2:  # one may be left out or said twice
            return level
    if ordinal > 1 and _LOST in kinds:
        return kinds.index(_LOST)
    return _sibling_level(stack, ordinal) if ordinal > 1 else len(stack)


def _sibling_level(stack: list[Node], ordinal: int) -> int:
    """A mark of a new kind that does not start at 1 goes on at a level whose last number is one less, else deeper."""
    for level in range(len(stack) - 1, 0, -1):
        if stack[level].ordinal == ordinal - 1 and stack[level].kind != _LABEL:
            return level
    return len(stack)


def _close_labels(stack: list[Node]) -> None:
    """Close open labels; a label behind a list of bare items or ``名称：内容`` belongs to what holds the list.

    Items that carry labels of their own are blocks: then the label belongs to the item it stands below.
    """
    while stack[-1].kind == _LABEL:
        stack.pop()
    if _ends_a_list(stack[-1]):
        stack.pop()


def _ends_a_list(item: Node) -> bool:
    if item.ordinal < 2 or item.parent is None:
        return False
    earlier = [node for node in item.parent.children if node.kind == item.kind and node is not item]
    return bool(earlier) and not any(node.children or node.tables for node in [*earlier, item])


def _push(stack: list[Node], node: Node) -> None:
    node.parent = stack[-1]
    stack[-1].children.append(node)
    stack.append(node)
    if node.head and node.head.content and node.head.content.text:
        node.content.append(node.head.content)


def _is_lost_heading(line: Line, head: Head, vocabulary: Vocabulary) -> bool:
    """Tell whether an unnumbered short line is a heading that lost its number (``工作目标``)."""
    title = head.title.text if head.title else ""
    if not title or (not head.colon and (len(line.text) > 15 or re.search(r"[,;。:]", line.text))):
        return False
    return vocabulary.is_section(title) or vocabulary.is_container(title)
