"""The act of submitting alone, without a server: ours and the reference by hand, in turns, in one process.

The drafts stand in the table as over HTTP; the roles of whoever submits have been read, as every request does before.
Prints submissions per second as JSON, by the clock and by this process's processor time.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.rushing import key_of
from benchmarks.rushing.reference.views import submit_by_hand
from keqiao.web.accounts.models import User
from keqiao.web.applications.actions import Sent, submit
from keqiao.web.applications.models import Prepared
from keqiao.web.config.middleware.arrival import database_now
from keqiao.web.scope import work_as_program

TURNS, EACH, WARM = 24, 12, 2


def main(folder: Path) -> None:
    """Measure and print."""
    work_as_program()
    now = database_now()
    waiting = json.loads((folder / "drafts.json").read_text())[-(TURNS * EACH * 2) :]
    users = {str(user.pk): user for user in User.objects.filter(pk__in={user for _, _, user in waiting})}
    for user in users.values():
        user.organisations_as("applicant", now)
    Prepared.objects.filter(pk__in=[pk for pk, _, _ in waiting]).update(asked_at=now)
    found: dict[str, list[tuple[float, float]]] = {"ours": [], "hand": []}
    for turn in range(TURNS):
        for place, name in enumerate(("ours", "hand")):
            begin = (turn * 2 + place) * EACH
            act = _ours(users, now) if name == "ours" else _hand
            found[name].append(_measured(act, waiting[begin : begin + EACH]))
    said = {}
    for name, turns in found.items():
        said[name] = 1 / statistics.median(clock for clock, _ in turns[WARM:])
        said[f"{name}-processor"] = 1 / statistics.median(processor for _, processor in turns[WARM:])
    print(json.dumps(said))


def _measured(act: Callable[[Any, int], None], drafts: list[Any]) -> tuple[float, float]:
    """Seconds for each submission, by the clock and by the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    for number, draft in enumerate(drafts):
        act(draft, number)
    taken = time.perf_counter() - clock, time.process_time() - processor
    return taken[0] / len(drafts), taken[1] / len(drafts)


def _ours(users: dict[str, User], now: Any) -> Callable[[Any, int], None]:
    def act(draft: Any, number: int) -> None:
        pk, _session, user = draft
        submit(UUID(pk), Sent(key_of(number), users[user], now, now))

    return act


def _hand(draft: Any, number: int) -> None:
    _answer, status = submit_by_hand(UUID(draft[0]), key_of(number))
    if status != 200:
        raise RuntimeError(f"the reference answered {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
