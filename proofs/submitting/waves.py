"""Calls whose deadlines come one after the other, with drafts that are ready: filled, dated, and looked at afterwards.

``fill <folder> <calls> <drafts each>`` lays down ``waves.json``; ``date <folder> <seconds ahead> <seconds between>``
sets the last moments and prints the first; ``look`` prints who has which submission, and the words that were submitted.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction
from django.db.models import F

from benchmarks.rushing.filled import session_of, users_with_units
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions
from keqiao.web.applications.frozen import answers_in
from keqiao.web.applications.models import Submission, Version
from keqiao.web.config.starting import require_fit
from keqiao.web.programmes.models import Call, Offer
from keqiao.web.scope import work_as_program
from proofs.submitting import SAID
from tests.web import make

FIELDS = [
    {"id": "project", "kind": "text", "label": "项目名称", "max_chars": 30},
    {"id": "summary", "kind": "long_text", "label": "项目内容", "max_chars": 2000},
    {"id": "proof", "kind": "file", "label": "证明材料", "required": False, "least": 0},
]
FAR = timedelta(days=30)


def fill(folder: Path, calls: int, each: int) -> None:
    """Make the calls and their drafts, each of a unit of its own."""
    now = datetime.now(UTC)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    require_fit(now)
    users = users_with_units(each)
    sessions = {user.pk: session_of(user, now) for user in users}
    waves = []
    for _ in range(calls):
        call = _call(now)
        drafts = [[str(_draft(call, user, now)), sessions[user.pk]] for user in users]
        waves.append({"call": str(call.pk), "drafts": drafts})
    (folder / "waves.json").write_text(json.dumps(waves))
    print(len(waves))


def _call(now: datetime) -> Call:
    form = {"id": "f1", "title": "申报书", "fields": FIELDS}
    far = (now + FAR).date().isoformat()
    return make.published_call(
        make.association(), make.definition(forms=[form], form="f1", deadline={"on": far})
    )


def _draft(call: Call, user: User, now: datetime) -> object:
    (unit,) = user.organisations_as(Role.APPLICANT.value, now)
    started = actions.start(Offer.objects.get(call=call).pk, unit, actor=user, at=now)
    said = {"project": f"项目{started.pk.hex[:8]}", "summary": SAID}
    actions.save(actions.Edit(started.pk, 1, said), actor=user, at=now)
    return started.pk


def date(folder: Path, ahead: str, between: str) -> None:
    """Have the calls end one after the other, the first in a while."""
    first = datetime.now(UTC) + timedelta(seconds=float(ahead))
    with transaction.atomic():
        for number, wave in enumerate(json.loads((folder / "waves.json").read_text())):
            last = first + timedelta(seconds=number * float(between))
            Offer.objects.filter(call_id=wave["call"]).update(deadline_at=last)
    print(first.isoformat())


def look() -> None:
    """Print of each application that was submitted: submission, arrival, words, number of files; and what stands."""
    found = {
        str(row.application_id): [str(row.pk), row.arrived_at.isoformat(), *_said(row)]
        for row in Submission.objects.all()
    }
    standing = Version.objects.filter(number=F("application__version")).values_list(
        "application_id", "answers"
    )
    stands = {str(pk): answers["summary"] for pk, answers in standing}
    print(json.dumps({"submitted": found, "stands": stands}))


def _said(row: Submission) -> list[object]:
    answers = answers_in(row.content)
    return [answers["summary"], len(answers.get("proof", ()))]


def main(act: str, *said: str) -> None:
    """Do one of the three."""
    work_as_program()
    acts: dict[str, Callable[[], None]] = {
        "fill": lambda: fill(Path(said[0]), int(said[1]), int(said[2])),
        "date": lambda: date(Path(said[0]), said[1], said[2]),
        "look": look,
    }
    acts[act]()


if __name__ == "__main__":
    main(*sys.argv[1:])
