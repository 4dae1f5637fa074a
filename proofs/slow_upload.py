"""Requests that begin before a deadline and end after it, on a real server: what counts is the last byte (D5).

Size counts cases on each database; five in each wave, whose call ends at a moment of its own: a submission whose last
byte comes just before, or after; a held save followed by a held submission, both begun in time; a save and a file that
are still on their way when the submission is in. Outcome as the rule says (decision 0074), and a line that breaks off
leaves nothing behind.
"""

import argparse
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.rushing.clients import served
from proofs.submitting.databases import printed
from proofs.submitting.holding import Held, begin, form, form_with_file
from proofs.submitting.on_each import prove_on_each

FULL, SMALL, PIECE = 100, 10, 50
ALONE = True
FAULTS = ("stamped-at-the-head",)
SEES = {"stamped-at-the-head": ("sqlite",)}
SERVER, HASTY = "keqiao.web.config.wsgi:application", "proofs.submitting.hasty:application"
KINDS = 5
AHEAD, BETWEEN = 9.0, 8.0  # seconds to the first deadline, and from one to the next
BEFORE, MARGIN = 5.0, 2.0  # seconds before a deadline at which everything begins; around it, when things end
LATE_WORDS = "截止以后才写下的内容"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" * 40
THREADS = "--blocking-threads=16"
"""More than are held in one wave: a request that waits for a thread is another matter (proof ``overload``)."""


@dataclass
class Wave:
    """The cases around one deadline."""

    port: int
    deadline: datetime
    drafts: list[list[str]]
    expected: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    straddling: int = 0

    def run(self) -> None:
        """Begin all five in time and end each where it belongs."""
        self._wait(-BEFORE)
        acts = (
            self._just_in_time,
            self._too_late,
            self._held_twice,
            self._save_on_its_way,
            self._file_on_its_way,
        )
        people = [
            threading.Thread(target=self._told, args=(act, draft))
            for act, draft in zip(acts, self.drafts, strict=True)
        ]
        for person in people:
            person.start()
        for person in people:
            person.join()

    def _told(self, act: Callable[[str, str], None], draft: list[str]) -> None:
        try:
            act(*draft)
        except (OSError, ValueError) as fault:
            self.faults.append(f"{act.__name__.strip('_')}: {fault!r}")

    def _just_in_time(self, pk: str, session: str) -> None:
        held = self._submission(pk, session)
        self._wait(-MARGIN)
        self._expect("in", pk, held)

    def _too_late(self, pk: str, session: str) -> None:
        held = self._submission(pk, session)
        self._wait(MARGIN)
        self._expect("late", pk, held)

    def _held_twice(self, pk: str, session: str) -> None:
        save, submission = self._save(pk, session), self._submission(pk, session)
        self._wait(MARGIN)
        if (status := save.end()[0]) != 200:
            self.faults.append(f"the late save was answered {status}: it is a draft still")
        self._expect("late", pk, submission)

    def _save_on_its_way(self, pk: str, session: str) -> None:
        broken, save, submission = (
            self._save(pk, session),
            self._save(pk, session),
            self._submission(pk, session),
        )
        broken.cut()
        self._wait(-MARGIN)
        is_in = self._expect("in", pk, submission)
        self._wait(MARGIN)
        if (status := save.end()[0]) != (409 if is_in else 200):
            self.faults.append(f"a save after the submission was answered {status}")

    def _file_on_its_way(self, pk: str, session: str) -> None:
        body, kind = form_with_file("file", PDF)
        file = begin(self.port, f"/applications/{pk}/files/proof/", session, body, kind)
        self._wait(-MARGIN)
        is_in = self._expect("in", pk, self._submission(pk, session))
        self._wait(MARGIN)
        if (status := file.end()[0]) != (404 if is_in else 302):
            self.faults.append(f"a file after the submission was answered {status}")

    def _submission(self, pk: str, session: str) -> Held:
        return begin(self.port, f"/applications/{pk}/submit/", session, *form(key=pk.replace("-", "")))

    def _save(self, pk: str, session: str) -> Held:
        said = {
            "f.summary": LATE_WORDS * 40,
            "f.project": "晚",
            "asked": ["project", "summary"],
            "version": "2",
        }
        return begin(self.port, f"/applications/{pk}/autosave/", session, *form(**said))

    def _expect(self, outcome: str, pk: str, held: Held) -> bool:
        """End a submission; whether it is in. Where the answer came only after the deadline both are right: the machine
        may have stalled before it read the last byte."""
        status, leads_to, _body = held.end()
        came = {302: "in", 409: "late"}.get(status, f"status {status}")
        if outcome == "in" and came == "late" and datetime.now(UTC) > self.deadline:
            self.straddling += 1
            outcome = "late"
        self.expected[pk] = outcome
        if came != outcome or (outcome == "in" and "/receipts/" not in leads_to):
            self.faults.append(f"{pk}: {came}, where the rule says {outcome}")
        return came == "in"

    def _wait(self, seconds: float) -> None:
        """Until so many seconds after the deadline."""
        time.sleep(max(0.0, (self.deadline - datetime.now(UTC)).total_seconds() + seconds))


def main(argv: list[str]) -> int:
    """Prove; print one line of figures for each database."""
    return prove_on_each("slow_upload", argv, SEES, _hold)


def _hold(database: str, environment: dict[str, str], asked: argparse.Namespace) -> int:
    folder, number = environment["KEQIAO_DATA"], max(1, asked.size // KINDS)
    printed("proofs.submitting.waves", environment, "fill", folder, str(number + 1), str(KINDS))
    filled = json.loads((Path(folder) / "waves.json").read_text())
    with served(HASTY if asked.fault else SERVER, environment, THREADS) as port:
        dated = printed("proofs.submitting.waves", environment, "date", folder, str(AHEAD), str(BETWEEN))
        first = datetime.fromisoformat(dated)
        waves = [
            Wave(port, first + timedelta(seconds=place * BETWEEN), wave["drafts"])
            for place, wave in enumerate(filled)
        ]
        for wave in waves:
            wave.run()
    del waves[0]  # its cases only had the workers read what they read once
    submitted = json.loads(printed("proofs.submitting.waves", environment, "look"))["submitted"]
    faults = [fault for wave in waves for fault in (*wave.faults, *_differing(wave, submitted))]
    for fault in faults[:10]:
        print(f"slow_upload: {database}: FAULT {fault}")
    late = sum(outcome == "late" for wave in waves for outcome in wave.expected.values())
    straddling = sum(wave.straddling for wave in waves)
    figures = f"cases={number * KINDS} late={late} straddling={straddling} faults={len(faults)}"
    print(f"slow_upload: {database}: {figures} seed={asked.seed}", flush=True)
    return 1 if faults else 0


def _differing(wave: Wave, submitted: dict[str, list[Any]]) -> Iterator[str]:
    """What is there against what the rule says: whether it is in, since when, with which words and files."""
    for pk, outcome in wave.expected.items():
        if (pk in submitted) is (outcome == "late"):
            yield f"{pk} is {'in' if pk in submitted else 'not in'}, where the rule says {outcome}"
        elif pk in submitted:
            _pk, arrived, words, files = submitted[pk]
            if datetime.fromisoformat(arrived) > wave.deadline or LATE_WORDS in words or files:
                yield f"{pk} arrived at {arrived} with {files} files and {len(words)} characters"
