"""A unit sees what associations have on record of it; of others, and of what is not decided, nothing."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.registers.actions import history
from keqiao.web.registers.models import RecognitionScheme
from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
KINDS = ("recognitions", "debarments", "past", "holdings", "affairs", "platforms", "incidents")


@pytest.fixture
def association():
    return make.association("三门峡市科学技术协会", slug="smx")


@pytest.fixture
def unit():
    return make.organisation("三门峡市果树学会")


def one_of_each(association, unit) -> dict:
    register = RecognitionScheme.objects.first() or makers.scheme(association, "市级科技小院")
    return {
        "recognitions": makers.recognition(register, unit),
        "debarments": makers.debarment(association, unit),
        "past": makers.past_project(association, unit),
        "holdings": makers.holding(association, unit),
        "affairs": makers.affair(association, unit),
        "platforms": makers.account(association, unit),
        "incidents": makers.incident(association, party_id=unit.pk),
    }


def shown(client, unit) -> dict[str, list]:
    of = client.get(reverse("registers:own", args=[unit.pk])).context["of"]
    return {kind: [row.pk for row in getattr(of, kind)] for kind in KINDS}


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.UNIT_ADMIN])
def test_a_unit_sees_every_line_of_its_own_whoever_keeps_it(client, association, unit, role):
    mine = one_of_each(association, unit)
    elsewhere = makers.past_project(make.association(), unit, title="省级活动")
    one_of_each(association, make.organisation("别的学会"))
    client.force_login(make.holder(role, unit))

    found = shown(client, unit)

    assert sorted(found.pop("past")) == sorted([mine["past"].pk, elsewhere.pk])
    assert found == {kind: [mine[kind].pk] for kind in KINDS if kind != "past"}


def test_the_page_says_who_keeps_each_line_and_links_to_none(client, association, unit):
    one_of_each(association, unit)
    client.force_login(make.holder(Role.APPLICANT, unit))

    page = client.get(reverse("registers:own", args=[unit.pk])).content.decode()

    assert "市级科技小院" in page
    assert page.count("三门峡市科学技术协会") >= len(KINDS)
    assert "/desk/registers/" not in page


def test_what_is_only_proposed_or_taken_back_is_not_shown(client, association, unit):
    register = makers.scheme(association)
    makers.recognition(register, unit)
    proposed = makers.recognition(register, unit)
    past = makers.past_project(association, unit)
    client.force_login(make.holder(Role.APPLICANT, unit))
    assert len(shown(client, unit)["recognitions"]) == 2
    assert shown(client, unit)["past"] == [past.pk]

    makers.decided(proposed, "strike")
    history.take_back_past_project(past.pk, reason="重复登记", by=makers.PROGRAM)

    assert len(shown(client, unit)["recognitions"]) == 1
    assert shown(client, unit)["past"] == []


def test_others_cannot_tell_that_a_unit_is_there(client, association, unit):
    one_of_each(association, unit)
    address = reverse("registers:own", args=[unit.pk])
    client.force_login(make.holder(Role.APPLICANT, unit))
    assert client.get(address).status_code == 200

    client.force_login(make.holder(Role.APPLICANT, make.organisation("别的学会")))
    assert client.get(address).status_code == 404


def test_the_page_of_a_unit_leads_each_viewer_to_the_lines_that_are_open_to_it(client, association, unit):
    page = reverse("parties:organisation", args=[unit.pk])
    own, all_lines = (reverse(f"registers:{name}", args=[unit.pk]) for name in ("own", "party"))

    def leads_to() -> set[str]:
        return {address for address, _label, _icon in client.get(page).context["pages"]}

    client.force_login(make.holder(Role.APPLICANT, unit))
    assert leads_to() == {own, reverse("eligibility:mine", args=[unit.pk])}
    client.force_login(make.officer(association))
    assert leads_to() == {all_lines}
