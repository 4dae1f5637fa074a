"""The money line is the best that the call allows: every set of applications is tried.

Random small cases (trees of places and sums, ranges within envelopes, scores and ranks with ties, preferences,
requests, limits on undertaking, scopes in parts, bars) are proposed and compared with an oracle that tries every set
and shares no code with the core: who is in, who is open because of a tie, whether amounts are exact, whole and fair.
Size counts cases.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from keqiao.core.allocation import Reason, propose, selecting
from tests.core.allocation import planted
from tests.core.allocation.brute_force import faults
from tests.core.allocation.random_cases import random_case

FULL, SMALL, PIECE = 20_000, 300, 5_000
FAULTS = ("one-place-too-many", "the-least-does-not-count", "equals-are-drawn", "shares-are-equal")
"""One of each kind; the tests plant all that there are (``tests/core/allocation/planted.py``)."""


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.allocation")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=planted.FAULTS)
    asked = parser.parse_args(argv)
    seen: Counter[str] = Counter()
    differing = 0
    with planted.planted(planted.FAULTS.get(asked.fault or "")), counted_solving(seen):
        for number in range(asked.size):
            found = round_of(f"{asked.seed}-{number}", seen)
            differing += bool(found)
            if found and asked.fault:
                break  # it was noticed
            if found and differing == 1:
                print(f"allocation: case {asked.seed}-{number}: {', '.join(found)}", file=sys.stderr)
    reasons = " ".join(f"{reason}={seen[reason]}" for reason in Reason if seen[reason])
    print(
        f"allocation: {'BROKEN' if differing else 'holds'}; cases={asked.size} solved_together={seen['solved']} "
        f"{reasons} differing={differing} seed={asked.seed}"
    )
    return 1 if differing else 0


def round_of(seed: str, seen: Counter[str]) -> list[str]:
    """What is wrong in one case; counts the reasons that were given."""
    case = random_case(random.Random(seed))
    proposal = propose(case)
    seen.update(str(each.reason) for each in proposal.verdicts.values())
    return list(faults(case, proposal))


@contextmanager
def counted_solving(seen: Counter[str]) -> Iterator[None]:
    """While it lasts, count how often choices had to be solved together."""
    right = selecting.solved

    def counted(*about: Any) -> Any:
        seen["solved"] += 1
        return right(*about)

    selecting.solved = counted
    try:
        yield
    finally:
        selecting.solved = right


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
