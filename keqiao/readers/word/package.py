"""The parts of an Office Open XML package, parsed without entities, network or huge trees."""

import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from keqiao.readers.unreadable import Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The "strict" variant of the format differs in names only; it is read as the common one.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


def as_common(data: bytes) -> bytes:
    """The part with the names of the common variant."""
    for strict, common in STRICT if b"purl.oclc.org" in data else ():
        data = data.replace(strict, common)
    return data


def parse_xml(data: bytes) -> etree._Element:
    """Parse one part; raises Unreadable when it is not well-formed or too deep."""
    data = as_common(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("unreadable.damaged", detail=str(error)[:200]) from error


@dataclass
class Package:
    """An open package: parts by name, relationships by the last word of their type."""

    archive: zipfile.ZipFile

    @classmethod
    def open(cls, path: Path) -> "Package":
        """Open ``path``; the caller closes ``archive``."""
        return cls(zipfile.ZipFile(path))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self.archive.namelist())

    @cached_property
    def main_part(self) -> str:
        """The name of the document part."""
        return self._targets("").get("officeDocument", "word/document.xml")

    @cached_property
    def _related(self) -> dict[str, str]:
        return self._targets(self.main_part)

    def related(self, kind: str) -> etree._Element | None:
        """Return the part that the document names as its ``kind`` (``styles`` …), if any."""
        name = self._related.get(kind)
        return self.part(name) if name and name in self.names else None

    def related_bytes(self, kind: str) -> bytes | None:
        """The same part, not parsed."""
        name = self._related.get(kind)
        return as_common(self.archive.read(name)) if name and name in self.names else None

    def part(self, name: str) -> etree._Element:
        """Parse the part ``name``; raises Unreadable when it is missing."""
        if name not in self.names:
            raise Unreadable("unreadable.damaged", detail=f"part {name} is missing")
        return parse_xml(self.archive.read(name))

    def _targets(self, source: str) -> dict[str, str]:
        folder, base = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self.names:
            return {}
        targets: dict[str, str] = {}
        for relation in parse_xml(self.archive.read(rels)):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                targets.setdefault(kind, target.lstrip("/"))
        return targets
