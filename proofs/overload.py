"""Ten times the median load in the last minutes before a deadline, on a real server: no save is lost, nobody's form is.

Size counts seconds of overload on each database; people save what they type, look at their form, and submit, at
``RATE`` a second whatever the answers take. At the end many press submit in the same moment, more than the house lets
in (small: one at a time): whoever has to wait gets a place and comes again with the form of that page. Asserted at any
size: each save that was acknowledged stands, each receipt is there, everybody gets in. At full size also: 95 of
100 answers within ``SLOWEST`` (two cores, clients and database on them as well; ``make test`` asserts no times).
"""

import argparse
import json
import random
import statistics
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.rushing.clients import served
from proofs.submitting.databases import printed
from proofs.submitting.on_each import prove_on_each
from proofs.submitting.people import Person

FULL, SMALL = 60, 3
ALONE = True
FAULTS = ("saves-forgotten", "form-lost-in-the-queue")
SEES = dict.fromkeys(FAULTS, ("sqlite",))
SERVERS = {
    None: "keqiao.web.config.wsgi:application",
    "saves-forgotten": "proofs.submitting.forgetting:application",
    "form-lost-in-the-queue": "proofs.submitting.losing:application",
}
MEDIAN, TIMES = 1.5, 10
RATE = MEDIAN * TIMES
"""Requests a second: 45 people who save every thirty seconds are the median, 450 the last ten minutes."""
PEOPLE, FEW = 150, 12
"""How many apply at full size, and in ``make test``."""
SLOWEST = 2.0  # seconds


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    return prove_on_each("overload", argv, SEES, _overload)


def _overload(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    folder = environment["KEQIAO_DATA"]
    is_full = asked.size >= FULL
    people = PEOPLE if is_full else FEW
    printed("proofs.submitting.waves", environment, "fill", folder, "1", str(people))
    (wave,) = json.loads((Path(folder) / "waves.json").read_text())
    narrow = {} if is_full else {"KEQIAO_SUBMISSIONS_AT_ONCE": "1"}
    with served(SERVERS[asked.fault], environment | narrow) as port:
        crowd = Crowd([Person(port, *draft) for draft in wave["drafts"]], random.Random(asked.seed))
        crowd.warm()
        crowd.type_away(asked.size)
        crowd.submit_at_once()
    found = json.loads(printed("proofs.submitting.waves", environment, "look"))
    faults = [*crowd.faults, *crowd.differing(found), *(crowd.slow() if is_full else ())]
    for fault in faults[:10]:
        print(f"overload: {database}: FAULT {fault}")
    told = f"people={people} seconds={asked.size} {crowd.figures()} faults={len(faults)} seed={asked.seed}"
    print(f"overload: {database}: {told}", flush=True)
    return 1 if faults else 0


class Crowd:
    """Everybody who applies, and what came of it."""

    def __init__(self, people: list[Person], chance: random.Random) -> None:
        self.people, self.chance = people, chance
        self.times: list[float] = []
        self.faults: list[str] = []
        self.count: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.last_in = 0.0

    def warm(self) -> None:
        """Have every worker read once what it reads once; nothing of this is counted."""
        self._together([(person.look, person) for person in self.people])
        self.times.clear()
        self.count.clear()

    def type_away(self, seconds: int) -> None:
        """Let people save and look, ``RATE`` times a second, however long the answers take."""
        begun, under_way = time.monotonic(), []
        for number in range(int(RATE * seconds)):
            person = self.people[number % len(self.people)]
            act = person.look if self.chance.random() < 0.15 else person.save
            time.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            under_way.append(threading.Thread(target=self._do, args=(act, person)))
            under_way[-1].start()
        for thread in under_way:
            thread.join()

    def submit_at_once(self) -> None:
        """The last moment: every second presses submit, the others save on."""
        acts = [
            (person.submit if place % 2 else person.save, person) for place, person in enumerate(self.people)
        ]
        begun = time.monotonic()
        self._together(acts)
        self.last_in = time.monotonic() - begun

    def _together(self, acts: list[Any]) -> None:
        threads = [threading.Thread(target=self._do, args=act) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _do(self, act: Any, person: Person) -> None:
        with person.lock:  # one person does one thing after the other
            try:
                taken = act()
            except (OSError, ValueError, KeyError) as fault:
                with self.lock:
                    self.faults.append(f"{person.pk} {act.__name__}: {fault!r}")
                return
        with self.lock:
            self.times += taken
            self.count[act.__name__] += 1
            self.count["waits"] += len(taken) - 1

    def differing(self, found: dict[str, Any]) -> list[str]:
        """What was acknowledged and is not there."""
        faults = []
        for person in self.people:
            row = found["submitted"].get(person.pk, ["", "", found["stands"][person.pk]])
            if row[0] != person.receipt:
                faults.append(f"{person.pk} has the receipt {person.receipt!r}, there is {row[0]!r}")
            if row[2] != person.stands:
                faults.append(f"{person.pk} had saved {person.stands[:60]!r}, there is {row[2][:60]!r}")
        return faults + [f"{person.pk} never got in" for person in self.people[1::2] if not person.receipt]

    @property
    def late(self) -> float:
        """The seconds that 95 of 100 answers kept."""
        return statistics.quantiles(self.times, n=20)[-1]

    def slow(self) -> list[str]:
        """Whether answers took too long."""
        return [f"of 100 answers 5 took {self.late:.2f} s or longer"] if self.late > SLOWEST else []

    def figures(self) -> str:
        """What was done, and how long it took."""
        count = " ".join(f"{name}={number}" for name, number in sorted(self.count.items()))
        median = statistics.median(self.times)
        return f"rate={RATE:.0f}/s {count} last_in={self.last_in:.1f}s p50={median:.3f}s p95={self.late:.3f}s"
