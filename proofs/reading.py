"""How well call documents are read: F1 of each document from each format, and with the words of the others only.

The table goes into ``docs/quality.md``. The planted fault reads with the words of no document at all.
"""

import argparse
import sys
from itertools import islice

from keqiao.core.guides.vocabulary import Vocabulary
from keqiao.readers.vocabulary import guide_vocabulary
from tests.readings.documents import Document, documents, export_of
from tests.readings.leave_one_out import compare, restricted
from tests.readings.scoring import score

FULL = SMALL = 19
FAULTS = ("no-words",)
FORMAT_MIN, WITHOUT_MIN, MEAN_MIN = 0.85, 0.75, 0.90


def main(argv: list[str]) -> int:
    """Prove; print the table and one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.reading")
    parser.add_argument("--size", type=int, required=True, help="documents")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    known = guide_vocabulary()
    if asked.fault:
        known = restricted(known, [])
    found = list(islice(documents(), asked.size))
    if not found:
        print("reading: no documents", file=sys.stderr)
        return 2
    formats = {document.name: by_format(document, known) for document in found}
    comparisons = list(compare(found, known))
    print("| document | facts | F1 by format | F1 with the others' words only |\n|---|---|---|---|")
    for row in comparisons:
        shown = ", ".join(f"{ending} {f1:.3f}" for ending, (f1, _) in formats[row.name].items())
        facts = next(iter(formats[row.name].values()))[1]
        print(f"| {row.name} | {facts} | {shown} | {row.without:.3f} |")
    worst = min(f1 for by in formats.values() for f1, _ in by.values())
    least = min(row.without for row in comparisons)
    mean = sum(row.without for row in comparisons) / len(comparisons)
    holds = worst >= FORMAT_MIN and least >= WITHOUT_MIN and mean >= MEAN_MIN
    print(
        f"reading: {'holds' if holds else 'BROKEN'}; documents={len(found)} lowest={worst:.3f} "
        f"without own words: lowest={least:.3f} mean={mean:.3f} seed={asked.seed}"
    )
    return 0 if holds else 1


def by_format(document: Document, known: Vocabulary) -> dict[str, tuple[float, int]]:
    """F1 and number of expected facts for each file of a document."""
    scores = {file.suffix: score(document.expected(), export_of(file, known)) for file in document.files}
    return {ending: (found.f1, found.expected) for ending, found in scores.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
