"""The act of submitting alone, without a server: ours and the reference by hand, in turns, in one process.

The drafts stand in the table as over HTTP; the roles of whoever submits have been read, as every request does before.
Prints submissions per second as JSON, by the clock and by this process's processor time, and lays down the answers
of both, for ``whole`` to look at.
"""

import gc
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
    answers: dict[str, dict[str, str]] = {"ours": {}, "hand": {}}
    for turn in range(TURNS):
        for place, name in enumerate(("ours", "hand")):
            begin = (turn * 2 + place) * EACH
            act = _ours(users, now) if name == "ours" else _hand
            drafts = waiting[begin : begin + EACH]
            gc.collect()  # each turn pays for its own rubbish
            said: list[str] = []
            found[name].append(_measured(act, drafts, said))
            answers[name] |= {pk: answer for (pk, _, _), answer in zip(drafts, said, strict=True)}
    (folder / "in_process.json").write_text(json.dumps(answers))
    speeds = {}
    for name, turns in found.items():
        speeds[name] = 1 / statistics.median(clock for clock, _ in turns[WARM:])
        speeds[f"{name}-processor"] = 1 / statistics.median(processor for _, processor in turns[WARM:])
    print(json.dumps(speeds))


def _measured(act: Callable[[Any, int], str], drafts: list[Any], said: list[str]) -> tuple[float, float]:
    """Seconds for each submission, by the clock and by the processor; ``said`` gets the answers."""
    clock, processor = time.perf_counter(), time.process_time()
    for number, draft in enumerate(drafts):
        said.append(act(draft, number))
    taken = time.perf_counter() - clock, time.process_time() - processor
    return taken[0] / len(drafts), taken[1] / len(drafts)


def _ours(users: dict[str, User], now: Any) -> Callable[[Any, int], str]:
    def act(draft: Any, number: int) -> str:
        pk, _session, user = draft
        return str(submit(UUID(pk), Sent(key_of(number), users[user], now, now)).submission_id)

    return act


def _hand(draft: Any, number: int) -> str:
    answer, status = submit_by_hand(UUID(draft[0]), key_of(number))
    if status != 200:
        raise RuntimeError(f"the reference answered {status}")
    return answer["digest"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
