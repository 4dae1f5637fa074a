"""Many processes at once, as they ship: web workers with threads, the worker, commands, backups."""

import json
import multiprocessing
import random
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

from proofs.durability import ledger
from proofs.durability.witness import Witness

FORK = multiprocessing.get_context("fork")
ALIAS = "hammer"
WRITING_PROCESSES = 3
THREADS = 2
NUMBERS_PER_WRITER = 10**9


@dataclass
class Seen:
    """What one process saw."""

    errors: list[str] = field(default_factory=list)
    acts: int = 0
    overlaps: int = 0
    checkpoints: int = 0
    longest_wait: float = 0.0
    largest_log: int = 0


@dataclass(frozen=True)
class Job:
    """What a process needs to know; ``until`` is monotonic time, ``lock_works`` False the planted fault."""

    number: int
    folder: Path
    until: float
    seed: int
    lock_works: bool


def be_web_worker(job: Job) -> int:
    """Write from several threads, each with its connection, which it closes and opens again at times."""
    counts = [0] * THREADS
    problems: list[str] = []

    def thread(index: int) -> None:
        try:
            counts[index] = write_until(job, job.number * THREADS + index)
        except Exception:  # noqa: BLE001 - whatever it is, it breaks the proof
            problems.append(traceback.format_exc(limit=-2))

    threads = [threading.Thread(target=thread, args=(index,)) for index in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if problems:
        raise AssertionError(problems[0])
    return sum(counts)


def write_until(job: Job, writer: int) -> int:
    """Write until the time is over; return the number of acknowledged entries."""
    chance = random.Random(job.seed * 1000 + writer)
    receipts = ledger.Receipts(job.folder / f"{writer}.receipts")
    number = first = writer * NUMBERS_PER_WRITER + 1
    while time.monotonic() < job.until:
        ledger.write(ALIAS, number, writer, chance.randrange(4))
        receipts.add(number)
        number += 1
        now_and_then(chance, number, writer)
    connections[ALIAS].close()
    return number - first


def now_and_then(chance: random.Random, number: int, writer: int) -> None:
    """Read, roll back, close, or pause long enough that everybody's connection may be closed at once."""
    what = chance.random()
    if what < 0.1:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT count(*), max(id) FROM entry WHERE writer = %s", [writer])
            cursor.fetchone()
    elif what < 0.15:
        ledger.write_in_vain(ALIAS, number, writer)
    elif what < 0.18:
        connections[ALIAS].close()
    elif what < 0.183:
        connections[ALIAS].close()
        time.sleep(chance.uniform(0.05, 0.3))


def be_checkpointer(job: Job) -> int:
    """Checkpoint by hand, over and over, as an administrator could."""
    rounds, chance = 0, random.Random(job.seed)
    while time.monotonic() < job.until:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            cursor.fetchall()
        rounds += 1
        if job.lock_works:  # seldom, so that the writers themselves find long logs to copy
            time.sleep(chance.uniform(0, 2))
    connections[ALIAS].close()
    return rounds


def be_visitor(job: Job) -> int:
    """Open, read, and close again, over and over."""
    rounds = 0
    while time.monotonic() < job.until:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT n - (SELECT count(*) FROM entry) FROM tally")
            (difference,) = cursor.fetchone()
        if difference:
            raise AssertionError(f"a reader saw {difference} entries more counted than there are")
        connections[ALIAS].close()
        time.sleep(0.02)
        rounds += 1
    return rounds


def be_backup(job: Job) -> int:
    """Copy the database as ``keqiao backup`` does, and look at each copy."""
    rounds, copy = 0, job.folder / "copy.sqlite3"
    while time.monotonic() < job.until:
        copy.unlink(missing_ok=True)
        connections[ALIAS].ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connections[ALIAS].connection.backup(target)
        connections[ALIAS].close()
        if faults := ledger.faults_of(copy, set()):
            raise AssertionError(f"backup: {faults}")
        rounds += 1
        time.sleep(0.5)
    return rounds


def process(role: Callable[[Job], int], job: Job) -> None:
    """Run one role and write down what was seen."""
    witness, seen = Witness(), Seen()
    witness.install(lock_works=job.lock_works)
    try:
        seen.acts = role(job)
    except Exception as error:  # noqa: BLE001 - whatever it is, it breaks the proof
        seen.errors.append(f"{role.__name__}: {type(error).__name__}: {error}")
    seen.overlaps, seen.checkpoints = witness.overlaps, witness.checkpoints
    seen.longest_wait, seen.largest_log = witness.longest_wait, witness.largest_log
    (job.folder / f"{job.number}.seen").write_text(json.dumps(asdict(seen)))


def hammer(folder: Path, seconds: float, seed: int, *, lock_works: bool) -> tuple[list[str], dict[str, Any]]:
    """Hammer the database for ``seconds``; return the faults and the figures."""
    ledger.create(ALIAS)
    roles = [be_web_worker] * WRITING_PROCESSES + [be_visitor, be_backup, be_checkpointer]
    if not lock_works:
        roles.append(be_checkpointer)
    until = time.monotonic() + seconds
    jobs = [Job(number, folder, until, seed, lock_works) for number in range(len(roles))]
    running = [FORK.Process(target=process, args=pair) for pair in zip(roles, jobs, strict=True)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return verdict(folder, [role.__name__ for role in roles])


def verdict(folder: Path, roles: list[str]) -> tuple[list[str], dict[str, Any]]:
    """Put together what the processes saw and what is in the database now."""
    seen = [Seen(**json.loads((folder / f"{number}.seen").read_text())) for number in range(len(roles))]
    receipts = ledger.acknowledged(folder.glob("*.receipts"))
    overlaps = sum(each.overlaps for each in seen)
    faults = [error for each in seen for error in each.errors]
    faults += ledger.faults_of(folder / f"{ALIAS}.sqlite3", receipts)
    if overlaps:
        faults.append(f"the lock let two in at once {overlaps} times")
    acts = {role: sum(s.acts for r, s in zip(roles, seen, strict=True) if r == role) for role in set(roles)}
    figures = {
        "acknowledged": len(receipts),
        "checkpoints_by_writers": sum(each.checkpoints for each in seen),
        "longest_wait_s": round(max(each.longest_wait for each in seen), 3),
        "largest_log_frames": max(each.largest_log for each in seen),
    }
    return faults, figures | acts
