"""The rule engine says what a naive reading says; limits and bundles are what trying everything finds.

Each round is one random tree with one random case (truth and reasons; unknown facts among them), one random check of
a form, one small world of limits and one of bundles, every marking tried. Size counts rounds.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator

from tests.core.rules import planted
from tests.core.rules.brute_force import bundle_faults, bundle_world, quota_faults, quota_world
from tests.core.rules.properties import faults, tried
from tests.core.rules.random_cases import case
from tests.core.rules.random_forms import form_faults
from tests.core.rules.random_trees import random_tree

FULL, SMALL, PIECE = 60_000, 2_000, 20_000
PLANTED = {**planted.ENGINE, **planted.SUMS, **planted.QUOTAS, **planted.BUNDLES}
FAULTS = (
    "at-least-is-above",
    "facts-outside-are-not-told",
    "an-empty-number-is-unknown",
    "kinds-have-limits-of-their-own",
    "all-are-absorbed",
)
"""One of each kind; the tests plant all that there are (``tests/core/rules/planted.py``)."""


def faults_of(chance: random.Random, truths: Counter[str]) -> Iterator[str]:
    """What differs in one round; counts how the trees came out."""
    one = tried(random_tree(chance), case(chance))
    truths[{True: "true", False: "false"}.get(one.outcome.truth, "unknown")] += 1
    yield from faults(one, chance)
    yield from (f"form, {fault}" for fault in form_faults(chance))
    yield from (f"quota, {fault}" for fault in quota_faults(quota_world(chance)))
    yield from (f"bundle, {fault}" for fault in bundle_faults(bundle_world(chance)))


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.rules")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=PLANTED)
    asked = parser.parse_args(argv)
    truths: Counter[str] = Counter()
    differing = 0
    with planted.planted(PLANTED.get(asked.fault)):
        for number in range(asked.size):
            found = list(faults_of(random.Random(f"{asked.seed}-{number}"), truths))
            differing += bool(found)
            if found and asked.fault:
                break  # it was noticed
            if found and differing == 1:
                print(f"rules: round {asked.seed}-{number} differs: {', '.join(found)}", file=sys.stderr)
    told = " ".join(f"{name}={truths[name]}" for name in ("true", "false", "unknown"))
    print(
        f"rules: {'BROKEN' if differing else 'holds'}; rounds={asked.size} {told} differing={differing} "
        f"seed={asked.seed}"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
