"""Makers of valid objects. Each takes only what a test is about and fills in the rest."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from keqiao.core.programme.types import Programme
from keqiao.web.accounts.actions import NewAccount, Terms, grant, open_account
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.roles import Role
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    found_association,
    register_organisation,
)
from keqiao.web.parties.models import Association, Organisation, Region
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.models import Call

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
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


_association = association
