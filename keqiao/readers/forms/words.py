"""The words of a cell or a paragraph of a Word form, with the marks around them, while they are gathered."""

from dataclasses import dataclass, field

from lxml import etree

from keqiao.readers.forms.pieces import PLACEHOLDER, Piece
from keqiao.readers.word.package import W


@dataclass(slots=True)
class Words:
    """The words of one piece while they are gathered."""

    parts: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    inside: dict[str, str] = field(default_factory=dict)
    opened: dict[str, tuple[str, int]] = field(default_factory=dict)  # number: bookmark, parts before it
    flags: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    tables: list[etree._Element] = field(default_factory=list)

    def bookmark(self, element: etree._Element) -> None:
        """A bookmark begins: a mark. It ends: what stands in it is kept beside the whole."""
        number = element.get(W + "id", "")
        if element.tag == W + "bookmarkStart":
            name = element.get(W + "name", "")
            self.marks.append(name)
            self.opened[number] = (name, len(self.parts))
        elif number in self.opened:
            name, before = self.opened.pop(number)
            self.inside[name] = "".join(self.parts[before:]).strip("\n")

    def take_over(self, inner: "Words") -> None:
        """Put the words of a part behind these."""
        self.parts += inner.parts
        self.marks += inner.marks
        self.inside.update(inner.inside)
        self.flags += inner.flags
        self.gone += inner.gone
        self.boxes += inner.boxes
        self.tables += inner.tables

    def piece(self, **place: int | str) -> Piece:
        """The piece made of them."""
        return Piece(
            text="".join(self.parts).strip("\n"),
            marks=tuple(dict.fromkeys(self.marks)),
            inside=dict(self.inside),
            flags=tuple(dict.fromkeys(self.flags)),
            **place,  # type: ignore[arg-type]
        )

    def control(self, element: etree._Element, inner: "Words") -> None:
        """A content control: its tag is a mark, and what stands inside is kept beside the whole."""
        properties = element.find(W + "sdtPr")
        for each in () if properties is None else properties:
            if each.tag == W + "tag" and (tag := each.get(W + "val")):
                self.marks.append(tag)
                self.inside[tag] = "".join(inner.parts).strip("\n")
            elif each.tag == W + "showingPlcHdr":
                self.flags.append(PLACEHOLDER)
        self.take_over(inner)
