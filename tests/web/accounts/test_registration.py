"""A unit registers itself; nobody learns who is known already; somebody who may verifies it, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.models import Registration, User
from keqiao.web.accounts.queries import roles_at
from keqiao.web.accounts.registration.actions import Verdict, verify_registration
from keqiao.web.accounts.registration.doubts import doubts_of
from keqiao.web.accounts.registration.queries import similar_units
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message, MessageState
from keqiao.web.parties.actions import rename
from keqiao.web.parties.models import Organisation, TieKind
from tests.web import make
from tests.web.accounts.registering import CODE, CONTACT, code_sent_to, facts, proved, registered

pytestmark = pytest.mark.django_db
OTHER = "51410000MJ0000000A"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


def words(response) -> str:
    """A page without the tokens that differ each time."""
    return re.sub(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]+', r"\1", response.content.decode())


def decide(client: Client, registration: Registration, act: str, **said):
    address = reverse("accounts:registration", args=[registration.pk])
    return client.post(address, {"act": act, "administers": "on", **said})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def state_of(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.state


# ------------------------------------------------------------------------------------------ the contact


def test_a_code_of_six_digits_goes_to_the_address_and_is_wiped_once_it_has_gone(client):
    client.post(reverse("accounts:register"), {"address": CONTACT})
    assert re.fullmatch(r"[0-9]{6}", code_sent_to(CONTACT))


def test_known_and_unknown_addresses_get_the_same_pages_and_the_same_mail():
    make.user(email="known@example.org")
    answers = []
    for address in ("known@example.org", "other@example.org"):
        client = Client()
        first = client.post(reverse("accounts:register"), {"address": address})
        second = client.get(reverse("accounts:register_code"))
        wrong = client.post(reverse("accounts:register_code"), {"code": "x"})
        sent = Message.objects.get(address=address)
        answers.append(
            (
                first.status_code,
                first.headers["Location"],
                words(second).replace(address, "…"),
                wrong.status_code,
                words(wrong).replace(address, "…"),
                (sent.template, sorted(sent.variables), sent.channel, sent.recipient_id),
            )
        )
    assert answers[0] == answers[1]


def test_a_number_gets_its_code_by_text_message_where_the_site_sends_them(client, settings):
    settings.SMS_GATEWAY = ""
    refused = client.post(reverse("accounts:register"), {"address": "13812345678"})
    assert (refused.status_code, Message.objects.count()) == (422, 0)

    settings.SMS_GATEWAY = "keqiao.web.notifications.sms.FolderGateway"
    client.post(reverse("accounts:register"), {"address": "138 1234 5678"})
    assert Message.objects.get().channel == "sms"
    assert re.fullmatch(r"[0-9]{6}", code_sent_to("13812345678"))


def test_a_wrong_an_old_and_a_used_code_open_nothing(client, settings):
    client.post(reverse("accounts:register"), {"address": CONTACT})
    code = code_sent_to(CONTACT)
    wrong = "000000" if code != "000000" else "111111"
    assert client.post(reverse("accounts:register_code"), {"code": wrong}).status_code == 422
    assert client.get(reverse("accounts:register_new")).status_code == 302

    session = client.session
    session["contact"] = {**session["contact"], "sent_at": "2020-01-01T00:00:00+00:00"}
    session.save()
    assert client.post(reverse("accounts:register_code"), {"code": code}).status_code == 422


def test_after_ten_tries_the_right_code_is_refused_too(client):
    client.post(reverse("accounts:register"), {"address": CONTACT})
    for _number in range(10):
        client.post(reverse("accounts:register_code"), {"code": "nothing"})
    answer = client.post(reverse("accounts:register_code"), {"code": code_sent_to(CONTACT)})
    assert answer.status_code == 422


def test_one_address_gets_five_codes_an_hour_whoever_asks():
    answers = [Client().post(reverse("accounts:register"), {"address": CONTACT}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422] * 2
    assert Message.objects.filter(address=CONTACT).count() == 5


def test_a_session_planted_before_the_proof_is_not_the_one_after_it(client):
    client.post(reverse("accounts:register"), {"address": CONTACT})
    before = client.session.session_key
    client.post(reverse("accounts:register_code"), {"code": code_sent_to(CONTACT)})
    assert client.session.session_key != before


def test_without_a_proof_the_form_leads_back_to_the_beginning(client):
    for name in ("register_new", "registrations_mine", "register_code"):
        assert client.get(reverse(f"accounts:{name}")).headers["Location"] == reverse("accounts:register")


# -------------------------------------------------------------------------------------------- the form


def test_a_whole_form_becomes_a_registration_and_tells_its_officers():
    association = make.association()
    officer = make.officer(association)
    registration = registered(association)

    assert (registration.state, registration.credit_code, registration.email) == ("submitted", CODE, CONTACT)
    assert registration.certificate.sha256 != ""
    assert [event.act for event in timeline(registration)] == ["registration_submitted"]
    told = Message.objects.get(template="registration.waits")
    assert (told.recipient_id, told.state) == (officer.pk, MessageState.SENT)
    assert User.objects.filter(email=CONTACT).count() == 0


def test_all_faults_are_said_at_once_and_the_file_is_kept():
    association, region = make.association(), make.region()
    client = proved()
    said = facts(association, region, unit_name="", credit_code="51410000MJ0000000T", contact_name="")
    answer = client.post(reverse("accounts:register_new"), said)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"unit_name", "credit_code", "contact_name"}
    assert form.kept.name == "证书.png"

    again = facts(association, region, certificate="", sent=form.kept.pk)
    assert client.post(reverse("accounts:register_new"), again).status_code == 302
    assert Registration.objects.get().certificate_id == form.kept.pk


def test_a_hosted_body_names_its_host_and_has_no_code_of_its_own():
    association, region = make.association(), make.region()
    client = proved()
    said = facts(association, region, kind="university_association", credit_code="")
    answer = client.post(reverse("accounts:register_new"), said)
    assert set(answer.context["form"].errors) == {"host_name", "host_code", "certificate"} - {"certificate"}

    whole = {
        **facts(association, region),
        **said,
        "host_name": "三门峡大学",
        "host_code": "124100004150000006",
    }
    whole["certificate"] = SimpleUploadedFile("c.pdf", b"%PDF-1.4\n")
    assert client.post(reverse("accounts:register_new"), whole).status_code == 302


def test_a_file_that_is_no_certificate_is_refused():
    association, region = make.association(), make.region()
    said = facts(association, region, certificate=SimpleUploadedFile("a.png", b"<html>"))
    answer = proved().post(reverse("accounts:register_new"), said)
    assert set(answer.context["form"].errors) == {"certificate"}


def test_a_file_that_somebody_else_sent_is_not_taken():
    association, region = make.association(), make.region()
    bad = facts(association, region, unit_name="")
    kept = proved().post(reverse("accounts:register_new"), bad).context["form"].kept

    said = facts(association, region, certificate="", sent=kept.pk)
    answer = proved("else@example.org").post(reverse("accounts:register_new"), said)
    assert set(answer.context["form"].errors) == {"certificate"}


def test_a_unit_that_is_known_already_is_taken_in_by_the_same_page():
    association = make.association()
    make.organisation("三门峡市果树学会", credit_code=CODE)
    unknown = registered(association, unit_name="别的学会", credit_code="51410000MJ0000000A")
    known = registered(association, "second@example.org", region=unknown.region)
    pages = []
    for address in (CONTACT, "second@example.org"):
        page = words(proved(address).get(reverse("accounts:registrations_mine")))
        for said in (unknown, known):
            page = page.replace(str(said.pk), "…").replace(said.unit_name, "…").replace(said.number, "…")
        pages.append(re.sub(r"datetime=\"[^\"]+\"", "", page.replace(address, "…")))
    assert pages[0] == pages[1]


# ---------------------------------------------------------------------------------------- verification


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
    with django_assert_num_queries(7 + (connection.vendor != "sqlite")):
        page = client.get(reverse("accounts:registrations"))
    assert len(page.context["list"].page.object_list) == number


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
