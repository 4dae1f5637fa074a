"""Somebody who may verifies a registration, once; doubts are shown and refuse nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.models import Registration, User
from keqiao.web.accounts.queries import roles_at
from keqiao.web.accounts.registration.actions import Verdict, verify_registration
from keqiao.web.accounts.registration.doubts import doubts_of
from keqiao.web.accounts.registration.queries import similar_units
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message
from keqiao.web.parties.actions import rename
from keqiao.web.parties.models import Organisation, TieKind
from tests.web import make
from tests.web.accounts.registering import (
    CODE,
    CONTACT,
    decide,
    facts,
    proved,
    registered,
    signed_in,
    state_of,
)

pytestmark = pytest.mark.django_db
OTHER = "51410000MJ0000000A"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def test_an_officer_verifies_and_the_contact_can_log_in_and_administer_the_unit():
    association = make.association()
    officer, registration = make.officer(association), registered(association)
    assert decide(signed_in(officer), registration, "verify").status_code == 302

    registration.refresh_from_db()
    unit, user = registration.organisation, registration.user
    assert (unit.name, unit.credit_code, user.email) == ("三门峡市果树学会", CODE, CONTACT)
    assert roles_at(user, registration.decided_at) == {"applicant", "unit_admin"}
    assert [tie.kind for tie in unit.ties.all()] == [TieKind.AFFILIATION]
    assert not user.has_usable_password()
    assert Message.objects.filter(template="registration.verified", address=CONTACT).count() == 1


def test_a_known_unit_is_attached_and_a_known_person_gets_the_roles():
    association = make.association()
    known = make.organisation("三门峡市果树学会", credit_code=CODE)
    person = make.user(email=CONTACT)
    registration = registered(association)
    decide(signed_in(make.officer(association)), registration, "verify")

    registration.refresh_from_db()
    assert (registration.organisation_id, registration.user_id) == (known.pk, person.pk)
    assert Organisation.objects.filter(name="三门峡市果树学会").count() == 1


def test_only_the_address_that_was_proved_goes_into_the_account():
    association = make.association()
    registration = registered(association, phone="13812345678")
    decide(signed_in(make.officer(association)), registration, "verify")
    registration.refresh_from_db()
    assert (registration.user.email, registration.user.phone) == (CONTACT, None)


def test_a_returned_registration_is_corrected_and_verified():
    association = make.association()
    officer, registration = signed_in(make.officer(association)), registered(association)
    decide(officer, registration, "return", fields_to_change=["kind"], note="类别与证书不符")
    assert state_of(registration) == "returned"

    contact = proved()
    address = reverse("accounts:register_correct", args=[registration.pk])
    assert "类别与证书不符" in contact.get(address).content.decode()
    said = facts(association, registration.region, kind="foundation", certificate="")
    assert contact.post(address, said).status_code == 302
    assert (state_of(registration), registration.kind) == ("submitted", "foundation")
    decide(officer, registration, "verify")
    assert state_of(registration) == "verified"
    assert [event.act for event in timeline(registration)] == [
        "registration_submitted",
        "registration_returned",
        "registration_submitted_again",
        "registration_verified",
    ]


@pytest.mark.parametrize("act", ["return", "refuse"])
def test_returning_and_refusing_say_why(act):
    association = make.association()
    registration = registered(association)
    answer = decide(signed_in(make.officer(association)), registration, act)
    assert (answer.status_code, state_of(registration)) == (422, "submitted")


def test_what_is_decided_is_not_decided_again():
    association = make.association()
    officer, registration = signed_in(make.officer(association)), registered(association)
    decide(officer, registration, "refuse", note="不是法人单位")
    answer = decide(officer, registration, "verify")
    assert (answer.status_code, state_of(registration)) == (422, "refused")


def test_the_endorsing_unit_verifies_what_names_it_and_nothing_else():
    association = make.association()
    unit = make.organisation("三门峡市教育局", kind="government_body")
    endorser = signed_in(make.holder(Role.ENDORSER, unit))
    mine = registered(association, endorsing_unit=unit.pk)
    other = registered(association, "two@example.org", unit_name="别的学会", region=mine.region)

    assert decide(endorser, other, "verify").status_code == 404
    assert decide(endorser, mine, "verify").status_code == 302
    assert (state_of(mine), state_of(other)) == ("verified", "submitted")


def test_officers_of_other_associations_and_the_unit_itself_see_nothing():
    association = make.association()
    registration = registered(association)
    address = reverse("accounts:registration", args=[registration.pk])
    scan = reverse("accounts:registration_certificate", args=[registration.pk])
    assert signed_in(make.officer(association)).get(address).status_code == 200
    assert signed_in(make.officer(association)).get(scan).headers["Content-Type"] == "image/png"
    for who in (make.officer(make.association()), make.holder(Role.APPLICANT, make.organisation())):
        assert signed_in(who).get(address).status_code == 404
        assert signed_in(who).get(scan).status_code == 404
        assert (
            signed_in(who).get(reverse("files:download", args=[registration.certificate_id])).status_code
            == 404
        )


def test_somebody_else_can_neither_correct_nor_withdraw_it():
    registration = registered()
    stranger = proved("stranger@example.org")
    Registration.objects.update(state="returned")
    assert stranger.get(reverse("accounts:register_correct", args=[registration.pk])).status_code == 404
    stranger.post(reverse("accounts:register_withdraw", args=[registration.pk]))
    assert state_of(registration) == "returned"
    proved().post(reverse("accounts:register_withdraw", args=[registration.pk]))
    assert state_of(registration) == "withdrawn"


def candidates(registration: Registration) -> list[Organisation]:
    return similar_units(registration, registration.submitted_at.date())


def codes(registration: Registration) -> set[str]:
    found = doubts_of(registration, candidates(registration), "zh-hans", registration.submitted_at)
    return {finding.code.removeprefix("registration.") for finding in found}


def test_doubts_are_shown_and_refuse_nothing():
    association = make.association()
    known = make.organisation("三门峡市果树学会（旧）", credit_code=CODE)
    make.role_of(make.user(), Role.UNIT_ADMIN, known)
    make.organisation("三门峡市果树学会分会")
    registration = registered(association, kind="company")
    registered(association, "two@example.org", region=registration.region)
    assert codes(registration) == {
        "kind_unusual",
        "region_differs",
        "known_under_other_name",
        "known_as_other_kind",
        "similar_name_without_code",
        "has_administrator",
        "sent_more_than_once",
    }
    page = signed_in(make.officer(association)).get(reverse("accounts:registration", args=[registration.pk]))
    assert page.context["form"].fields["administers"].initial is False


def sanmenxia():
    """三门峡市 under 河南省, so that names with the place written in another way are known."""
    return make.region(code="411200", name="三门峡市", level="prefecture", parent=make.region())


def test_a_unit_is_found_by_a_former_name_and_by_its_place_written_another_way():
    region = sanmenxia()
    renamed = make.organisation("三门峡市果树学会")
    rename(renamed, "三门峡市园艺学会", actor=None, role="tests", at=datetime(2024, 1, 1, tzinfo=UTC))
    shorter = make.organisation("三门峡气象学会")
    registration = registered(region=region)
    other = registered(
        registration.association,
        "two@example.org",
        region=region,
        unit_name="三门峡市气象学会",
        credit_code=OTHER,
    )
    assert (candidates(registration), candidates(other)) == ([renamed], [shorter])


def test_a_unit_of_the_roll_without_a_code_gets_the_one_that_was_verified():
    association = make.association()
    known = make.organisation("三门峡果树学会", short_name="果树学会")
    registration = registered(association, region=sanmenxia())
    decide(signed_in(make.officer(association)), registration, "verify", unit=known.pk)
    known.refresh_from_db()
    assert (known.credit_code, Registration.objects.get().organisation_id) == (CODE, known.pk)
    assert known.names.filter(kind="short", valid_until__isnull=True).get().text == "果树学会"


def test_a_registration_without_doubts_has_none():
    region = make.region(code="411200", name="三门峡市", level="prefecture")
    assert codes(registered(region=region)) == set()


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_for_any_number(number, django_assert_num_queries):
    association = make.association()
    officer = make.officer(association)
    first = registered(association)
    for each in range(1, number):
        registered(association, f"c{each}@example.org", unit_name=f"第{each}个学会", region=first.region)
    client = signed_in(officer)
    client.get(reverse("accounts:registrations"))
    with django_assert_num_queries(8 + (connection.vendor != "sqlite")):  # one: saved views
        page = client.get(reverse("accounts:registrations"))
    assert len(page.context["list"].page.object_list) == number


def test_the_queue_can_be_asked_and_had_as_a_file():
    association = make.association()
    first = registered(association)
    other = registered(association, "c2@example.org", unit_name="第二个学会", region=first.region)
    client = signed_in(make.officer(association))

    asked = {"q": f"受理号:{other.number} 提交时间:2000..", "export": "csv"}
    lines = client.get(reverse("accounts:registrations"), asked).content.decode("utf-8-sig").splitlines()

    assert [line.split(",")[1:] for line in lines] == [
        ["单位", "单位类别", "所在区域", "受理号", "状态"],
        ["第二个学会", "学会（协会、研究会）", str(first.region), other.number, "待核验"],
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_verifies():
    association = make.association()
    registration = registered(association)
    gate = Barrier(2)

    def run(officer: User) -> str:
        gate.wait(timeout=30)
        try:
            verify_registration(registration.pk, Verdict(), actor=officer, at=registration.submitted_at)
        except NotAllowed:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        officers = [make.officer(association) for _ in range(2)]
        assert sorted(pool.map(run, officers)) == ["done", "refused"]
    assert User.objects.filter(email=CONTACT).count() == 1
