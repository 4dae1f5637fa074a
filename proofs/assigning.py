"""Proposals fill and spread as well as any assignment could, and never cross a conflict; see ``tests/core/assignment``.

Each round is one random case of up to four experts and four applications, every assignment tried. Size counts rounds.
"""

import argparse
import random
import sys

from tests.core.assignment.comparing import FAULTS as PLANTED
from tests.core.assignment.comparing import faults_of, planted

FULL, SMALL, PIECE = 20_000, 500, 5_000
FAULTS = tuple(sorted(PLANTED))


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.assigning")
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
                print(f"assigning: round {asked.seed}-{number} differs: {', '.join(found)}", file=sys.stderr)
    print(
        f"assigning: {'BROKEN' if differing else 'holds'}; rounds={asked.size} differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
