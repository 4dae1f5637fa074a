"""Makers of valid objects. Each takes only what a test is about and fills in the rest."""

from copy import copy
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.call import CLOCK, CallState
from keqiao.core.programme.types import Programme
from keqiao.core.workdays import last_moment
from keqiao.web.accounts.actions import NewAccount, Terms, grant, open_account
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.roles import Role
from keqiao.web.audit import log
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    count_public_change,
    found_association,
    register_organisation,
)
from keqiao.web.parties.models import Association, Organisation, Region
from keqiao.web.programmes.actions import cancel, publish, start_from_definition
from keqiao.web.programmes.definitions import digest_of, values_of
from keqiao.web.programmes.models import Call, Milestone, Offer, Portion, Revision
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.public_face.rows import rows_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LATER = date(2090, 6, 30)
PASSWORD = "stone-bridge-over-water"

numbers = count(1)


def user(name: str = "", *, password: str = PASSWORD, **details: Any) -> User:
    """An account that can log in with ``PASSWORD`` and holds no role."""
    number = next(numbers)
    details = {"email": f"user{number}@example.org", **details}
    wanted = NewAccount(display_name=name or f"用户{number}", password=password, **details)
    return open_account(wanted, actor=None, role="tests", at=LONG_AGO)


def role_of(user: User, role: Role, organisation: Organisation | None = None, **terms: Any) -> Grant:
    """The grant of ``role`` to ``user`` since long ago."""
    organisation_id: UUID | None = organisation.pk if organisation else None
    wanted = Terms(role, organisation_id, **terms)
    return grant(user, wanted, actor=None, at=LONG_AGO, reason="测试")


def holder(role: Role, organisation: Organisation | None = None) -> User:
    """A new account that holds ``role``."""
    account = user()
    role_of(account, role, organisation)
    return account


def officer(association: Association) -> User:
    """A new account that is an officer of ``association``."""
    return holder(Role.OFFICER, association.organisation)


def region(code: str = "410000", name: str = "河南省", level: str = "province", **details: Any) -> Region:
    """A region in force since 2020."""
    return Region.objects.create(
        code=code, name=name, level=level, valid_from=date(2020, 1, 1), source="测试", **details
    )


def organisation(name: str = "", kind: str = "society", **details: Any) -> Organisation:
    """A registered organisation."""
    wanted = NewOrganisation(name=name or f"第{next(numbers)}学会", kind=kind, **details)
    return register_organisation(wanted, actor=None, role="tests", at=LONG_AGO)


def association(name: str = "", slug: str = "", **details: Any) -> Association:
    """An association that runs calls."""
    number = next(numbers)
    name = name or f"第{number}市科学技术协会"
    wanted = NewAssociation(slug=slug or f"a{number}", site_name=name, **details)
    body = organisation(name, kind="association")
    return found_association(body, wanted, actor=None, role="tests", at=LONG_AGO)


def definition(title: str = "2026年度科普项目申报通知", **statements: Any) -> Programme:
    """A definition that can be published: one category with money, places and a target."""
    category = {
        "id": "c1",
        "name": "科普活动",
        "funding": {"kind": "fixed", "amount_fen": 3_000_000},
        "places": {"count": 4},
        "targets": [{"id": "c1.t1", "metric": "活动", "comparator": ">=", "value": 5, "unit": "场"}],
    }
    values = {
        "id": f"test-{next(numbers)}",
        "title": title,
        "year": 2026,
        "region": "河南省",
        "issuers": ["测试科协"],
        "applicants": {"kinds": ["市级学会"]},
        "deadline": {"on": "2026-06-30"},
        "categories": [category],
        **statements,
    }
    return Programme.model_validate(values)


def draft_call(association: Association | None = None, programme: Programme | None = None) -> Call:
    """A call with a draft, of an association whose officer is ``call.created_by``."""
    association = association or _association()
    actor = officer(association)
    return start_from_definition(association.pk, programme or definition(), actor=actor, at=LONG_AGO)


def published_call(association: Association | None = None, programme: Programme | None = None) -> Call:
    """A call that everybody may read."""
    call = draft_call(association, programme)
    publish(call.pk, 1, actor=call.created_by, at=LONG_AGO, note="测试")
    call.refresh_from_db()
    return call


def closed(call: Call) -> Call:
    """A published call whose last day has passed, as the clock notes it."""
    with transaction.atomic():
        Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED.value)
        log.record("closed", call, actor=None, role=CLOCK, at=LONG_AGO)
    call.refresh_from_db()
    return call


def cancelled(call: Call, reason: str = "经费计划调整") -> Call:
    """A call that an officer of its association has cancelled."""
    cancel(call.pk, actor=officer(call.association), at=LONG_AGO, reason=reason)
    call.refresh_from_db()
    return call


def part(node: str, slot: str, entry: str = "") -> Part:
    """The address of a part of a definition."""
    return Part(node, slot, entry)


def many_published_calls(number: int, associations: int = 10) -> list[Call]:
    """So many public calls of several associations, written at once: the same call under other titles and dates.

    They have revisions and rows for the public side; no events, so ``verify`` is not for them.
    """
    known = [association() for _ in range(associations)]
    actor = officer(known[0])
    calls = [_public_call(known[n % associations], n) for n in range(number)]
    Call.objects.bulk_create(calls)
    Revision.objects.bulk_create(_first_revision(call, actor) for call in calls)
    rows = [rows_of(call) for call in calls[:1]] * number
    for place, table in enumerate((Offer, Portion, Milestone)):
        made = (
            _for_call(call, row) for call, of in zip(calls, rows, strict=True) for row in of.tables[place][1]
        )
        table.objects.bulk_create(made)
    count_public_change()
    return calls


def _public_call(owner: Association, number: int) -> Call:
    day = LATER + timedelta(days=number)
    return Call(
        association=owner,
        title=f"第{number + 1}份科普项目申报通知",
        slug=f"call-{number + 1}",
        state="published",
        year=2026,
        region="河南省",
        deadline_at=last_moment(day),
        created_at=LONG_AGO,
        published_at=LONG_AGO,
    )


def _first_revision(call: Call, actor: User) -> Revision:
    values = values_of(definition(call.title, deadline={"on": call.deadline_at.date().isoformat()}))
    return Revision(
        call=call,
        number=1,
        definition=values,
        digest=digest_of(values),
        published_at=LONG_AGO,
        published_by=actor,
    )


def _for_call(call: Call, row: Any) -> Any:
    """The row of another call, turned to ``call`` and its deadline."""
    copied = copy(row)
    copied.pk, copied.call = None, call
    if isinstance(row, Offer):
        copied.deadline_at = call.deadline_at
    elif isinstance(row, Milestone):
        copied.on = call.deadline_at.date()
    return copied


_association = association
