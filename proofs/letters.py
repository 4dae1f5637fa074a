"""Notices, award lists, agreements and letters open in LibreOffice without repair, and nothing is lost in them.

Papers with lists of 1 to 60 projects, odd signs among the words, and one of each kind of paper, are written as Word
files, checked as packages (whole, well-formed, every part that is named is there) and opened by LibreOffice, which
saves them anew: each opens, on A4, with the same words, every project and amount among them. Without LibreOffice only
the packages are checked, and the figures say so. Size counts papers.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from keqiao.readers.legacy.converter import installed
from keqiao.readers.legacy.office import NAMES
from tests.writers.letters.office import Written, faults_in, through_office, written

FULL, SMALL, PIECE = 100, 6, 50
FAULTS = ("cut", "lost-row")
SHOWN = 10


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.letters")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    program = installed(NAMES)
    with tempfile.TemporaryDirectory(prefix="keqiao-letters-") as name:
        folder = Path(name)
        files = list(written(folder, asked.size, asked.seed))
        if asked.fault:
            damage(files[0], asked.fault)
        if program is not None:
            through_office(program, folder, files)
        found = [f"{each.path.name}: {fault}" for each in files for fault in broken(each, folder, program)]
    for line in found[:SHOWN]:
        print(f"letters: {line}", file=sys.stderr)
    office = "opened by LibreOffice" if program else "LibreOffice is not installed: packages alone"
    answer = f"{'BROKEN' if found else 'holds'}; papers={len(files)} faults={len(found)} ({office})"
    print(f"letters: {answer} seed={asked.seed}")
    return 1 if found else 0


def damage(file: Written, fault: str) -> None:
    """Plant a fault in the first file."""
    whole = file.path.read_bytes()
    if fault == "cut":
        file.path.write_bytes(whole[: len(whole) // 2])
        return
    with ZipFile(file.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    document = parts["word/document.xml"]
    start, end = document.rindex(b"<w:tr>"), document.rindex(b"</w:tr>") + len(b"</w:tr>")
    before = document.rindex(b"<w:tr>", 0, start)
    parts["word/document.xml"] = document[:before] + document[end:]
    with ZipFile(file.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def broken(file: Written, folder: Path, program: str | None) -> Iterator[str]:
    """What is wrong with a file: as a package, and once LibreOffice has opened it."""
    try:
        yield from package_faults(file.path)
    except (BadZipFile, etree.XMLSyntaxError) as error:
        yield f"no whole package: {error}"
    if program is not None:
        yield from faults_in(folder, file)


def package_faults(path: Path) -> Iterator[str]:
    """What a program would have to repair: damaged entries, XML that is not well-formed, parts that are not there."""
    with ZipFile(path) as archive:
        if damaged := archive.testzip():
            yield f"{damaged} is damaged"
        names = set(archive.namelist())
        for name in sorted(names):
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(archive.read(name))
            if name.endswith(".rels"):
                folder = dirname(dirname(name))
                targets = [each.get("Target") for each in root if each.get("TargetMode") != "External"]
                wanted = [normpath(join(folder, each)).lstrip("/") for each in targets]
                yield from (f"{each} is not there" for each in wanted if each not in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
