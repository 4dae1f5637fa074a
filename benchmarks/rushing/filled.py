"""Fill the product's database with a call and drafts that are ready: through the actions once, then copied."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction

from benchmarks.rushing import CHARACTERS, EACH, LIMIT, SECTIONS, UNITS, words
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions
from keqiao.web.applications.frozen import frozen_content
from keqiao.web.applications.models import Application, Prepared, Version
from keqiao.web.applications.receipts import digest_of_content
from keqiao.web.audit.log import By, Chain, Happened, record_together
from keqiao.web.config.starting import require_fit
from keqiao.web.parties.models import Organisation
from keqiao.web.programmes.models import Call, Offer
from keqiao.web.scope import work_as_program
from tests.web import make

BATCH = 500


def answers(number: int) -> dict[str, str]:
    """The answers of one draft."""
    long = {f"part{place}": words(number * SECTIONS + place) for place in range(SECTIONS)}
    return {"project": f"科普活动第{number}项", **long}


def definition(limit: int, day: str) -> dict[str, object]:
    """The statements of the call: a form of long answers, a limit per unit, a deadline that lies ahead."""
    title = {"id": "project", "kind": "text", "label": "项目名称", "max_chars": 30}
    parts = [
        {"id": f"part{place}", "kind": "long_text", "label": f"第{place + 1}部分", "max_chars": CHARACTERS}
        for place in range(SECTIONS)
    ]
    form = {"id": "f1", "title": "申报书", "fields": [title, *parts]}
    return {"forms": [form], "form": "f1", "per_unit_limit": {"max": limit}, "deadline": {"on": day}}


def call_with(limit: int) -> Call:
    """A published call."""
    later = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    return make.published_call(make.association(), make.definition(**definition(limit, later)))


def drafts(call: Call, users: list[User], each: int, now: datetime) -> Iterator[Application]:
    """Drafts of the users' units, all ready to be submitted; the first is made by the actions."""
    offer = Offer.objects.get(call=call)
    first_user = users[0]
    (unit,) = first_user.organisations_as(Role.APPLICANT.value, now)
    first = actions.start(offer.pk, unit, actor=first_user, at=now)
    saved = actions.save(actions.Edit(first.pk, 1, answers(0)), actor=first_user, at=now)
    if refusing := [found.code for found in saved.findings if found.weight == "refuse"]:
        raise RuntimeError(f"the draft is not ready: {refusing}")
    first.refresh_from_db()
    ready = Prepared.objects.select_related("saved").get(application=first)
    yield from _copies(first, ready, users, each)


def _copies(first: Application, ready: Prepared, users: list[User], each: int) -> Iterator[Application]:
    units = {
        user.pk: next(iter(user.organisations_as(Role.APPLICANT.value, first.created_at))) for user in users
    }
    wanted = [(user, number) for user in users for number in range(each)]
    for begin in range(0, len(wanted), BATCH):
        made = [
            _copy(first, ready, user, units[user.pk], begin + n)
            for n, (user, _) in enumerate(wanted[begin : begin + BATCH])
        ]
        with transaction.atomic():
            Application.objects.bulk_create(application for application, _, _ in made)
            Version.objects.bulk_create(version for _, version, _ in made)
            for application, version, prepared in made:
                prepared.content = frozen_content(application, version, ready.specification)
                prepared.digest = digest_of_content(prepared.content)
            Prepared.objects.bulk_create(prepared for _, _, prepared in made)
            for application, _, _ in made:
                chain = Chain(Application._meta.label_lower, str(application.pk))
                record_together([Happened("started", chain)], By(None, "benchmark", first.created_at))
        yield from (application for application, _, _ in made)


def _copy(
    first: Application, ready: Prepared, user: User, unit: UUID, number: int
) -> tuple[Application, Version, Prepared]:
    said = answers(number + 1)
    same = ("association_id", "call_id", "revision_id", "node", "path", "created_at", "edited_at")
    application = Application(
        id=uuid4(), unit_id=unit, created_by=user, edited_by=user, title=said["project"], version=1,
        **{name: getattr(first, name) for name in same},
    )  # fmt: skip
    version = Version(
        association_id=first.association_id, application=application, number=1, act="typed", answers=said,
        revision_id=first.revision_id, saved_by=user, saved_at=first.edited_at,
    )  # fmt: skip
    prepared = Prepared(
        application=application, association_id=first.association_id, version=1, saved=version,
        saved_at=first.edited_at, revision_id=first.revision_id, specification=ready.specification,
        findings=ready.findings, parties=[str(unit)], debarred=[], asked_at=ready.asked_at,
    )  # fmt: skip
    return application, version, prepared


def users_with_units(number: int) -> list[User]:
    """So many units, each with somebody who applies for it (by code: a password would take a while to digest)."""
    units: list[Organisation] = [make.organisation(kind="society", level="prefecture") for _ in range(number)]
    users = [make.user(password="") for _ in units]
    for user, unit in zip(users, units, strict=True):
        make.role_of(user, Role.APPLICANT, unit)
    return users


def session_of(user: User, now: datetime) -> str:
    """The key of a session in which this person is logged in, as the log-in makes it."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session["seen_at"] = now.isoformat()
    session.save()
    return str(session.session_key)


def main(folder: Path, each: int = EACH) -> None:
    """Fill, with ``each`` drafts of every unit; lay down which session submits which draft."""
    work_as_program()
    now = datetime.now(UTC)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    require_fit(now)  # as one process, before several workers start at once on data that have no keys yet
    users = users_with_units(UNITS)
    sessions = {user.pk: session_of(user, now) for user in users}
    made = [
        [str(application.pk), sessions[application.created_by_id], str(application.created_by_id)]
        for application in drafts(call_with(LIMIT), users, each, now)
    ]
    in_turn = [made[unit * each + number] for number in range(each) for unit in range(UNITS)]
    (folder / "drafts.json").write_text(json.dumps(in_turn))  # those who press at once are of different units


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
