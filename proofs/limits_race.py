"""A hundred clients at once on a limit: exactly the limit gets in, on both databases, also where each form comes five
times.

Size counts rounds on each database; rounds go in turn through limits of 1 and 7, each form sent once and five-fold.
"""

import argparse
import sys

from proofs.submitting.databases import run
from proofs.submitting.on_each import prove_on_each

FULL, SMALL, PIECE = 200, 8, 40
FAULTS = ("no-guard",)
SEES = {"no-guard": ("postgres",)}
"""Which database notices a planted fault: SQLite lets one writer in at a time, guards or not."""


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    return prove_on_each("limits_race", argv, SEES, _race)


def _race(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    fault = [asked.fault] if asked.fault else []
    done = run("proofs.submitting.racing", environment, str(asked.size), str(asked.seed), *fault)
    if done.returncode not in (0, 1):
        sys.stderr.write(done.stderr[-4000:])
        return 2
    for line in done.stdout.splitlines():
        print(f"limits_race: {database}: {line} seed={asked.seed}", flush=True)
    return done.returncode
