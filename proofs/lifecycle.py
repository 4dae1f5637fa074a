"""No order of acts in a whole life leaves the declared tables, from the call to the credit record, on both databases.

The real acts of all rooms, by right, by the wrong people and out of turn, against a model that shares no code with
them (``tests/web/whole_life``). Size counts acts on each database, at least. A full run in which an act never went has
shown nothing of it and could not be run. The planted faults are played by one process, on SQLite: each must be noticed
for its own reason.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from proofs.submitting.databases import environments, run

FULL, SMALL, PIECE = 20_000, 160, 2_500
FAULTS = ("silent,unbooked,out-of-turn,anybody",)
"""Together: they share one database, whose making takes longer than all of them."""


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    parser = argparse.ArgumentParser(prog="proofs.lifecycle")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", help="one of those that are planted, or several with commas between")
    asked = parser.parse_args(argv)
    faults = asked.fault.split(",") if asked.fault else []
    worst = 0
    with tempfile.TemporaryDirectory(prefix="keqiao-lives-") as name, environments(Path(name)) as databases:
        for engine, environment in databases.items():
            if engine == "sqlite" or not faults:
                quiet = {**environment, "KEQIAO_LOG_LEVEL": "CRITICAL"}
                worst = max(worst, _prove(engine, quiet, (asked.size, asked.seed, *faults)))
    return worst


def _prove(engine: str, environment: dict[str, str], asked: tuple[int | str, ...]) -> int:
    done = run("proofs.living.any_order", environment, *map(str, asked))
    if done.returncode not in (0, 1) or "faults=" not in done.stdout:  # Python ends with 1 where it broke off
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        return 2
    for line in done.stdout.splitlines():
        print(f"lifecycle: {engine} {line} seed={asked[1]}", flush=True)
    return done.returncode
