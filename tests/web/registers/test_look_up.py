"""The public look-up: current state by number, former numbers lead on, and nothing more than is public."""

from dataclasses import fields
from datetime import date

import pytest
from django.urls import reverse

from keqiao.web.registers.actions import keeping, recognitions
from keqiao.web.registers.queries.look_up import Shown
from tests.web import make
from tests.web.registers import makers
from tests.web.registers.makers import PROGRAM

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.association("三门峡市科学技术协会", slug="smx")


@pytest.fixture
def register(association):
    return makers.scheme(association, "市级科普教育基地", public=True, issuer="三门峡市科协")


def found(client, number: str) -> list[Shown]:
    answer = client.get(reverse("registers:look_up", args=["smx"]), {"number": number})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return answer.context["found"]


def test_a_number_gives_holder_register_state_and_days_and_nothing_else(client, register):
    makers.recognition(
        register, make.organisation("天鹅湖基地"), number="基地2023-001", valid_until=date(2090, 1, 1)
    )

    assert found(client, "基地2023-001") == [
        Shown(
            "基地2023-001",
            "市级科普教育基地",
            "三门峡市科协",
            "天鹅湖基地",
            "",
            "",
            "有效",
            date(2023, 1, 1),
            date(2090, 1, 1),
            holds=True,
        )
    ]
    assert [field.name for field in fields(Shown)] == [
        "number",
        "register",
        "issuer",
        "holder",
        "item",
        "grade",
        "state",
        "valid_from",
        "valid_until",
        "leads_to",
        "holds",
    ]


@pytest.mark.parametrize("typed", ["k2023-1", "Ｋ２０２３－１", " K2023 -1 "])
def test_width_case_and_blanks_do_not_matter(client, register, typed):
    makers.recognition(register, make.organisation(), number="K2023-1")

    assert [line.number for line in found(client, typed)] == ["K2023-1"]


def test_a_former_number_leads_to_the_one_that_holds_now(client, register):
    unit = make.organisation()
    first = makers.recognition(register, unit, number="A1")
    wanted = makers.wanted(unit, valid_from=date(2024, 1, 1), number="A2")
    second = recognitions.renew(first.pk, wanted, reason="期满", by=PROGRAM)
    other = makers.recognition(register, make.organisation(), number="B1")
    recognitions.merge(second.pk, other.pk, makers.decision("merge", date(2025, 1, 1)), by=PROGRAM)

    assert [(line.state, line.leads_to) for line in found(client, "A1")] == [("已续期", "B1")]
    assert [(line.state, line.leads_to) for line in found(client, "A2")] == [("已并入", "B1")]


def test_a_revoked_and_an_expired_number_say_so(client, register):
    makers.decided(makers.recognition(register, make.organisation(), number="R1"), "revoke")
    makers.recognition(register, make.organisation(), number="E1", valid_until=date(2023, 12, 31))

    assert [[line.state, line.holds] for number in ("R1", "E1") for line in found(client, number)] == [
        ["已撤销", False],
        ["已到期", False],
    ]


def test_what_is_not_public_cannot_be_told_from_what_is_not_there(client, association, register):
    hidden = makers.scheme(association, "内部名册")
    makers.recognition(hidden, make.organisation(), number="H1")
    recognitions.propose(register.pk, makers.wanted(make.organisation(), number="P1"), by=PROGRAM)
    foreign = makers.scheme(make.association(), public=True)
    makers.recognition(foreign, make.organisation(), number="F1")
    makers.recognition(register, make.organisation(), number="V1")
    address = reverse("registers:look_up", args=["smx"])

    pages = {
        n: client.get(address, {"number": n}).content.replace(n.encode(), b"")
        for n in ("H1", "P1", "F1", "X1")
    }

    assert len(found(client, "V1")) == 1
    assert len(set(pages.values())) == 1


def test_debarments_are_public_only_by_policy_and_never_those_of_people(client, association):
    unit, person = make.organisation("测试学会"), makers.person("李某")
    for party in (unit, person):
        makers.debarment(association, party, valid_until=date(2090, 1, 1))
    address = reverse("registers:public_debarments", args=["smx"])
    assert client.get(address).status_code == 404

    keeping.decide_sharing(association.pk, keeping.Sharing(False, False, True), by=PROGRAM)
    shown = client.get(address)

    assert [str(row.party) for row in shown.context["rows"]] == ["测试学会"]


def test_an_address_that_asks_too_often_is_told_so_and_learns_nothing(client, register, settings):
    settings.OWN_RATE_LIMITS = {**settings.OWN_RATE_LIMITS, "look_up": "2/h/ip"}
    makers.recognition(register, make.organisation("天鹅湖基地"), number="基地2023-001")
    assert [len(found(client, "基地2023-001")), len(found(client, "无此编号"))] == [1, 0]

    page = reverse("registers:look_up", args=["smx"])
    refused = client.get(page, {"number": "基地2023-001"})

    assert (refused.status_code, refused.context["found"]) == (429, [])
    assert "天鹅湖基地" not in refused.content.decode()
    assert client.get(page).status_code == 200  # the empty form asks for nothing
    elsewhere = client.get(page, {"number": "基地2023-001"}, REMOTE_ADDR="203.0.113.9")
    assert len(elsewhere.context["found"]) == 1
