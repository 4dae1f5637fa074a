"""The ground of a whole life: one association with its people, three units, two experts, and its calls."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.programme.types import Programme
from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.grants.papers import PURPOSE
from keqiao.web.programmes.actions import publish, start_from_definition
from tests.web import make
from tests.web.acceptance.makers import BAN, FRAUD
from tests.web.applications import makers
from tests.web.grants.makers import FIELDS
from tests.web.public_notice.makers import FIVE_DAYS
from tests.web.review import rounds

PLACES = 2
AMOUNT = 3_000_000
MOST_IN_HAND = 2
EXPERTS = ("expert0", "expert1")
DEADLINE = datetime(2026, 6, 30, 15, 59, 59, 999999, tzinfo=UTC)
LAST = datetime(2090, 6, 30, 15, 59, 59, 999999, tzinfo=UTC)
LEADERS = {
    "unit0": {"name": "张工", "id_number": "410105198001011239", "phone": "13800000000"},
    "unit1": {"name": "李工", "id_number": "11010519491231002X", "phone": "13800000001"},
    "unit2": {"name": "王工", "id_number": "440524188001010014", "phone": "13800000002"},
}


def leader_of(unit: str) -> dict[str, str]:
    """Who leads the projects of a unit."""
    return LEADERS[unit]


def definition(title: str, year: int = 2026, until: str = "2090-06-30") -> Programme:
    """A call with everything that a whole life asks for."""
    category = {
        "id": "c1",
        "name": "科普活动",
        "funding": {"kind": "fixed", "amount_fen": AMOUNT},
        "places": {"count": PLACES},
        "targets": [{"id": "c1.t1", "metric": "活动", "comparator": ">=", "value": 5, "unit": "场"}],
    }
    rules = [FIVE_DAYS, {"id": "r1", **BAN}, {"id": "r2", **FRAUD}]
    forms = [{"id": "f1", "title": "申报书", "fields": FIELDS}]
    return makers.definition(
        limit=MOST_IN_HAND,
        title=title,
        year=year,
        deadline={"on": until},
        categories=[category],
        forms=forms,
        rules=rules,
        scorecard={**rounds.CARD, "experts": 1},
        completion={"on": "2091-05-31"},
    )


def people(association: Any) -> dict[str, Any]:
    """Everybody who acts, by name; ``public`` is whoever has no account."""
    body = association.organisation
    units = [makers.unit() for _ in range(3)]
    found: dict[str, Any] = {
        "officer": make.officer(association),
        "second": make.officer(association),
        "leader": make.holder(Role.LEADER, body),
        "finance": make.holder(Role.FINANCE, body),
        "elsewhere": make.officer(make.association()),
        "nobody": make.user(),
        "public": None,
    }
    for n, unit in enumerate(units):
        found[f"unit{n}"] = makers.applicant(unit)
        found[f"unit{n}"].own_unit = unit
    for name in EXPERTS:
        expert = rounds.expert(association)
        found[name] = User.objects.get(person_id=expert.person_id)
        found[name].expert_pk = expert.pk
    return found


def calls(association: Any, officer: Any) -> Any:
    """Three calls: this year's, next year's, and a draft; the first is what the life is about."""
    made = []
    wanted = (("2026年度通知", 2026, "2026-06-30"), ("2027年度通知", 2027, "2090-06-30"))
    for title, year, until in wanted:
        call = start_from_definition(
            association.pk, definition(title, year, until), actor=officer, at=make.LONG_AGO
        )
        publish(call.pk, 1, actor=officer, at=make.LONG_AGO, note="发布")
        made.append(call.pk)
    start_from_definition(association.pk, definition("备用通知"), actor=officer, at=make.LONG_AGO)
    return made[0]


def file_of(unit: Any, association: Any, at: datetime) -> Any:
    """A receipt that a unit has sent, to be claimed again and again."""
    content = b"%PDF-1.4\n" + unit.pk.bytes.hex().encode() + b"\n%%EOF\n"
    wanted = Announced(PURPOSE, "receipt.pdf", len(content), association.pk)
    upload = SimpleUploadedFile("receipt.pdf", content)
    return store_upload(upload, wanted, actor=unit, at=at).pk
