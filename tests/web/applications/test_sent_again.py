"""A double click, a retry after a timeout, a form sent again after a cut: each act takes effect once."""

from collections import Counter
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.applications.models import Application, Attachment, Return, Submission, Version
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import check_chains
from keqiao.web.notifications.models import Message
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import posted_from

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TIMES = 5


@pytest.fixture(autouse=True)
def the_day(monkeypatch) -> None:
    """Every request arrives on the day of the makers, before the deadline."""
    monkeypatch.setattr("keqiao.web.config.middleware.arrival.database_now", lambda: makers.NOW)


def acts() -> Counter[str]:
    assert check_chains().faults == ()
    return Counter(event.act for event in events_of_kind("applications.application"))


def sent_again(client: Any, address: str, said: Any) -> list[int]:
    """The same form five times, as a browser sends it; the answers."""
    return [client.post(address, said() if callable(said) else said).status_code for _ in range(TIMES)]


def test_a_submission_sent_again_leads_to_the_same_receipt(client):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)
    said = {"key": makers.key()}

    came = [client.post(reverse("applications:submit", args=[draft.pk]), said) for _ in range(TIMES)]

    receipt = reverse("applications:receipt", args=[Submission.objects.get().pk])
    assert [(answer.status_code, answer.headers.get("Location")) for answer in came] == [
        (302, receipt)
    ] * TIMES
    assert (acts()["submitted"], Holding.objects.count(), Message.objects.filter(channel="mail").count()) == (
        1,
        1,
        1,
    )


@pytest.mark.parametrize("way", ["fill", "autosave"])
def test_a_save_sent_again_makes_one_version(client, way):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)
    page = client.get(reverse("applications:fill", args=[draft.pk]))
    said = {**posted_from(page), "f.summary": ["再写一段。"]}
    before = Version.objects.count()

    came = sent_again(client, reverse(f"applications:{way}", args=[draft.pk]), said)

    assert (set(came), Version.objects.count()) == ({302} if way == "fill" else {200}, before + 1)


def test_a_file_sent_again_stands_in_the_form_once(client):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)

    came = sent_again(
        client,
        reverse("applications:files", args=[draft.pk, "proof"]),
        lambda: {"file": SimpleUploadedFile("章程.pdf", PDF)},
    )

    answers = makers.fresh(draft).versions.get(number=makers.fresh(draft).version).answers
    assert (set(came), len(answers["proof"]), Attachment.objects.count()) == ({302}, 1, 1)


def test_a_withdrawal_sent_again_is_one(client):
    application = makers.submitted(makers.call())
    client.force_login(application.created_by)

    came = sent_again(client, reverse("applications:withdraw", args=[application.pk]), {"reason": "方案有变"})

    assert (came[0], acts()["withdrawn"], makers.fresh(application).state) == (302, 1, "withdrawn")
    assert set(came[1:]) == {409}


def test_what_is_taken_up_again_twice_is_one_draft(client):
    application = makers.submitted(makers.call())
    makers.withdraw(application)
    client.force_login(application.created_by)

    came = sent_again(client, reverse("applications:take_up_again", args=[application.pk]), {})

    assert (came, acts()["taken_up_again"]) == ([302, 409, 409, 409, 409], 1)


def test_a_return_sent_again_is_one_with_one_letter(client):
    application = makers.submitted(makers.call())
    client.force_login(make.officer(application.call.association))
    said = {"field": ["summary"], "reason.summary": "请写明场次", "until": "2026-06-10", "note": ""}

    came = sent_again(client, reverse("applications:return", args=[application.pk]), said)

    letters = Message.objects.filter(template="application.returned", channel="mail")
    assert (came[0], Return.objects.count(), acts()["returned"], letters.count()) == (302, 1, 1, 1)


def test_a_beginning_sent_again_leaves_drafts_that_take_no_place(client):
    call = makers.call(limit=1)
    user = makers.applicant(makers.unit())
    client.force_login(user)
    (unit,) = user.organisations_as("applicant", makers.NOW)

    sent_again(client, reverse("applications:begin", args=[makers.offer(call).pk]), {"unit": str(unit)})

    assert (Application.objects.filter(state="draft").exists(), Holding.objects.count()) == (True, 0)
