"""One process of the race: so many clients press submit in the same moment, round after round.

Prints one line of figures; each fault on a line of its own before it.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.db import connection

from benchmarks.rushing.filled import call_with, drafts, users_with_units
from keqiao.web.applications import taking
from keqiao.web.applications.actions import Sent, submit
from keqiao.web.applications.models import Application, NumberSeries, Submission
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.verification import check_chains
from keqiao.web.privacy.keyring import draw_ring
from keqiao.web.registers.models import Holding
from keqiao.web.scope import work_as_program

CLIENTS = 100
LIMITS = (1, 7)
FIVEFOLD = 5


class Clients:
    """Threads with connections of their own that wait for each other and then act at once."""

    def __init__(self) -> None:
        self.begin, self.end = threading.Barrier(CLIENTS + 1), threading.Barrier(CLIENTS + 1)
        self.work: list[Callable[[], Any]] = []
        self.came: list[Any] = [None] * CLIENTS
        self.is_over = False
        self.threads = [threading.Thread(target=self._live, args=(n,), daemon=True) for n in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _live(self, number: int) -> None:
        while True:
            self.begin.wait()
            if self.is_over:
                connection.close()
                return
            try:
                self.came[number] = self.work[number]()
            except Refused as refused:
                self.came[number] = refused
            except Exception as error:  # noqa: BLE001  whatever else comes is a fault of the proof, told as such
                self.came[number] = error
            self.end.wait()

    def at_once(self, work: Sequence[Callable[[], Any]]) -> list[Any]:
        """Let everybody act; what came of each."""
        self.work = list(work)
        self.begin.wait()
        self.end.wait()
        return list(self.came)

    def close(self) -> None:
        """Let everybody go."""
        self.is_over = True
        self.begin.wait()
        for thread in self.threads:
            thread.join()


def press(application: Application, key: str, now: datetime) -> Callable[[], Any]:
    """Press submit."""
    return lambda: submit(application.pk, Sent(key, application.created_by, now, now))


def race(clients: Clients, limit: int, *, fold: int, seed: int) -> list[str]:
    """One unit, a limit, a hundred clients at once, each form sent ``fold`` times; the faults."""
    now = datetime.now(UTC)
    (user,) = users_with_units(1)
    made = list(drafts(call_with(limit), [user], CLIENTS // fold, now))
    for application in made:
        application.created_by.organisations_as("applicant", now)
    keys = {application.pk: f"{seed:08x}{n:024x}" for n, application in enumerate(made)}
    came = clients.at_once([press(a, keys[a.pk], now) for a in made for _ in range(fold)])
    return list(faults_of(came, made, limit))


def faults_of(came: Sequence[Any], made: Sequence[Application], limit: int) -> Any:
    """What is wrong with the outcome of one race."""
    receipts = [each for each in came if hasattr(each, "submission_id")]
    refused = Counter(f.code for each in came if isinstance(each, Refused) for f in each.findings)
    other = [
        repr(each) for each in came if not isinstance(each, Refused) and not hasattr(each, "submission_id")
    ]
    ids = [application.pk for application in made]
    rows = list(
        Submission.objects.filter(application_id__in=ids).values_list("application_id", "id", "number")
    )
    places = Holding.objects.filter(project__in=[str(pk) for pk in ids], ended_on=None).count()
    if other:
        yield f"{len(other)} errors, the first: {other[0]}"
    if set(refused) - {"quota.applied_full"}:
        yield f"refused for another reason: {dict(refused)}"
    if not len(rows) == places == len({r.submission_id for r in receipts}) == limit:
        yield f"limit {limit}: {len(rows)} submissions, {places} places, {len(receipts)} receipts"
    if {(r.application_id, r.submission_id) for r in receipts} != {(a, s) for a, s, _ in rows}:
        yield "a receipt without its submission, or the other way round"
    if sum(r.is_new for r in receipts) != limit:
        yield f"{sum(r.is_new for r in receipts)} receipts say that they are new"
    last = NumberSeries.objects.filter(stem__startswith=made[0].call.slug).values_list("last", flat=True)
    if list(last) != [limit]:
        yield f"numbers with gaps: {list(last)} given, {limit} used"


def main(rounds: int, seed: int, fault: str) -> int:
    """Race ``rounds`` times over all kinds of race."""
    work_as_program()
    draw_ring()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if fault == "no-guard":
        taking.hold_guards = lambda *_: None
    clients, faults, begun = Clients(), [], time.monotonic()
    kinds = [(limit, fold) for limit in LIMITS for fold in (1, FIVEFOLD)]
    for number in range(rounds):
        limit, fold = kinds[number % len(kinds)]
        faults += race(clients, limit, fold=fold, seed=seed + number)
    seconds = time.monotonic() - begun
    clients.close()
    chains = check_chains()
    faults += [f"{found.code} {found.about}" for found in chains.faults]
    for found in faults[:20]:
        print(f"FAULT {found}")
    figures = f"rounds={rounds} clients={CLIENTS} posts={rounds * CLIENTS} events={chains.checked}"
    print(f"{figures} seconds={seconds:.0f} faults={len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""))
