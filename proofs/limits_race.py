"""A hundred clients at once on a limit: exactly the limit gets in, on both databases, also where each form comes five
times.

Size counts rounds on each database; rounds go in turn through limits of 1 and 7, each form sent once and five-fold.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from proofs.submitting.databases import environments, run
from scripts.workshop import Stopped

FULL, SMALL, PIECE = 200, 8, 40
FAULTS = ("no-guard",)
SEES = {"no-guard": ("postgres",)}
"""Which database notices a planted fault: SQLite lets one writer in at a time, guards or not."""


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    parser = argparse.ArgumentParser(prog="proofs.limits_race")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    try:
        with tempfile.TemporaryDirectory(prefix="keqiao-race-") as name, environments(Path(name)) as known:
            wanted = SEES[asked.fault] if asked.fault else tuple(known)
            return max(_race(database, known[database], asked) for database in wanted)
    except Stopped as stopped:
        print(f"limits_race: {stopped}", file=sys.stderr)
        return 2


def _race(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    fault = [asked.fault] if asked.fault else []
    done = run("proofs.submitting.racing", environment, str(asked.size), str(asked.seed), *fault)
    if done.returncode not in (0, 1):
        sys.stderr.write(done.stderr[-4000:])
        return 2
    for line in done.stdout.splitlines():
        print(f"limits_race: {database}: {line} seed={asked.seed}", flush=True)
    return done.returncode
