"""Filled Word forms that people and programs have changed: each field is right or reported, and no word is lost.

Every form of the shipped calls in turn is filled, changed in up to three ways, and saved: as it is, by LibreOffice as
.docx, or by LibreOffice as .odt and again as .docx. Without LibreOffice all are read as they are, and the figures say
so. A fault is an answer that differs from what was filled in and that no cell reports, or words that are nowhere.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.paper import paper_of
from keqiao.core.forms.specification import Specification
from keqiao.readers.forms.expected import expected_of, fold
from keqiao.readers.forms.filled import FormRead, State, read_filled
from keqiao.readers.forms.uploaded import pieces_of_upload
from keqiao.readers.legacy.converter import installed
from keqiao.readers.legacy.office import NAMES
from keqiao.writers.forms.word import write_word
from tests.readers.forms.changes import CHANGES, TYPED, changed
from tests.writers.forms.specifications import one_of_each_form

FULL, SMALL, PIECE = 120, 6, 60
FAULTS = ("swapped", "lost")
SAVED = ("as it is", "docx", "odt")
SHOWN = 10
_NOT_IN_WORD = frozenset({"file", "pledge", "computed", "heading"})


@dataclass
class Filled:
    """One filled form on its way: what was filled in, how it was changed and saved."""

    specification: Specification
    answers: Mapping[str, Any]
    path: Path
    saved: str
    changes: tuple[str, ...] = ()
    typed: tuple[str, ...] = field(default=())


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.word_forms")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="keqiao-forms-") as name:
        forms = list(filled(Path(name), asked.size, asked.seed))
        converted = save(Path(name), forms)
        faults, counted = judge(forms, asked.fault)
    for line in faults[:SHOWN]:
        print(f"word_forms: {line}")
    figures = " ".join(f"{name}={number}" for name, number in sorted(counted.items()))
    office = "saved by LibreOffice too" if converted else "LibreOffice is not installed: read as they are"
    print(
        f"word_forms: {len(faults) or 'no'} faults; files={len(forms)} {figures} ({office}) seed={asked.seed}"
    )
    return 1 if faults else 0


def filled(folder: Path, size: int, seed: int) -> Iterator[Filled]:
    """Write ``size`` filled and changed forms; the first round over all forms changes nothing but the program."""
    forms = one_of_each_form()
    for number in range(size):
        chance = random.Random(f"{seed}-{number}")
        specification, answers = forms[number % len(forms)]
        path = folder / f"form{number}.docx"
        write_word(paper_of(specification, answers), path)
        chosen = chance.sample(CHANGES, chance.choice((0, 1, 1, 2, 3)))
        document = docx.Document(str(path))
        changed(document, chance, chosen)
        document.save(str(path))
        typed = tuple(words for change in chosen for words in TYPED.get(change, ()))
        names = tuple(change.__name__ for change in chosen)
        yield Filled(specification, answers, path, SAVED[number % len(SAVED)], names, typed)


def save(folder: Path, forms: list[Filled]) -> bool:
    """Save by LibreOffice what is to be; false where it is not installed."""
    program = installed(NAMES)
    if program is None:
        return False
    for saved, steps in (("docx", ("docx",)), ("odt", ("odt", "docx"))):
        ours = [each for each in forms if each.saved == saved]
        for step in steps:
            _convert(program, folder, [each.path for each in ours], step)
            for each in ours:
                each.path = folder / step / f"{each.path.stem}.{step}"
    return True


def _convert(program: str, folder: Path, paths: list[Path], kind: str) -> None:
    if paths:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind)]
        subprocess.run([*command, *map(str, paths)], capture_output=True, timeout=300, check=True)


def judge(forms: list[Filled], fault: str | None = None) -> tuple[list[str], Counter[str]]:
    """Read the forms back and compare."""
    faults: list[str] = []
    counted: Counter[str] = Counter()
    for each in forms:
        found = read(each, fault)
        counted.update(cell.state.value for cell in found.cells)
        counted["left_over"] += len(found.left_over)
        counted["fields"] += len(each.answers)
        where = f"{each.path.name} {each.specification.form.id} {'+'.join(each.changes) or 'unchanged'} {each.saved}"
        faults += [f"{where}: {line}" for line in (*silently_wrong(each, found), *lost(each, found))]
    return faults, counted


def read(form: Filled, fault: str | None) -> FormRead:
    """Read one form, with the planted fault."""
    pieces = pieces_of_upload(form.path)
    expected = expected_of(paper_of(form.specification))
    if fault == "swapped":
        first, second = [each for each in expected.wanted if each.blank.row is None and not each.blank.part][
            :2
        ]
        marks = dict(expected.by_mark)
        marks[first.blank.mark], marks[second.blank.mark] = second, first
        marks[first.blank.tag], marks[second.blank.tag] = second, first
        labels = {first: replace(first, left="", above=""), second: replace(second, left="", above="")}
        expected = replace(expected, by_mark={key: labels.get(each, each) for key, each in marks.items()})
    found = read_filled(pieces, form.specification, expected, before=form.answers)
    return replace(found, left_over=(), cells=found.cells[::2]) if fault == "lost" else found


def silently_wrong(form: Filled, found: FormRead) -> Iterator[str]:
    """Fields whose answer is another than was filled in, without a word about it."""
    reported = {cell.at[0] for cell in found.cells if cell.state is not State.READ}
    for each in form.specification.fields:
        if each.kind in _NOT_IN_WORD or each.office_only or each.id in reported:
            continue
        was, now = _said(form.answers.get(each.id)), _said(found.answers.get(each.id))
        if was != now and not _is_less(was, now, form.changes):
            yield f"{each.id}: {str(was)[:120]} was read as {str(now)[:120]}"


def _said(value: Any) -> Any:
    """The answer as compared: an own target names none."""
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return [{key: cell for key, cell in row.items() if not is_empty(cell)} for row in value] or None
    return None if is_empty(value) else value


def _is_less(was: Any, now: Any, changes: tuple[str, ...]) -> bool:
    """Rows of a list that were deleted or moved by hand are rightly gone or elsewhere."""
    if not isinstance(was, list):
        return False
    rows = now or []
    if "delete_row" in changes and len(rows) == len(was) - 1 and all(row in was for row in rows):
        return True
    return "move_row" in changes and len(rows) == len(was) and all(row in was for row in rows)


def lost(form: Filled, found: FormRead) -> Iterator[str]:
    """Words of a change that were typed into the form and are neither in a cell nor among what is left over."""
    said = fold("".join([*(cell.text for cell in found.cells), *(left.text for left in found.left_over)]))
    yield from (f"lost: {words}" for words in form.typed if fold(words) not in said)
    if "delete_row" not in form.changes:
        texts = paper_of(form.specification, form.answers).cells()
        written = (line for cell in texts if cell.blank is not None for line in cell.words.split("\n"))
        yield from (f"lost: {line[:60]}" for line in written if fold(line) not in said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
