"""The papers that the rooms hand out, notice to performance table: figures measured, opened by LibreOffice.

The five calls are played with drawn units as far as the closing of projects (``papers.made``), and every paper is
fetched from the address at which its room hands it out: public notices, statements, answers to objections, awards,
letters to those who were chosen and to those who were not, agreements, changes and their answers, tables of
recommendations, settlement and performance. Official papers are measured against GB/T 9704-2012, in the XML of Word
and on the pages of PDF (``tests.writers.letters.figures``); tables across the page as offices file them
(``papers.across``). Each Word file and workbook is a whole package, and LibreOffice opens it, saves it anew with the
same words in the same places, and prints all of them. ``proofs.letters`` takes random papers straight from the writer;
here every word has come through the rooms. Size counts papers that LibreOffice opens.
"""

import argparse
import math
import sys
import tempfile
from collections import Counter
from pathlib import Path

from keqiao.readers.legacy.converter import installed
from keqiao.readers.legacy.office import NAMES
from proofs.papers.judging import Kept, judged, kept_in, opens
from proofs.papers.planted import PLANTED, damage
from proofs.submitting.databases import on_sqlite, run_whole

FULL, SMALL, PIECE = 100, 5, 100
FAULTS = tuple(PLANTED)
"""More are planted by ``tests/writers/letters/test_figures.py``, which needs no rooms."""
OF_ONE_CALL = 20
"""Papers at the least that LibreOffice opens of one call."""
OF_A_KIND = 1
"""Papers of each kind at small size; at full size all there are."""
SHOWN = 12


def main(argv: list[str]) -> int:
    """Prove; print two lines of figures."""
    parser = argparse.ArgumentParser(prog="proofs.papers_of_rooms")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    program = installed(NAMES)
    with tempfile.TemporaryDirectory(prefix="keqiao-papers-") as name:
        folder = Path(name)
        calls = min(5, math.ceil(asked.size / OF_ONE_CALL))
        most = 0 if asked.size >= FULL else OF_A_KIND
        run_whole("proofs.papers.made", on_sqlite(folder), name, str(calls), str(most), str(asked.seed))
        papers = kept_in(folder)
        if asked.fault:
            damage(papers, asked.fault)
        found = list(judged(papers, folder, program))
    for line in found[:SHOWN]:
        print(f"papers_of_rooms: {line}", file=sys.stderr)
    return told(papers, found, program, asked)


def told(papers: list[Kept], found: list[str], program: str | None, asked: argparse.Namespace) -> int:
    """Print the figures; 1 where something is broken, or there are fewer papers than were asked for."""
    forms = Counter(each.form for each in papers)
    kinds = sorted(Counter(each.kind for each in papers).items())
    calls = len({each.call for each in papers})
    opened = {form: forms[form] for form in opens(program)}
    few = sum(opened.values() or forms.values()) < asked.size
    office = f"{sum(opened.values())} opened by LibreOffice" if opened else "LibreOffice is not installed"
    if "xlsx" not in opened:
        office += ", no workbook: Calc is not installed"
    print(f"papers_of_rooms: {' '.join(f'{kind}={count}' for kind, count in kinds)}")
    print(
        f"papers_of_rooms: {'BROKEN' if found or few else 'holds'}; calls={calls} word={forms['docx']} "
        f"workbooks={forms['xlsx']} pdf={forms['pdf']} faults={len(found)} ({office}) seed={asked.seed}"
    )
    return 1 if found or few else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
