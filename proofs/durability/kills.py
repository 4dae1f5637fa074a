"""kill -9 of all writers at a random moment, again and again."""

import os
import random
import signal
import time
from pathlib import Path
from typing import Any

from proofs.durability import ledger

ALIAS = "kills"
WRITERS = 3
NUMBERS_PER_ROUND = 10**6


def write_for_ever(receipts: Path, first: int, writer: int) -> None:
    """Write until killed."""
    acknowledge = ledger.Receipts(receipts).add
    number = first
    while True:
        ledger.write(ALIAS, number, writer, number % 4)
        acknowledge(number)
        number += WRITERS


def kill_round(folder: Path, number: int, seconds: float) -> None:
    """Start the writers and kill them after ``seconds``."""
    children = []
    for writer in range(WRITERS):
        child = os.fork()
        if child == 0:
            try:
                write_for_ever(
                    folder / f"{writer}.receipts", (number + 1) * NUMBERS_PER_ROUND + writer, writer
                )
            finally:
                os._exit(1)
        children.append(child)
    time.sleep(seconds)
    for child in children:
        os.kill(child, signal.SIGKILL)
    ended = [os.waitpid(child, 0)[1] for child in children]
    if any(os.WTERMSIG(status) != signal.SIGKILL for status in ended):
        raise AssertionError(f"a writer ended before it was killed: {ended}")


def kill(folder: Path, rounds: int, seed: int) -> tuple[list[str], dict[str, Any]]:
    """Kill for ``rounds`` rounds, looking at the database after each; return the faults and the figures."""
    ledger.create(ALIAS)
    chance, faults = random.Random(seed), []
    for number in range(rounds):
        kill_round(folder, number, chance.uniform(0.05, 0.5))
        promised = ledger.acknowledged(folder.glob("*.receipts"))
        faults += ledger.faults_of(folder / f"{ALIAS}.sqlite3", promised)
        if faults:
            break
    return faults, {"rounds": rounds, "kills": rounds * WRITERS, "acknowledged": len(promised)}
