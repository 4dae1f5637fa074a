"""Conflicts found by index are those found by asking about every pair; see ``tests/core/conflicts``.

Each round is one random small world in which names, numbers and bodies meet often. Size counts worlds.
"""

import argparse
import random
import sys

from tests.core.conflicts.comparing import FAULTS as PLANTED
from tests.core.conflicts.comparing import faults_of, planted

FULL, SMALL, PIECE = 100_000, 2_000, 50_000
FAULTS = tuple(sorted(PLANTED))


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.conflicts")
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
                print(f"conflicts: world {asked.seed}-{number} differs: {found[0]}", file=sys.stderr)
    print(
        f"conflicts: {'BROKEN' if differing else 'holds'}; worlds={asked.size} differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
