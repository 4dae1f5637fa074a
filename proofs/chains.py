"""No order of endorsing leaves the tables or passes a quota: the real acts against a model of lists, on both databases.

Size counts acts on each database, at least. A run in which an act never went has shown nothing of it and could not be
run.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from proofs.submitting.databases import environments, run

FULL, SMALL, PIECE = 20_000, 300, 2_500
FAULTS = ("no-quota", "late-recall", "never-void")


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    parser = argparse.ArgumentParser(prog="proofs.chains")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    worst = 0
    with tempfile.TemporaryDirectory(prefix="keqiao-chains-") as name, environments(Path(name)) as databases:
        for engine, environment in databases.items():
            worst = max(worst, _prove(engine, {**environment, "KEQIAO_LOG_LEVEL": "CRITICAL"}, asked))
    return worst


def _prove(engine: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    fault = [asked.fault] if asked.fault else []
    done = run("proofs.endorsing.any_order", environment, str(asked.size), str(asked.seed), *fault)
    if done.returncode not in (0, 1) or "faults=" not in done.stdout:  # Python ends with 1 where it broke off
        sys.stderr.write(done.stderr[-4000:])
        return 2
    for line in done.stdout.splitlines():
        print(f"chains: {engine} {line} seed={asked.seed}", flush=True)
    return done.returncode
