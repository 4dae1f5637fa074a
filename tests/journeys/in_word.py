"""A Word form as an applicant fills it in: words into its blanks, rows added, a label retyped, saved by LibreOffice."""

import copy
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from keqiao.core.forms.paper import Blank, paper_of
from keqiao.core.forms.specification import Specification
from keqiao.readers.legacy.converter import installed
from keqiao.readers.legacy.office import NAMES

OFFICE = installed(NAMES)
"""LibreOffice, where it is installed; ``make test`` installs it if it may."""

TICK = "☑"
SECONDS = 120


class WordForm:
    """A Word form that lies open. Blanks are found by the tags of their content controls."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self.document = docx.Document(str(path))
        self.controls = dict(self._tagged(self.document.element.body))

    @staticmethod
    def _tagged(element: Any) -> Iterator[tuple[str, Any]]:
        for control in element.iter(qn("w:sdt")):
            yield control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")), control

    def fill(self, specification: Specification, answers: Mapping[str, Any]) -> None:
        """Type the answers, as they are written on paper; boxes are ticked, and lists get the rows they need."""
        before = {cell.blank: cell.words for cell in paper_of(specification).cells() if cell.blank}
        for cell in paper_of(specification, answers).cells():
            if cell.blank and cell.words and cell.words != before.get(cell.blank):
                self.type_into(cell.blank, cell.words.replace("■", TICK))

    def type_into(self, blank: Blank, words: str) -> None:
        """Have one blank say these words, whatever it said before."""
        if blank.tag not in self.controls:
            self._add_row(blank)
        control = self.controls[blank.tag]
        shown = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
        if shown is not None:
            shown.getparent().remove(shown)
        first, *more = control.find(qn("w:sdtContent")).iter(qn("w:r"))
        for run in more:
            run.getparent().remove(run)
        for piece in first.findall(qn("w:t")) + first.findall(qn("w:br")):
            first.remove(piece)
        for number, line in enumerate(words.split("\n")):
            if number:
                first.append(OxmlElement("w:br"))
            text = OxmlElement("w:t")
            text.text = line
            first.append(text)

    def _add_row(self, blank: Blank) -> None:
        """Copy the row above, as Word does it: the controls come along, the bookmarks stay where they are."""
        above = Blank(blank.field, blank.part, (blank.row or 0) - 1)
        row = self._around(self.controls[above.tag], "w:tr")
        new = copy.deepcopy(row)
        for mark in [*new.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        row.addnext(new)
        for tag, control in self._tagged(new):
            field, part = tag.split(".")[:2]
            self.controls[Blank(field, part, blank.row).tag] = control

    def retype_label(self, blank: Blank, words: str) -> None:
        """Write the label at the left of a blank anew."""
        cell = self._around(self.controls[blank.tag], "w:tc")
        first, *more = cell.getprevious().iter(qn("w:t"))
        first.text = words
        for text in more:
            text.text = ""

    @staticmethod
    def _around(element: Any, tag: str) -> Any:
        return next(each for each in element.iterancestors() if each.tag == qn(tag))

    def add_line(self, words: str) -> None:
        """Write a paragraph below the form."""
        self.document.add_paragraph(words)

    def save(self, path: Path) -> Path:
        """Save it as it is."""
        self.document.save(str(path))
        return path


def saved_by_office(path: Path, folder: Path, *kinds: str) -> Path:
    """Open the file in LibreOffice and save it as each of ``kinds`` in turn; the last file comes back."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for number, kind in enumerate(kinds):
        out = folder / f"saved{number}"
        command = [OFFICE, profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out)]
        subprocess.run([*command, str(path)], capture_output=True, timeout=SECONDS, check=True)
        path = out / f"{path.stem}.{kind}"
    return path
