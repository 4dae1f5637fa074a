"""A power cut without hardware: every write and sync of the writer is recorded, then played until a cut.

At a cut the disk holds what was synced before it (the worst case), or that and a random part of what was
not, torn at sectors. Acknowledged entries must be there in both.
"""

import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from proofs.durability import ledger

DATABASE = "power.sqlite3"
FULL, NORMAL = 2, 1
SECTOR_BYTES = 512
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate,unlink"
LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
HANDLE = re.compile(r"\d+<([^>]*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Event:
    """One call that changes the disk: ``act`` on the file ``name``; or an acknowledgement of entry ``at``."""

    act: str
    name: str
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """What is surely on the disk, and what waits to be synced, per file."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    waiting: dict[str, list[Event]] = field(default_factory=dict)

    def play(self, event: Event) -> None:
        """Carry out one event."""
        if event.act == "unlink":
            self.synced.pop(event.name, None)
            self.waiting.pop(event.name, None)
        elif event.act == "sync":
            content = self.synced.setdefault(event.name, bytearray())
            for each in self.waiting.pop(event.name, []):
                put(content, each)
        else:
            self.waiting.setdefault(event.name, []).append(event)

    def after_cut(self, chance: random.Random | None) -> dict[str, bytearray]:
        """Return the files as a cut leaves them: the worst case, or with a random part of what waited."""
        files = {name: bytearray(content) for name, content in self.synced.items()}
        if chance is None:
            return files
        for name, events in self.waiting.items():
            content = files.setdefault(name, bytearray())
            for event in events:
                for part in sectors(event):
                    if chance.random() < 0.5:
                        put(content, part)
        return files


def sectors(event: Event) -> Iterator[Event]:
    """Part a write into the sectors that a disk writes whole."""
    if event.act != "write":
        yield event
        return
    for start in range(0, len(event.data), SECTOR_BYTES):
        yield Event("write", event.name, event.at + start, event.data[start : start + SECTOR_BYTES])


def put(content: bytearray, event: Event) -> None:
    """Carry out a write or a cut of length on a file's content."""
    if event.act == "truncate":
        del content[event.at :]
        return
    end = event.at + len(event.data)
    content.extend(b"\0" * (end - len(content)))
    content[event.at : end] = event.data


def record(folder: Path, commits: int, synchronous: int) -> list[Event]:
    """Run the writer under strace and return what it did to the disk."""
    trace = folder / "trace"
    writer = [sys.executable, "-m", "proofs.durability.power_writer", str(folder / DATABASE)]
    watch = ["strace", "-f", "-xx", "-y", "-s", "100000", "-e", f"trace={CALLS}", "-o", str(trace)]
    subprocess.run([*watch, *writer, str(commits), str(synchronous)], check=True)
    with trace.open(encoding="ascii", errors="replace") as lines:
        return [event for line in lines if (event := read_line(line)) is not None]


def read_line(line: str) -> Event | None:
    """Return the event on a line of strace's, None if it does not concern the database."""
    match = LINE.match(line)
    if match is None or int(match[3]) < 0:
        return None
    call, arguments = match[1], match[2]
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(arguments)]
    handle = HANDLE.match(arguments)
    path = plain(handle[1]) if handle else texts[0].decode(errors="replace")
    if path == "/dev/null" and texts and texts[0].startswith(b"ACK"):
        return Event("ack", path, int(texts[0][3:]))
    name = Path(path).name
    if not name.startswith(DATABASE) or name.endswith(("-shm", ".lock")):
        return None
    number = int(tail) if (tail := arguments.rsplit(",", 1)[-1].strip()).isdigit() else 0
    kinds = {
        "pwrite64": lambda: Event("write", name, number, texts[0]),
        "ftruncate": lambda: Event("truncate", name, number),
        "unlink": lambda: Event("unlink", name),
        "fsync": lambda: Event("sync", name),
        "fdatasync": lambda: Event("sync", name),
    }
    return kinds[call]()


def plain(path: str) -> str:
    """Return a path as strace prints it, in hexadecimal or not."""
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def cut_power(folder: Path, cuts: int, seed: int, *, synchronous: int) -> tuple[list[str], dict[str, Any]]:
    """Cut at ``cuts`` random moments; return the faults and the figures."""
    commits = max(cuts // 2, 150)
    events = record(folder, commits, synchronous)
    first = next(index for index, event in enumerate(events) if event.act == "ack")
    chance = random.Random(seed)
    chosen = set(chance.sample(range(first + 1, len(events)), min(cuts, len(events) - first - 1)))
    disk, promised, wrong = Disk(), 0, {"worst": [], "random": []}
    for index, event in enumerate(events):
        if event.act == "ack":
            promised = event.at
        else:
            disk.play(event)
        if index in chosen:
            for kind, luck in (("worst", None), ("random", chance)):
                wrong[kind] += look(folder / "cut", disk.after_cut(luck), promised)
    syncs = sum(event.act == "sync" for event in events)
    faults = [
        f"{len(found)} cuts ({kind}) with faults, first: {found[0]}" for kind, found in wrong.items() if found
    ]
    return faults, {
        "cut_points": len(chosen),
        "commits": commits,
        "writes_and_syncs": len(events),
        "syncs": syncs,
    }


def look(folder: Path, files: dict[str, bytearray], promised: int) -> list[str]:
    """Open the database as the cut left it; return its first fault, if any."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return ledger.faults_of(folder / DATABASE, set(range(1, promised + 1)))[:1]
