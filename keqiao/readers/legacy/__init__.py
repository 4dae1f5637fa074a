"""Reads .doc and .wps through converters, where one is installed.

antiword keeps tables and loses automatic numbers; LibreOffice keeps the numbers and loses some tables. Where
both are installed, the better parts of both are taken.
"""

from dataclasses import replace
from pathlib import Path

from keqiao.core.guides.blocks import Block, Paragraph, Table
from keqiao.readers.assembly import Reading
from keqiao.readers.legacy.antiword import convert_by_antiword
from keqiao.readers.legacy.office import convert_by_office
from keqiao.readers.unreadable import Unreadable


def read_doc(path: Path) -> Reading:
    """Read a Word 97-2003 document; see ``read_legacy``."""
    return read_legacy(path, "doc")


def read_wps(path: Path) -> Reading:
    """Read a WPS document, which is built like a Word 97 one; see ``read_legacy``."""
    return read_legacy(path, "wps")


def read_legacy(path: Path, kind: str) -> Reading:
    """Read the old word-processor file at ``path``.

    Raises:
        Unreadable: no converter is installed (``legacy_doc_no_converter``) or none could read the file.
    """
    by_office, by_antiword = convert_by_office(path), convert_by_antiword(path)
    if by_office is None and by_antiword is None:
        raise Unreadable("unreadable.legacy_doc_no_converter", kind=kind)
    blocks = _better(by_office or (), by_antiword or ())
    if not blocks:
        raise Unreadable("unreadable.conversion_failed", kind=kind)
    return Reading(blocks, (f"converted:{kind}",))


def _better(by_office: tuple[Block, ...], by_antiword: tuple[Block, ...]) -> tuple[Block, ...]:
    if by_office and _tables(by_office) >= _tables(by_antiword):
        return by_office
    return with_numbers(by_antiword, by_office)


def _tables(blocks: tuple[Block, ...]) -> int:
    return sum(isinstance(block, Table) for block in blocks)


def with_numbers(blocks: tuple[Block, ...], numbered: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give paragraphs the automatic numbers that the other reading has for the same text, in order."""
    numbers: dict[str, list[str]] = {}
    for block in numbered:
        if isinstance(block, Paragraph):
            numbers.setdefault(block.text.strip(), []).append(block.number)
    found: list[Block] = []
    for block in blocks:
        waiting = numbers.get(block.text.strip()) if isinstance(block, Paragraph) else None
        found.append(
            replace(block, number=waiting.pop(0)) if isinstance(block, Paragraph) and waiting else block
        )
    return tuple(found)
