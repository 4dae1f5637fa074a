"""The five programmes played: every stage does what it can do, twice the same, on both databases; mails are looked at.

A process for each database plays the programmes with odd signs planted in names and titles, counts what each stage did
and how the rules of each type answered, runs all checks of ``keqiao verify``, and sends every mail to a mail server of
its own: one recipient, the right sender, no header that was slipped in, no name or number that only others may read.
Counts that differ, another outcome of an application, a zero, a finding of verify or a faulty mail break it.
Size counts programmes with 40 units; then SQLite plays twice, in fresh databases, and all counts are printed. Below
five of them each has 12 units. A planted fault is looked for where a few units of the first programme apply, on SQLite;
whatever else is found there is no notice of it.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofs.submitting.databases import environments, on_sqlite, run

FULL, SMALL, PIECE = 5, 1, 5
NOTICED = {
    "second-recipient": "the server was told another recipient",
    "slipped-in-header": "a header too many or too few",
    "told-name": "it tells",
    "another-season": "another season",
}
"""Each planted fault, by the words for it."""
FAULTS = tuple(NOTICED)
Played = Mapping[str, Any]


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    parser = argparse.ArgumentParser(prog="proofs.season")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="keqiao-season-") as name:
        folder = Path(name)
        if asked.fault:
            plays = _plays({"sqlite": on_sqlite(folder)}, asked, folder)
        else:
            with environments(folder) as databases:
                plays = _plays(databases, asked, folder)
    if any(played is None for played in plays.values()):
        return 2
    known = {name: played for name, played in plays.items() if played is not None}
    if asked.fault is None:
        return _told(known, asked)
    return _noticed(known, NOTICED[asked.fault])


def _plays(
    databases: Mapping[str, dict[str, str]], asked: argparse.Namespace, folder: Path
) -> dict[str, Played | None]:
    plays = {"sqlite": _played(databases["sqlite"], asked, asked.fault)}
    if asked.fault == "another-season" or (asked.fault is None and asked.size >= FULL):
        plays["sqlite, again"] = _played(on_sqlite(folder, "again"), asked, asked.fault)
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


def _told(plays: Mapping[str, Played], asked: argparse.Namespace) -> int:
    """Print what was found; 1 where something is broken."""
    broken = 0
    for name, faults in _faults(plays).items():
        played = plays[name]
        for fault in faults[:20]:
            print(f"season: {name}: {fault}", file=sys.stderr)
        acts = sum(count for stages in played["counts"].values() for count in stages.values())
        figures = f"programmes={len(played['counts'])} acts={acts} mails={played['mails']}"
        seconds = f"seconds={played['seconds']:.0f}"
        print(f"season: {name} {figures} {seconds} faults={len(faults)} seed={asked.seed}", flush=True)
        broken += len(faults)
    if asked.size >= FULL:
        _print_counts(next(iter(plays.values())))
    return 1 if broken else 0


def _print_counts(played: Played) -> None:
    for slug, counts in played["counts"].items():
        for name, count in counts.items():
            print(f"season: {slug}: {name} {count}")


def _noticed(plays: Mapping[str, Played], words: str) -> int:
    """1 where the planted fault was noticed and nothing else; 2 where something else was found; 0: nothing."""
    found = [fault for faults in _faults(plays).values() for fault in faults]
    others = [fault for fault in found if words not in fault]
    for fault in (others or found)[:3]:
        print(f"season: {fault}", file=sys.stderr)
    return 2 if others else int(bool(found))


def _faults(plays: Mapping[str, Played]) -> dict[str, list[str]]:
    """What is wrong with each play, and where it is another one than the first."""
    first = next(iter(plays.values()))
    found = {name: list(played["faults"]) for name, played in plays.items()}
    for name, played in plays.items():
        if played["counts"] != first["counts"] or played["digests"] != first["digests"]:
            found[name].append(f"another season: {_differing(first['counts'], played['counts'])}")
    return found


def _differing(first: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """The counts that differ; where none does, applications came to another end."""
    named = [
        f"{slug} {name} {of.get(name)} / {other.get(slug, {}).get(name)}"
        for slug, of in first.items()
        for name in sorted({*of, *other.get(slug, {})})
        if of.get(name) != other.get(slug, {}).get(name)
    ]
    return "; ".join(named) or "the same counts, other applications"
