"""A unit registers itself; nobody learns who is known already; somebody who may verifies it, once."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keqiao.web.accounts.models import Registration, User
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.models import Message, MessageState
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
