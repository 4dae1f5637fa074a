"""Makers of applications. Each takes only what a test is about and fills in the rest."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from keqiao.core.programme.types import Programme
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.applications import actions
from keqiao.web.applications.models import Application
from keqiao.web.applications.receipts import Receipt
from keqiao.web.parties.models import Organisation
from keqiao.web.programmes.models import Call, Offer
from tests.web import make

NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
"""Ten in the morning in Shanghai, a month before the deadline of ``make.definition``."""
LAST_MOMENT = datetime(2026, 6, 30, 15, 59, 59, 999999, tzinfo=UTC)

FIELDS: list[dict[str, Any]] = [
    {"id": "project", "kind": "text", "label": "项目名称", "max_chars": 30},
    {"id": "summary", "kind": "long_text", "label": "项目内容", "max_chars": 200},
    {"id": "leader", "kind": "person", "label": "负责人", "role": "leader", "parts": ["name", "id_number", "phone"]},
    {"id": "partner", "kind": "unit", "label": "合作单位", "role": "partner", "parts": ["name"], "required": False},
    {"id": "account", "kind": "text", "label": "备用账号", "required": False, "sensitive": True},
    {"id": "proof", "kind": "file", "label": "证明材料", "required": False, "least": 0},
]  # fmt: skip
ANSWERS: dict[str, Any] = {
    "project": "流动科技馆进乡镇",
    "summary": "面向六个乡镇开展巡展。",
    "leader": {"name": "张工", "id_number": "410105198001011239", "phone": "13800000000"},
}
keys = count(1)


def definition(limit: int | None = None, **statements: Any) -> Programme:
    """A definition with a form, and a limit of applications per unit where one is given."""
    forms = statements.pop("forms", [{"id": "f1", "title": "申报书", "fields": FIELDS}])
    limits = {"per_unit_limit": {"max": limit}} if limit is not None else {}
    return make.definition(forms=forms, form="f1", **limits, **statements)


def call(limit: int | None = None, **statements: Any) -> Call:
    """A published call with a form."""
    return make.published_call(make.association(), definition(limit, **statements))


def offer(call: Call) -> Offer:
    """The one category of a call."""
    return Offer.objects.get(call=call)


def unit(**details: Any) -> Organisation:
    """A society that may apply."""
    return make.organisation(kind="society", level="prefecture", **details)


def applicant(unit: Organisation) -> User:
    """Somebody who applies for a unit."""
    return make.holder(Role.APPLICANT, unit)


def draft(call: Call, actor: User | None = None, **answers: Any) -> Application:
    """A draft that is filled in and ready to be submitted."""
    actor = actor or applicant(unit())
    (unit_id,) = actor.organisations_as(Role.APPLICANT.value, NOW)
    started = actions.start(offer(call).pk, unit_id, actor=actor, at=NOW)
    edit = actions.Edit(started.pk, 1, {**ANSWERS, **answers})
    return actions.save(edit, actor=actor, at=NOW).application


def key() -> str:
    """A key that no submission had yet."""
    return f"{next(keys):032x}"


def submit(
    application: Application, *, by: User | None = None, at: datetime = NOW, named: str = "", **sent: Any
) -> Receipt:
    """Submit an application as whoever began it."""
    actor = by or application.created_by
    said = actions.Sent(named or key(), actor, at, sent.pop("arrived_at", at), **sent)
    return actions.submit(application.pk, said)


def submitted(call: Call, actor: User | None = None, **answers: Any) -> Application:
    """A submitted application."""
    application = draft(call, actor, **answers)
    submit(application)
    return fresh(application)


def fresh(application: Application) -> Application:
    """The application as it stands in the table now."""
    return Application.objects.select_related("call", "unit", "created_by").get(pk=application.pk)


def withdraw(application: Application, *, at: datetime = NOW) -> None:
    """Withdraw an application as whoever began it."""
    actions.withdraw(application.pk, actor=application.created_by, at=at, reason="方案有变")


def take_up_again(application: Application, *, at: datetime = NOW) -> None:
    """Make a draft again of a withdrawn application."""
    actions.take_up_again(application.pk, actor=application.created_by, at=at)


def correction(*fields: str, day: str = "2026-06-10") -> actions.Correction:
    """What is returned: the project's summary, unless other fields are named."""
    return actions.Correction(
        dict.fromkeys(fields or ("summary",), "请写明场次"), datetime.fromisoformat(day).date()
    )


def returned(application: Application, *fields: str, at: datetime = NOW) -> User:
    """Return an application for correction; by whom."""
    officer = make.officer(application.call.association)
    actions.return_for_correction(application.pk, correction(*fields), actor=officer, at=at)
    return officer


def save(
    application: Application, base: int | None = None, *, by: User | None = None, **answers: Any
) -> actions.Saved:
    """Save changed answers as whoever began it, on the version that stands."""
    standing = fresh(application)
    edit = actions.Edit(application.pk, base or standing.version, {**ANSWERS, **answers})
    return actions.save(edit, actor=by or application.created_by, at=NOW)


def ids(*rows: Any) -> set[UUID]:
    """The ids of rows."""
    return {row.pk for row in rows}
