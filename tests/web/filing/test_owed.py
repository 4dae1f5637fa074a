"""Stamped pages and mails that are owed: opened and closed by the facts, as ``keqiao verify`` counts them."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keqiao.core.workdays import last_moment
from keqiao.web.duties.kinds import kind_called
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import differences, waiting_for
from keqiao.web.filing.actions.mails import refuse
from keqiao.web.filing.actions.papers import Came, note_papers, take_back_papers
from keqiao.web.filing.actions.stamped import make_page, set_aside
from keqiao.web.filing.owed import KINDS
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.models import Draft, Offer
from scripts.mail_server import MailServer
from tests.web import make
from tests.web.applications import makers
from tests.web.filing import mails
from tests.web.filing.stamped_pages import brought, printed
from tests.web.filing.test_collecting import Office

pytestmark = pytest.mark.django_db
STAMPED = {"filing": {"channels": ["paper"], "stamped": True}}
LATER = makers.NOW + timedelta(hours=1)


@pytest.fixture
def application():
    return makers.submitted(makers.call(**STAMPED))


@pytest.fixture(autouse=True)
def facts_and_duties_agree():
    """After each test the books are those that the facts give."""
    yield
    for kind in KINDS:
        assert differences(kind) == ([], [])


def owed_to(viewer, at=LATER):
    """What waits for somebody of this room, and where it is done."""
    lines = waiting_for(viewer, at).lines
    return [(line.title, line.address) for line in lines if line.kind.code.startswith("filing.")]


def facts():
    return [
        row.fact
        for row in Duty.objects.filter(kind="filing.page", role="applicant").order_by(
            "opened_at", "settled_at"
        )
    ]


def page_of(application):
    application = makers.fresh(application)
    words = f"上传盖章页：{application.title}（{application.call.title}）"
    return [(words, reverse("filing:stamped", args=[application.pk]))]


def test_what_was_submitted_without_its_page_waits_for_the_unit_until_the_page_came(application):
    assert owed_to(application.created_by) == page_of(application)
    assert owed_to(make.officer(application.call.association)) == []

    brought(printed(application)[1], application, name="page.pdf")

    assert (owed_to(application.created_by), facts()) == ([], ["matched"])


def test_after_a_correction_the_page_is_owed_anew_and_while_it_is_corrected_it_is_not(application):
    brought(printed(application)[1], application, name="page.pdf")
    makers.returned(application)
    assert owed_to(application.created_by) == []
    makers.save(application, summary="六个乡镇，十二场。")
    makers.submit(application)

    assert owed_to(application.created_by) == page_of(application)
    brought(printed(makers.fresh(application))[1], application, name="again.pdf")
    assert (owed_to(application.created_by), facts()) == ([], ["matched", "matched"])


def test_a_page_that_was_stamped_before_submitting_is_not_owed():
    draft = makers.draft(makers.call(**STAMPED))
    make_page((APPLICATION, draft.pk), actor=draft.created_by, at=makers.NOW)
    brought(printed(draft)[1], draft, name="page.pdf")

    makers.submit(draft)

    assert (owed_to(draft.created_by), Duty.objects.filter(kind="filing.page").count()) == ([], 0)


def test_a_picture_that_is_set_aside_leaves_the_page_owed_again(application):
    (scan,) = brought(printed(application)[1], application, name="page.pdf")

    set_aside(scan.pk, "拍糊了", actor=application.created_by, at=LATER)

    assert owed_to(application.created_by) == page_of(application)


def test_copies_on_paper_do_as_well_and_what_was_noted_wrongly_does_not(application):
    officer = make.officer(application.call.association)
    came = Came(1, 0, local_day(LATER), "onsite", "")

    noted = note_papers(application.pk, came, actor=officer, at=LATER)
    assert (owed_to(application.created_by), facts()) == ([], ["papers_noted"])
    take_back_papers(noted.pk, "记错了", actor=officer, at=LATER)
    assert owed_to(application.created_by) == page_of(application)


def test_what_is_withdrawn_and_what_needs_no_seal_is_not_owed(application):
    unit = application.created_by
    makers.actions.withdraw(application.pk, actor=unit, at=LATER, reason="不报了")
    assert (owed_to(unit), facts()) == ([], ["withdrawn"])

    other = makers.submitted(makers.call())
    assert owed_to(other.created_by) == []


def test_a_duty_that_is_not_there_is_found(application):
    Duty.objects.filter(kind="filing.page").delete()

    missing, _surplus = differences(kind_called("filing.page"))
    assert [each.about[1] for each in missing] == [str(application.pk)]
    brought(printed(application)[1], application, name="page.pdf")


def test_a_mail_that_waits_is_owed_to_officers_until_one_decides(
    mail_server: MailServer, tmp_path: Path, settings: Any
):
    settings.MAILBOX_INSIDE = True
    office = Office(mail_server, tmp_path)
    officer = make.officer(office.association)
    letter = mails.letter(mails.STRANGER, ("a.docx", office.form()))

    (held,) = office.receives(letter, sender=mails.STRANGER)

    now = timezone.now()
    address = reverse("filing:mail", args=[held.pk])
    assert Duty.objects.get(kind="filing.mail").due_at == makers.offer(office.call).deadline_at
    assert owed_to(officer, now) == [("处理邮箱“学会部邮箱”的来件", address)]
    assert owed_to(make.officer(make.association()), now) == []
    refuse(held.pk, "请先注册", actor=officer, at=now)
    assert owed_to(officer, now) == []


def due(application):
    """By when its unit owes the page."""
    rows = Duty.objects.filter(kind="filing.page", about_id=str(application.pk), settled_at=None)
    return set(rows.values_list("due_at", flat=True))


def extended(call, day):
    draft = Draft.objects.get(call=call)
    draft.definition |= {"deadline": {"on": day}}
    draft.save()
    publish(call.pk, draft.version, actor=call.created_by, at=makers.NOW, note="延期")


def test_the_page_is_owed_by_the_deadline_and_moves_with_it():
    call = makers.call(**STAMPED)
    application = makers.submitted(call)
    assert due(application) == {makers.LAST_MOMENT}

    extended(call, "2026-07-15")

    assert due(application) == {last_moment(date(2026, 7, 15))}


def test_where_the_call_states_no_deadline_the_day_of_whoever_endorses_counts():
    steps = [{"words": "县科协审核盖章", "by": "县（市、区）科协", "act": "check", "deadline": "2026-06-20"}]
    call = makers.call(**STAMPED, endorsement=[{"id": "county", "steps": steps}])
    Offer.objects.filter(call=call).update(deadline_at=None)

    application = makers.submitted(call)

    assert due(application) == {last_moment(date(2026, 6, 20))}


def test_the_page_of_a_correction_after_the_deadline_is_owed_by_the_day_of_the_correction(application):
    officer = make.officer(application.call.association)
    correction = makers.correction(day="2026-07-10")
    makers.actions.return_for_correction(application.pk, correction, actor=officer, at=makers.NOW)
    makers.save(application, summary="六个乡镇，十二场。")
    makers.submit(application)

    assert due(application) == {last_moment(date(2026, 7, 10))}
