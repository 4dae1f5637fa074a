"""Faults planted in what the rooms handed out: each in one file, which is written again without what it had."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

from proofs.papers.judging import Kept


def damage(papers: list[Kept], fault: str) -> None:
    """Plant a fault in one paper."""
    kind, form, plant = PLANTED[fault]
    plant(next(each.path for each in papers if each.kind == kind and each.form == form))


def _changed(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change one part of a package."""

    def plant(path: Path) -> None:
        with ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        was, parts[part] = parts[part], change(parts[part])
        if parts[part] == was:
            raise LookupError(f"{path.name} has nothing to change in {part}")
        with ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)

    return plant


def _lost_row(document: bytes) -> bytes:
    """The last row may be that of the sums: the one before it, of a project, goes with it."""
    end = document.rindex(b"</w:tr>") + len(b"</w:tr>")
    last = document.rindex(b"<w:tr>", 0, end)
    return document[: document.rindex(b"<w:tr>", 0, last)] + document[end:]


def _narrow_margin(document: bytes) -> bytes:
    return re.sub(rb'(<w:pgMar [^>]*w:left=)"\d+"', rb'\1"1134"', document)


def _head_once(book: bytes) -> bytes:
    return re.sub(rb'<definedName name="_xlnm.Print_Titles".*?</definedName>', b"", book)


PLANTED: Mapping[str, tuple[str, str, Callable[[Path], None]]] = {
    "lost-row": ("public_award_paper", "docx", _changed("word/document.xml", _lost_row)),
    "narrow-margin": ("public_notice_paper", "docx", _changed("word/document.xml", _narrow_margin)),
    "head-said-once": ("table", "xlsx", _changed("xl/workbook.xml", _head_once)),
}
