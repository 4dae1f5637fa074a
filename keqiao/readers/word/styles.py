"""Paragraph and character styles, with what they inherit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from keqiao.readers.word.package import W, parse_xml

BASED_ON_MAX = 30  # styles may not form an endless chain
_ROOT: Final = re.compile(rb"<w:styles\s[^<>]*>")
_STYLE_ID: Final = re.compile(rb'\sw:styleId="([^"&]*)"')
_BOUND: Final = b'xmlns:w="' + W.strip("{}").encode() + b'"'
_BEGIN: Final = b"<w:style "
_END: Final = b"</w:styles>"
_ODD: Final = (b"!", b"?", b"xmlns")  # of comments, instructions, other prefixes


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

    by_id: Mapping[str, etree._Element] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        """Read ``styles.xml``; a document without it has no styles."""
        found = [] if root is None else list(root.iterfind(W + "style"))
        default = [_style_id(style) for style in found if _is_default(style)]
        return cls({_style_id(style): style for style in found}, default[-1] if default else "")

    @classmethod
    def read_when_asked(cls, data: bytes | None) -> "Styles":
        """The same of the bytes of ``styles.xml``, each style parsed when somebody asks for it.

        Word ships hundreds of styles with a document, of which a form uses three. What is not as programs write it
        (comments, other prefixes) is parsed whole. ``data`` has passed the gate: it is well-formed and in UTF-8.
        """
        sheet = None if data is None else _Sheet.of(data)
        if sheet is None:
            return cls.read(None if data is None else parse_xml(data))
        default = [name for name in sheet.with_default if _is_default(sheet[name])]
        return cls(sheet, default[-1] if default else "")

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


class _Sheet(Mapping[str, etree._Element]):
    """Styles by their identifiers, as bytes until one is asked for."""

    def __init__(self, root: bytes) -> None:
        self.with_default: list[str] = []
        self._root = root
        self._written: dict[str, bytes] = {}
        self._parsed: dict[str, etree._Element] = {}

    @classmethod
    def of(cls, data: bytes) -> "_Sheet | None":
        """Part the sheet where styles begin; None where that cannot be done by looking at the bytes alone."""
        root = _ROOT.search(data)
        inside, end, _ = data[root.end() if root else 0 :].partition(_END)
        if root is None or _BOUND not in root[0] or not end or any(odd in inside for odd in _ODD):
            return None
        written = inside.split(_BEGIN)[1:]
        if inside.count(_BEGIN.rstrip()) != len(written):
            return None
        sheet = cls(root[0])
        for each in written:
            sheet._add(_BEGIN + each)
        return sheet

    def _add(self, written: bytes) -> None:
        start = written[: written.index(b">")]
        found = _STYLE_ID.search(start)
        style_id = found[1].decode() if found else _style_id(self._parse(written))
        self._written[style_id] = written
        self._parsed.pop(style_id, None)
        if b"default" in start:
            self.with_default.append(style_id)

    def _parse(self, written: bytes) -> etree._Element:
        return parse_xml(self._root + written + _END)[0]

    def __getitem__(self, style_id: str) -> etree._Element:
        if style_id not in self._parsed:
            self._parsed[style_id] = self._parse(self._written[style_id])
        return self._parsed[style_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def _style_id(style: etree._Element) -> str:
    return style.get(W + "styleId", "")


def _is_default(style: etree._Element) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}
