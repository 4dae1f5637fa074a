"""The tree of categories while it is read: names, marks, and the pieces of text in each slot."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Optional

from keqiao.core.guides.lines import Piece


@dataclass
class Category:
    """A category being read: its name piece, its mark, and the pieces of text in each slot."""

    name: str
    parent: Optional["Category"] = None
    named: Piece | None = None
    code: str = ""
    part: str = ""
    children: list["Category"] = field(default_factory=list)
    slots: dict[str, list[Piece]] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the top, as worded."""
        above = self.parent.path if self.parent else ()
        return (*above, self.name) if self.name else above

    def put(self, slot: str, pieces: list[Piece]) -> None:
        """Add pieces to a slot."""
        kept = [piece for piece in pieces if piece.text.strip(" ,;:。、")]
        if kept:
            self.slots.setdefault(slot, []).extend(kept)

    def child(self, name: str, named: Piece | None = None, code: str = "") -> "Category":
        """Return the child called ``name``, made if it is not there."""
        for known in self.children:
            if folded(known.name) == folded(name):
                known.named, known.code = named or known.named, code or known.code
                return known
        made = Category(name, self, named, code, self.part)
        self.children.append(made)
        return made

    def walk(self) -> Iterator["Category"]:
        """Yield this category and all below it in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def folded(name: str) -> str:
    """Return a name for comparison: quotes, brackets, spaces and a closing 项目 do not matter."""
    return re.sub(r"[“”\"'《》<>()\s·]", "", name).removesuffix("项目").lower()
