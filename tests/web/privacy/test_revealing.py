"""A locked value is seen whole only with a reason, by those its room names, and every look leaves one event."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import events_of_act, timeline
from keqiao.web.parties.models import Person, Tie, TieKind
from tests.web import make

pytestmark = pytest.mark.django_db

NUMBER = "11010519491231002X"
MASK = "110105********002X"


@pytest.fixture
def association():
    return make.association()


@pytest.fixture
def unit(association):
    unit = make.organisation("市农学会")
    tie(unit, association.organisation, TieKind.MEMBER)
    return unit


def tie(party, organisation, kind):
    Tie.objects.create(
        party_id=party.pk,
        organisation_id=organisation.pk,
        kind=kind.value,
        valid_from=date(2020, 1, 1),
        source="测试",
    )


@pytest.fixture
def person(unit):
    made = Person.objects.create(name="李四", identity_number=NUMBER)
    tie(made, unit, TieKind.STAFF)
    return made


def address(person, column="identity_number", label="parties.person"):
    return reverse("privacy:reveal", args=[label, column, person.pk])


def chain(person):
    return [
        event for event in timeline(Chain("parties.party", str(person.pk))) if event.act == "value_revealed"
    ]


def test_an_officer_sees_the_mask_then_with_a_reason_the_number_once(client, association, person):
    officer = make.officer(association)
    client.force_login(officer)

    before = client.get(address(person))
    after = client.post(address(person), {"reason": "核对酬金发放表"})
    again = client.get(address(person))

    assert (MASK in before.text, NUMBER in before.text) == (True, False)
    assert NUMBER in after.text
    assert NUMBER not in again.text
    assert "no-store" in after.headers["Cache-Control"]
    (event,) = chain(person)
    assert (event.actor_id, event.role, event.reason.text) == (officer.pk, "officer", "核对酬金发放表")
    assert event.data == {"field": "parties.person.identity_number", "row": str(person.pk)}
    assert events_of_act("value_revealed").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "看看", "  a b "])
def test_without_a_reason_nothing_is_shown_and_nothing_recorded(client, association, person, reason):
    client.force_login(make.officer(association))

    answer = client.post(address(person), {"reason": reason})

    assert (answer.status_code, NUMBER in answer.text, chain(person)) == (422, False, [])


def test_the_keeper_of_the_own_unit_may_see_it(client, unit, person):
    client.force_login(make.holder(Role.UNIT_ADMIN, unit))

    assert NUMBER in client.post(address(person), {"reason": "核对本单位名册"}).text


@pytest.mark.parametrize("role", [Role.LEADER, Role.FINANCE, Role.APPLICANT, Role.EXPERT])
def test_for_other_roles_of_the_association_there_is_no_such_page(client, association, person, role):
    client.force_login(make.holder(role, association.organisation))

    assert client.get(address(person)).status_code == 404
    assert client.post(address(person), {"reason": "核对酬金发放表"}).status_code == 404
    assert chain(person) == []


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_administrators_cannot_open_numbers(client, person, role):
    client.force_login(make.holder(role))

    assert client.post(address(person), {"reason": "核对酬金发放表"}).status_code == 404


def test_an_officer_of_another_association_cannot_tell_that_there_is_a_number(client, person):
    client.force_login(make.officer(make.association()))

    assert client.get(address(person)).status_code == 404


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("parties.person", "birth_date"),
        ("parties.person", "identity_key"),
        ("parties.person", "nothing"),
        ("accounts.user", "email"),
        ("nothing.nothing", "identity_number"),
    ],
)
def test_only_locked_columns_that_are_declared_can_be_opened(client, association, person, label, column):
    client.force_login(make.officer(association))

    assert client.get(address(person, column, label)).status_code == 404


def test_a_malformed_id_is_no_error(client, association):
    client.force_login(make.officer(association))

    assert client.get("/privacy/reveal/parties.person/identity_number/x/").status_code == 404


def test_the_audit_administrator_sees_who_looked_and_why_but_no_number(client, association, person):
    officer = make.officer(association)
    client.force_login(officer)
    client.post(address(person), {"reason": "核对酬金发放表"})
    client.force_login(make.holder(Role.AUDIT_ADMIN))

    page = client.get(reverse("privacy:reveals")).text

    assert all(words in page for words in (str(officer), "核对酬金发放表", "身份证号码", str(person.pk)))
    assert NUMBER not in page
    client.force_login(officer)
    assert client.get(reverse("privacy:reveals")).status_code == 404


def test_looks_are_found_by_who_why_and_day_at_the_same_cost_for_one_and_three(client, association, person):
    officer = make.officer(association)
    audit = make.holder(Role.AUDIT_ADMIN)

    def asked(question: str = "") -> list[str]:
        client.force_login(audit)
        return [
            look.reason for look in client.get(reverse("privacy:reveals"), {"q": question}).context["looks"]
        ]

    def cost() -> int:
        asked()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("privacy:reveals"))
        return len(queries)

    def look(reason: str) -> None:
        client.force_login(officer)
        client.post(address(person), {"reason": reason})

    look("核对酬金发放表")
    one = cost()
    look("核对专家聘任材料")
    look("核对酬金补发表")

    assert cost() == one
    assert asked("酬金") == ["核对酬金补发表", "核对酬金发放表"]
    assert asked("原因:专家 内容:身份证号码") == ["核对专家聘任材料"]
    assert len(asked(f"查看人:{officer}")) == len(asked(f"编号:{person.pk}")) == 3
    assert asked("时间<2020") == asked("没有这个词") == []


def test_the_number_stands_in_no_event(client, association, person):
    client.force_login(make.officer(association))
    client.post(address(person), {"reason": "核对酬金发放表"})

    assert not any(NUMBER in f"{event.data}{event.digest}" for event in events_of_act("value_revealed"))
