"""What is wrong with the papers in a folder: as packages, in their figures, and once LibreOffice has opened them."""

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import docx
import pypdfium2
from lxml import etree

from proofs.letters import package_faults
from proofs.papers.across import across_in_pdf, across_in_word, across_in_workbook, cells_of
from tests.writers.letters.figures import pdf_faults, word_faults
from tests.writers.letters.office import texts

SIGNED_IN_A_TABLE = "agreement_file"
SECONDS = 570
"""For one run of LibreOffice over all papers."""
NUMBER = re.compile(r"—\s*\d+\s*—|第\s*\d+\s*页\s*共\s*\d+\s*页")
CALC = "libsclo.so"
"""The part of LibreOffice that opens workbooks; where it is not installed they are judged as packages and cells."""


@dataclass(frozen=True)
class Kept:
    """A paper of a room, with what must stand in it; ``across``: a table across the page, no official paper."""

    path: Path
    call: str
    kind: str
    form: str
    words: tuple[str, ...]
    across: bool


def kept_in(folder: Path) -> list[Kept]:
    """The papers in a folder."""
    listed = json.loads((folder / "papers.json").read_text(encoding="utf-8"))
    return [
        Kept(**each | {"path": folder / each["path"], "words": tuple(filter(None, each["words"]))})
        for each in listed
    ]


def judged(papers: list[Kept], folder: Path, program: str | None) -> Iterator[str]:
    """What is wrong with papers, one line each; without LibreOffice only as what the rooms handed out."""
    forms = opens(program)
    for form in forms:
        of_form = [each.path for each in papers if each.form == form]
        for to in (form, "pdf"):
            _converted(str(program), folder, of_form, to)
    for each in papers:
        try:
            found = [*broken(each), *(reopened(each, folder) if each.form in forms else ())]
        except (BadZipFile, etree.XMLSyntaxError) as error:
            found = [f"no whole package: {error}"]
        yield from (f"{each.path.name}: {wrong}" for wrong in found)


def opens(program: str | None) -> tuple[str, ...]:
    """Which forms LibreOffice opens here."""
    if program is None:
        return ()
    return ("docx", "xlsx") if Path(program).resolve().with_name(CALC).is_file() else ("docx",)


def broken(paper: Kept) -> Iterator[str]:
    """What is wrong with a paper as it was handed out."""
    if paper.form == "pdf":
        yield from across_in_pdf(paper.path) if paper.across else pdf_faults(paper.path)
        yield from lost(paper.words, words_on_pages(paper.path))
        return
    yield from package_faults(paper.path)
    if paper.form == "xlsx":
        yield from across_in_workbook(paper.path)
        cells = cells_of(paper.path)
        yield from (
            f"a formula in {place}" for place, said in cells.items() if str(said).startswith("formula")
        )
        yield from lost(paper.words, map(str, cells.values()))
        return
    if paper.across:
        yield from across_in_word(paper.path)
    else:
        yield from word_faults(paper.path, is_signed=paper.kind != SIGNED_IN_A_TABLE)
    yield from lost(paper.words, texts(docx.Document(str(paper.path))))


def reopened(paper: Kept, folder: Path) -> Iterator[str]:
    """What LibreOffice repaired, lost or changed in a paper: saved anew and printed it says what it said."""
    again, printed = folder / paper.form / paper.path.name, folder / "pdf" / f"{paper.path.stem}.pdf"
    if not again.is_file() or not printed.is_file():
        yield "not opened"
        return
    if paper.form == "xlsx":
        own: Iterable[str] = map(str, cells_of(paper.path).values())
        if cells_of(again) != cells_of(paper.path):
            yield "other cells"
    else:
        own = texts(docx.Document(str(paper.path)))
        if texts(docx.Document(str(again))) != own:
            yield "other words"
    with pypdfium2.PdfDocument(printed) as pdf:
        sizes = {tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in pdf}
    if sizes != {(297, 210) if paper.across else (210, 297)}:
        yield f"printed on {sizes or 'no page'}"
    yield from (f"printed, {fault}" for fault in lost(own, words_on_pages(printed)))


def lost(wanted: Iterable[str], said: Iterable[str]) -> Iterator[str]:
    """Words that do not stand in one piece in what is said; how lines break does not count."""
    whole = "\n".join(map(letters, said))
    yield from (f"lost: {words}" for words in wanted if letters(words) not in whole)


def letters(words: str) -> str:
    """The letters and figures of words alone."""
    return "".join(each for each in words if each.isalnum())


def words_on_pages(path: Path) -> list[str]:
    """All that stands on the pages of a PDF in one piece; numbers of pages are not among it, where words run on."""
    with pypdfium2.PdfDocument(path) as pdf:
        lines = [line for page in pdf for line in page.get_textpage().get_text_bounded().splitlines()]
    return ["".join(line for line in lines if not NUMBER.fullmatch(line.strip()))]


def _converted(program: str, folder: Path, paths: list[Path], form: str) -> None:
    """Let LibreOffice open files and save each as another; what it could not save is missed afterwards."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--convert-to", form]
    command += ["--outdir", str(folder / form), *map(str, paths)]
    subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
