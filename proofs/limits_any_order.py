"""No order of coming, going and coming again passes a limit: the real acts against a model of a list (security D3).

Size counts acts, at least. It is about counting, not racing (``limits_race``): one process, SQLite, each example rolled
back. A run in which one of the limits never refused has shown nothing and could not be run.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from proofs.submitting.databases import ROOT, run

FULL, SMALL, PIECE = 100_000, 250, 5_000
FAULTS = ("no-host", "no-person", "revived-uncounted")


def main(argv: list[str]) -> int:
    """Prove; print one line of figures."""
    parser = argparse.ArgumentParser(prog="proofs.limits_any_order")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="keqiao-order-") as name:
        fault = [asked.fault] if asked.fault else []
        environment = _environment(Path(name))
        done = run("proofs.submitting.any_order", environment, str(asked.size), str(asked.seed), *fault)
    if done.returncode not in (0, 1) or "faults=" not in done.stdout:  # Python ends with 1 where it broke off
        sys.stderr.write(done.stderr[-4000:])
        return 2
    for line in done.stdout.splitlines():
        print(f"limits_any_order: {line} seed={asked.seed}", flush=True)
    return done.returncode


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "keqiao.web.config.settings",
        "KEQIAO_DATA": str(folder / "data"),
        "KEQIAO_LOG_LEVEL": "CRITICAL",
        "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT),
    }
