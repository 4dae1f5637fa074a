"""The ledger of a grant books what fits and refuses what does not, and its identities hold after every entry.

Random entries are tried on one grant after the other, in any order. An oracle that reads the bare list and shares no
code with the core says whether each fits; after each the sums are counted again and the identities asked that
``keqiao verify`` asks. Size counts entries.
"""

import argparse
import random
import sys
from collections import Counter

from tests.core.money.ledger import planted
from tests.core.money.ledger.any_order import faults_in

FULL, SMALL, PIECE = 100_000, 8_000, 50_000
FAULTS = (
    "paid-twice",
    "more-back-than-in-hand",
    "waived-money-stays-out",
    "vouchers-come-again",
    "lines-have-no-bound",
)
"""One of each kind; the tests plant all that there are (``tests/core/money/ledger/planted.py``)."""


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.ledger")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=planted.FAULTS)
    asked = parser.parse_args(argv)
    told: list[str] = []
    grants = differing = 0
    with planted.planted(planted.FAULTS.get(asked.fault or "")):
        while len(told) < asked.size and not (differing and asked.fault):
            found = list(faults_in(random.Random(f"{asked.seed}-{grants}"), told))
            grants += 1
            differing += bool(found)
            if found and differing == 1 and not asked.fault:
                print(f"ledger: grant {asked.seed}-{grants - 1}: {found[0]}", file=sys.stderr)
    counted = " ".join(f"{name}={number}" for name, number in sorted(Counter(told).items()))
    print(
        f"ledger: {'BROKEN' if differing else 'holds'}; entries={len(told)} grants={grants} {counted} "
        f"differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
