"""kill -9 of the worker while it sends mail, again and again: no mail goes twice, none is missing.

What can be guaranteed: the program never hands a mail over a second time unless a person says so, and knows of every
mail either that it went, or that it did not, or that nobody knows. The last is what a kill between the end of a mail
and our commit leaves; a person asks the mail server's journal, and the proof does what the person would do.

Size counts kills on each database, at the points of ``proofs.outbox.server`` in turn.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from proofs.outbox.server import POINTS, Journal, listening
from proofs.submitting.databases import READY, ROOT, run_whole
from proofs.submitting.on_each import prove_on_each
from scripts.workshop import Stopped

FULL, SMALL = 50, len(POINTS)
FAULTS = ("no-mark", "sent-first")
MESSAGES_PER_KILL = 6
BETWEEN_WORKERS = timedelta(minutes=11)  # longer than a lease
LONGEST_WAIT = {"content": 0.004, "answered": 0.006, "any": 0.4}  # seconds between a point and its kill
WORKER_SECONDS = 300


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    return prove_on_each("outbox_kill", argv, dict.fromkeys(FAULTS, ("sqlite",)), kill)


@dataclass(frozen=True)
class World:
    """One database, the mail server beside it, and what is wrong with the worker."""

    environment: dict[str, str]
    journal: Journal
    chance: random.Random
    fault: str


def kill(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    """Send the messages of a fresh database with workers that are killed, and compare with the server's journal."""
    journal = Journal()
    server = listening(journal)
    server.start()
    environment = environment | {"KEQIAO_MAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    world = World(environment, journal, random.Random(asked.seed), asked.fault or "")
    try:
        figures, faults = _sent(world, asked.size)
    finally:
        server.stop()
    for fault in faults[:10]:
        print(f"outbox_kill: {database}: FAULT {fault}")
    print(f"outbox_kill: {database}: {figures} faults={len(faults)} seed={asked.seed}", flush=True)
    return 1 if faults else 0


def _sent(world: World, size: int) -> tuple[str, list[str]]:
    """Send everything, killing on the way; figures and faults."""
    now, number = datetime.now(UTC), MESSAGES_PER_KILL * size
    run_whole("proofs.outbox.filling", world.environment, str(number), now.isoformat())
    kills = 0
    for place in range(size):
        now += BETWEEN_WORKERS
        kills += _run_doomed(world, POINTS[place % len(POINTS)], now)
    for _ in range(2):  # one sends the rest, one settles what was on the wire
        now += BETWEEN_WORKERS
        run_whole("proofs.outbox.working", world.environment, now.isoformat(), world.fault)
    before, asked = _states(world), world.journal.taken.copy()
    after = _settled(world, now + BETWEEN_WORKERS)
    taken = world.journal.taken
    unsure = [pk for pk, state in before.items() if state == "unsure"]
    figures = (
        f"messages={number} kills={kills} unsure={len(unsure)} of_them_taken={sum(asked[pk] > 0 for pk in unsure)} "
        f"taken_twice={sum(count > 1 for count in taken.values())} missing={sum(not taken[pk] for pk in after)}"
    )
    unkilled = [] if kills >= size * 0.8 else [f"only {kills} workers were killed"]
    return figures, [*world.journal.faults, *unkilled, *_wrong(before, asked), *_wrong_at_last(after, taken)]


def _run_doomed(world: World, point: str, now: datetime) -> int:
    """Run a worker that is killed at a point; whether it was."""
    worker = _worker(world, now)
    wait = world.chance.uniform(0, LONGEST_WAIT.get(point, 0))
    world.journal.doom(worker, point, world.chance.randrange(MESSAGES_PER_KILL - 2), wait)
    _out, words = worker.communicate(timeout=WORKER_SECONDS)
    if worker.returncode > 0:
        raise Stopped(f"the worker ended by itself: {words.decode()[-2000:]}")
    return int(worker.returncode < 0)


def _worker(world: World, now: datetime) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", READY.format("proofs.outbox.working"), now.isoformat(), world.fault]
    silent, kept = subprocess.DEVNULL, subprocess.PIPE
    return subprocess.Popen(command, env=world.environment, cwd=ROOT, stdout=silent, stderr=kept)


def _states(world: World, *settling: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(
        run_whole("proofs.outbox.looking", world.environment, *settling).splitlines()[-1]
    )
    return found


def _settled(world: World, now: datetime) -> dict[str, str]:
    """Do what a person does who asks the journal about each message of unknown fate; the states at the end."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(sorted(world.journal.taken), file)
        file.flush()
        _states(world, "settle", file.name)
    run_whole("proofs.outbox.working", world.environment, now.isoformat())
    return _states(world)


def _wrong(states: dict[str, str], taken: Counter[str]) -> list[str]:
    """What the program claims and is not so, before a person looked."""
    lost = [pk for pk, state in states.items() if state == "sent" and not taken[pk]]
    return [
        *(f"{pk} was taken {count} times" for pk, count in taken.items() if count > 1),
        *(f"{pk} counts as sent and was not taken" for pk in lost),
        *(f"{pk} is {state}" for pk, state in states.items() if state not in ("sent", "unsure")),
    ]


def _wrong_at_last(states: dict[str, str], taken: Counter[str]) -> list[str]:
    """What is not sent exactly once, after a person looked."""
    return [
        f"{pk} is {state}, taken {taken[pk]} times at last"
        for pk, state in states.items()
        if (state, taken[pk]) != ("sent", 1)
    ]
