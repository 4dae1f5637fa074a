"""No acknowledged row is lost on SQLite: not by the WAL-reset bug, a power cut, a kill, or a fork.

Size counts seconds of hammering; three power cuts belong to each second and one round of kills to four.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

from keqiao.web.config.database.base import required_settings
from keqiao.web.config.database.versions import has_wal_reset_bug
from proofs.durability import hammer, kills, ledger, power_cut
from proofs.durability.serving import serve_and_look
from scripts import debian
from scripts.workshop import Stopped

FULL, SMALL, PIECE = 600, 20, 200
FAULTS = ("no-lock", "synchronous-normal")
ALIASES = ("default", hammer.ALIAS, kills.ALIAS)
CUTS_PER_UNIT, UNITS_PER_KILL_ROUND = 3, 4

Outcome = tuple[list[str], dict[str, Any]]

VERSION_TABLE = {
    (3, 6, 23): False,
    (3, 7, 0): True,
    (3, 40, 1): True,
    (3, 44, 5): True,
    (3, 44, 6): False,
    (3, 45, 0): True,
    (3, 50, 6): True,
    (3, 50, 7): False,
    (3, 51, 2): True,
    (3, 51, 3): False,
    (3, 52, 0): False,
}


def settings_hold() -> Outcome:
    """The version gate as the table has it, and every PRAGMA read back on a shipped connection."""
    faults = [f"gate {v}" for v, affected in VERSION_TABLE.items() if has_wal_reset_bug(v) is not affected]
    connections["default"].ensure_connection()
    connection = connections["default"].connection
    found = {}
    for name, value in required_settings(connection).items():
        found[name] = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found[name] != value:
            faults.append(f"{name} is {found[name]}, not {value}")
    locked = connection.lock is not None
    if locked is not has_wal_reset_bug(sqlite3.sqlite_version_info):
        faults.append(f"the lock is {'on' if locked else 'off'}")
    mode = connections["default"].transaction_mode
    connections["default"].close()
    return faults, {"sqlite": sqlite3.sqlite_version, "lock": locked, "transactions": mode, **found}


def parts(folder: Path, size: int, seed: int, fault: str | None) -> dict[str, Callable[[], Outcome]]:
    """Return the parts of the proof by name; with a planted fault, the part that must notice it."""
    cuts, rounds = size * CUTS_PER_UNIT, max(size // UNITS_PER_KILL_ROUND, 1)
    synchronous = power_cut.NORMAL if fault == "synchronous-normal" else power_cut.FULL
    everything: dict[str, Callable[[], Outcome]] = {
        "settings": settings_hold,
        "kills": lambda: kills.kill(folder / kills.ALIAS, rounds, seed),
        "hammer": lambda: hammer.hammer(folder / hammer.ALIAS, size, seed, lock_works=fault != "no-lock"),
        "power cuts": lambda: power_cut.cut_power(folder / "power", cuts, seed, synchronous=synchronous),
        "four web workers": lambda: serve_and_look(folder),
    }
    wanted = {"no-lock": ["hammer"], "synchronous-normal": ["power cuts"]}.get(fault or "", everything)
    return {name: everything[name] for name in wanted}


def main(argv: list[str]) -> int:
    """Prove; print one line of figures per part."""
    parser = argparse.ArgumentParser(prog="proofs.wal")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--fault", choices=FAULTS)
    asked = parser.parse_args(argv)
    if not shutil.which("strace"):
        try:
            debian.install("strace", "strace")
        except Stopped as stopped:
            print(f"wal: {stopped}", file=sys.stderr)
            return 2
    with tempfile.TemporaryDirectory(prefix="keqiao-wal-") as name:
        folder = Path(name)
        for each in (*ALIASES, "power"):
            (folder / each).mkdir()
        ledger.configure({alias: folder / alias / f"{alias}.sqlite3" for alias in ALIASES})
        return run(parts(folder, asked.size, asked.seed, asked.fault), asked.seed)


def run(chosen: dict[str, Callable[[], Outcome]], seed: int) -> int:
    """Run the parts and print what each found; 1 if any found a fault."""
    broken = 0
    for name, part in chosen.items():
        faults, figures = part()
        broken += bool(faults)
        told = " ".join(f"{key}={value}" for key, value in figures.items())
        print(f"wal: {name}: {'; '.join(faults) or 'holds'}; {told} seed={seed}", flush=True)
    return 1 if broken else 0
