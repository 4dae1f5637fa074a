"""Sheets are checked, totals joined and applications ordered as a naive reckoning does it; see ``tests/core/scoring``.

Each round is one random scorecard with three spoilt sheets, and up to five applications with sheets, preferences and
votes. Size counts rounds.
"""

import argparse
import random
import sys

from tests.core.scoring.comparing import FAULTS as PLANTED
from tests.core.scoring.comparing import faults_of, planted

FULL, SMALL, PIECE = 40_000, 1_000, 20_000
FAULTS = tuple(sorted(PLANTED))


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.scores")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    differing = 0
    with planted(asked.fault):
        for number in range(asked.size):
            found = list(faults_of(random.Random(f"{asked.seed}-{number}")))
            differing += bool(found)
            if found and asked.fault:
                break  # it was noticed
            if found and differing == 1:
                print(f"scores: round {asked.seed}-{number} differs: {', '.join(found)}", file=sys.stderr)
    print(
        f"scores: {'BROKEN' if differing else 'holds'}; rounds={asked.size} differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
