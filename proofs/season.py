"""The five programmes played: every stage does what it can do, twice the same, on both databases; mails are looked at.

A process for each database plays the programmes with odd signs planted in names and titles, counts what each stage did,
runs all checks of ``keqiao verify``, and sends every mail to a mail server of its own: one recipient, the right sender,
no header that was slipped in, no name or number that only others may read. SQLite plays twice, in fresh databases.
Counts that differ, a zero, a finding of verify or a faulty mail break it. Size counts programmes with 40 units; below
five of them, each has 12 units.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofs.submitting.databases import environments, run

FULL, SMALL, PIECE = 5, 1, 5
FAULTS = ("second-recipient", "slipped-in-header", "told-name", "another-season")
Played = Mapping[str, Any]


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    parser = argparse.ArgumentParser(prog="proofs.season")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="keqiao-season-") as name, environments(Path(name)) as databases:
        plays = _plays(databases, asked, Path(name))
    if any(played is None for played in plays.values()):
        return 2
    return _told({name: played for name, played in plays.items() if played is not None}, asked.seed)


def _plays(
    databases: Mapping[str, dict[str, str]], asked: argparse.Namespace, folder: Path
) -> dict[str, Played | None]:
    again = {**databases["sqlite"], "KEQIAO_DATA": str(folder / "again")}
    plays = {"sqlite": _played(databases["sqlite"], asked, asked.fault)}
    if asked.fault in (None, "another-season"):
        plays["sqlite, again"] = _played(again, asked, asked.fault)
    if asked.fault is None:
        plays["postgres"] = _played(databases["postgres"], asked, None)
    return plays


def _played(environment: Mapping[str, str], asked: argparse.Namespace, fault: str | None) -> Played | None:
    another = fault == "another-season" and environment["KEQIAO_DATA"].endswith("again")
    seed = asked.seed + 1 if another else asked.seed
    said = {**environment, "KEQIAO_LOG_LEVEL": "CRITICAL", "KEQIAO_DEMONSTRATION": "1"}
    done = run("proofs.seasons.played", said, str(asked.size), str(seed), fault or "")
    if done.returncode:
        sys.stderr.write(done.stderr[-4000:])
        return None
    answer: Played = json.loads(done.stdout.splitlines()[-1])
    return answer


def _told(plays: Mapping[str, Played], seed: int) -> int:
    """Print what was found; 1 where something is broken."""
    first = next(iter(plays.values()))
    broken = 0
    for name, played in plays.items():
        faults = list(played["faults"])
        if played["counts"] != first["counts"]:
            faults.append(f"other counts: {_differing(first['counts'], played['counts'])}")
        for fault in faults[:10]:
            print(f"season: {name}: {fault}", file=sys.stderr)
        acts = sum(count for stages in played["counts"].values() for count in stages.values())
        figures = f"programmes={len(played['counts'])} acts={acts} mails={played['mails']}"
        seconds = f"seconds={played['seconds']:.0f}"
        print(f"season: {name} {figures} {seconds} faults={len(faults)} seed={seed}", flush=True)
        broken += len(faults)
    return 1 if broken else 0


def _differing(first: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{slug} {first[slug]} / {other.get(slug)}" for slug in first if first[slug] != other.get(slug)
    )
