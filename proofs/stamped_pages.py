"""Photos and scans of stamped pages find their page, and none another; and red of a seal is seen where one was pressed.

Pages are printed by the product; seals, red that is no seal, cameras and scanners are invented here, without any code
of the reader. Size counts pages. Holds: at least 98 of 100 matched, none wrongly, the seals of at least 98 of 100
boxes told rightly: seen, not seen; unclear is right of black-and-white copies alone.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keqiao.readers.stamped import Appearance, PageSeen, ink, look_at_upload, looking
from proofs.stamping.pages import Printed, printed
from proofs.stamping.photos import copied, photographed, scanned
from proofs.stamping.seals import scribbled, stamped

FULL, SMALL, PIECE = 100, 6, 100
FAULTS = ("paper-taken-for-white", "check-forgotten")
MOST_WRONG = 0.02
IN_A_CHILD = 10  # each tenth page is read as uploads are, behind the gate, in a process with limits


@dataclass(frozen=True)
class Case:
    """A page as it came back: the picture, and in which boxes there is a seal."""

    page: Printed
    sealed: frozenset[int]
    picture: bytes
    is_grey: bool = False


def case_of(chance: random.Random, *, is_scribbled: bool) -> Case:
    """One invented page: most seals pressed, some missing, some red on it that is none; a photo or a scan of it."""
    page = printed(chance)
    picture, sealed = page.picture, set()
    for box, x, y in page.wanted:
        if chance.random() < 0.7:
            picture = stamped(picture, (x, y), chance)
            sealed.add(box)
    if is_scribbled:
        picture = scribbled(picture, chance)
    if chance.random() < 0.04:
        return Case(page, frozenset(sealed), copied(picture, chance), is_grey=True)
    take = photographed if chance.random() < 0.75 else scanned
    return Case(page, frozenset(sealed), take(picture, chance))


def judge(case: Case, pages: tuple[PageSeen, ...]) -> Counter[str]:
    """What came of one page: matched, wrong or not; of its boxes how many were told rightly, wrongly, or not."""
    codes = {(page.code.page, page.code.fingerprint) for page in pages if page.code}
    truth = (case.page.page, case.page.fingerprint[:10])
    told: Counter[str] = Counter(pages=1, boxes=case.page.boxes)
    told["wrong"] += bool(codes - {truth})
    told["matched"] += codes == {truth}
    if codes != {truth}:
        return told
    (seen,) = (page.seals[case.page.boxes] for page in pages if page.code)
    for box, appearance in enumerate(seen):
        right = Appearance.YES if box in case.sealed else Appearance.NO
        if case.is_grey:
            right = Appearance.UNCLEAR
        told["right"] += appearance is right
        told["unclear"] += appearance is Appearance.UNCLEAR
    return told


def plant(fault: str | None) -> None:
    """Break the reader as somebody could."""
    if fault == "paper-taken-for-white":
        ink._paper = lambda cells: np.full_like(cells, 255)
    if fault == "check-forgotten":
        found_before = looking.codes_in
        looking.codes_in = lambda picture: _as_of_another(found_before(picture))  # type: ignore[assignment]


def _as_of_another(found: list[looking.Found]) -> list[looking.Found]:
    """Codes read with one bit of the page's id turned."""
    for each in found:
        other = type(each.code.page)(int=each.code.page.int ^ 1)
        object.__setattr__(each, "code", type(each.code)(other, each.code.fingerprint, each.code.corner))
    return found


def read(case: Case, number: int, folder: Path) -> tuple[PageSeen, ...]:
    """What the product sees in the picture."""
    file = folder / "page.jpg"
    file.write_bytes(case.picture)
    if number % IN_A_CHILD == IN_A_CHILD - 1:
        return look_at_upload(file).pages
    return tuple(looking.pages_in(file, "picture"))


def is_enough(right: int, all_of_them: int) -> bool:
    """Are at least 98 of 100 right? In a small run one may be wrong."""
    return all_of_them - right <= max(1, all_of_them * MOST_WRONG)


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.stamped_pages")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    parser.add_argument("--keep", type=Path, help="folder for the pictures that were not told rightly")
    asked = parser.parse_args(argv)
    plant(asked.fault)
    chance, told = random.Random(asked.seed), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="keqiao-stamped-") as folder:
        for number in range(asked.size):
            case = case_of(random.Random(chance.getrandbits(64)), is_scribbled=number % 2 == 0)
            answer = judge(case, read(case, number, Path(folder)))
            told += answer
            if asked.keep and (not answer["matched"] or answer["right"] < answer["boxes"]):
                (asked.keep / f"{number}-{sorted(case.sealed)}-of-{case.page.boxes}.jpg").write_bytes(
                    case.picture
                )
    holds = is_enough(told["matched"], told["pages"]) and is_enough(told["right"], told["boxes"])
    holds = holds and not told["wrong"]
    print(
        f"stamped_pages: {'holds' if holds else 'BROKEN'}; pages={told['pages']} matched={told['matched']} "
        f"matched_wrongly={told['wrong']} boxes={told['boxes']} seals_right={told['right']} "
        f"unclear={told['unclear']} seed={asked.seed}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
