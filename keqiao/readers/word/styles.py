"""Paragraph and character styles, with what they inherit."""

from dataclasses import dataclass, field

from lxml import etree

from keqiao.readers.word.package import W

BASED_ON_MAX = 30  # styles may not form an endless chain


def value(parent: etree._Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child ``name``; None without the child, "" without the attribute."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + "val", "")


def switched_on(parent: etree._Element | None, name: str) -> bool | None:
    """Return the state of an on/off property, None where it is not stated."""
    stated = value(parent, name)
    return None if stated is None else stated not in {"0", "false", "off", "none"}


@dataclass
class Styles:
    """The style sheet of a document."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        """Read ``styles.xml``; a document without it has no styles."""
        styles = cls()
        for style in () if root is None else root.iterfind(W + "style"):
            style_id = style.get(W + "styleId", "")
            styles.by_id[style_id] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
                styles.default = style_id
        return styles

    def chain(self, style_id: str) -> list[tuple[str, etree._Element]]:
        """Return the style and those it is based on, nearest first."""
        found: list[tuple[str, etree._Element]] = []
        while style_id in self.by_id and len(found) < BASED_ON_MAX:
            style = self.by_id[style_id]
            found.append((style_id, style))
            style_id = value(style, "basedOn") or ""
        return found

    def name(self, style_id: str) -> str:
        """Return the style's name as a person sees it."""
        style = self.by_id.get(style_id)
        return (value(style, "name") or "") if style is not None else ""

    def paragraph_value(self, style_id: str, name: str) -> str | None:
        """Return the nearest value of a paragraph property."""
        for _, style in self.chain(style_id):
            stated = value(style.find(W + "pPr"), name)
            if stated is not None:
                return stated
        return None

    def run_switch(self, style_id: str, name: str) -> bool:
        """Return the nearest state of an on/off character property."""
        for _, style in self.chain(style_id):
            stated = switched_on(style.find(W + "rPr"), name)
            if stated is not None:
                return stated
        return False

    def numbering(self, style_id: str) -> tuple[str, int | None, str] | None:
        """Return (numId, level or None, owning style) of the nearest style with numbering."""
        for found_id, style in self.chain(style_id):
            properties = style.find(f"{W}pPr/{W}numPr")
            number = value(properties, "numId")
            if number is not None:
                level = value(properties, "ilvl")
                return number, int(level) if level and level.isdigit() else None, found_id
        return None
