"""Mails filed by SMTP and read over IMAP, by real servers: drafts, additions, strangers, and what is let lie."""

import time
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of, specification_of
from keqiao.web.filing import collecting, queries
from keqiao.web.filing.collecting import access_of, read_mailbox
from keqiao.web.filing.imap import open_postbox
from keqiao.web.filing.models import Mail, Mailbox, Scan
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.notifications.models import Message
from scripts.mail_server import MailServer
from tests.web import make
from tests.web.applications import makers
from tests.web.filing import mails, stamped_pages

pytestmark = pytest.mark.django_db
PATIENCE_SECONDS = 20


class Office:
    """An association with an open call and a mailbox, and a unit with somebody who applies for it."""

    def __init__(self, server: MailServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        now = timezone.now()
        self.association = make.association()
        last_day = (now + timedelta(days=20)).date()
        definition = makers.definition(deadline={"on": last_day.isoformat()})
        self.call = make.published_call(self.association, definition)
        self.unit = makers.unit()
        self.applicant = make.user(email=mails.UNIT)
        make.role_of(self.applicant, Role.APPLICANT, self.unit)
        self.mailbox = mails.mailbox(server, self.association, now - timedelta(minutes=1))
        self.last_uid = self._all_before()

    def _all_before(self) -> int:
        """What earlier tests left lies before this one."""
        with open_postbox(access_of(self.mailbox)) as postbox:
            lying = [each.uid for each in postbox.lying(0, self.mailbox.read_from)]
            Mailbox.objects.filter(pk=self.mailbox.pk).update(
                last_uid=max(lying, default=0), uid_validity=postbox.uid_validity
            )
        return max(lying, default=0)

    def form(self, **answers: Any) -> bytes:
        """The filled Word form of the category."""
        draft = Application(
            call=self.call, revision=self.call.revisions.get(), node=makers.offer(self.call).node
        )
        specification = specification_of(draft)
        assert specification is not None
        return mails.word_form(specification, {**makers.ANSWERS, **answers}, self.folder)

    def receives(self, *sent: Any, count: int | None = None, **how: Any) -> list[Mail]:
        """Send mails, wait until they lie in the mailbox, read it; the mails that were taken up."""
        mails.send(self.server, *sent, **how)
        self._wait(len(sent) if count is None else count)
        read_mailbox(self.mailbox.pk, timezone.now())
        return list(Mail.objects.filter(mailbox=self.mailbox).order_by("uid"))

    def _wait(self, count: int) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        seen = Mailbox.objects.get(pk=self.mailbox.pk).last_uid
        while time.monotonic() < until:
            with open_postbox(access_of(self.mailbox)) as postbox:
                if len(list(postbox.lying(seen, self.mailbox.read_from))) >= count:
                    return
            time.sleep(0.1)
        raise AssertionError("the mail did not arrive")


@pytest.fixture
def office(mail_server: MailServer, tmp_path: Path, settings: Any) -> Office:
    settings.MAILBOX_INSIDE = True
    return Office(mail_server, tmp_path)


def answers_to(office: Office) -> list[Message]:
    return list(Message.objects.filter(template__startswith="filing.", channel="mail").order_by("queued_at"))


def test_a_form_and_a_stamped_pdf_become_a_draft_of_the_unit_and_an_answer(office: Office):
    letter = mails.letter(mails.UNIT, ("申报书.docx", office.form()), ("申报书（盖章）.pdf", mails.STAMPED))

    (mail,) = office.receives(letter)

    assert (mail.state, mail.why) == ("taken", "draft_made")
    application = mail.application
    assert application is not None
    assert (application.unit, application.state, application.title) == (
        office.unit,
        "draft",
        "流动科技馆进乡镇",
    )
    assert answers_of(application)["leader"] == makers.ANSWERS["leader"]
    assert [(each.name, each.part, bool(each.file)) for each in mail.enclosures.all()] == [
        ("申报书.docx", "form", True),
        ("申报书（盖章）.pdf", "paper", True),
    ]
    (answer,) = answers_to(office)
    assert (answer.template, answer.address, answer.in_reply_to) == (
        "filing.taken",
        mails.UNIT,
        mail.message_id,
    )


def test_what_was_taken_up_lies_in_the_done_folder_and_a_second_round_does_nothing(office: Office):
    (mail,) = office.receives(mails.letter(mails.UNIT, ("a.docx", office.form())))

    assert mail.moved_at is not None
    with open_postbox(access_of(office.mailbox)) as postbox:
        assert [each.uid for each in postbox.lying(0, office.mailbox.read_from) if each.uid == mail.uid] == []
    assert read_mailbox(office.mailbox.pk, timezone.now()) == 0
    assert Mail.objects.filter(mailbox=office.mailbox).count() == 1


def test_a_worker_that_dies_before_it_moved_a_mail_leaves_that_to_the_next_round(
    office: Office, monkeypatch: Any
):
    def dies(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(collecting, "_move_taken", dies)
        with pytest.raises(KeyboardInterrupt):
            office.receives(mails.letter(mails.UNIT, ("a.docx", office.form())))
    taken = Mail.objects.get(mailbox=office.mailbox)
    assert taken.moved_at is None

    read_mailbox(office.mailbox.pk, timezone.now())

    taken.refresh_from_db()
    assert taken.moved_at is not None
    assert Application.objects.filter(unit=office.unit).count() == 1


def test_a_worker_that_dies_while_it_takes_a_mail_up_leaves_nothing_and_the_next_round_takes_it(
    office: Office, monkeypatch: Any
):
    def dies(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("keqiao.web.filing.actions.mails.answer", dies)
        with pytest.raises(KeyboardInterrupt):
            office.receives(mails.letter(mails.UNIT, ("a.docx", office.form())))
    assert not Application.objects.filter(unit=office.unit).exists()

    read_mailbox(office.mailbox.pk, timezone.now())

    assert [mail.why for mail in Mail.objects.filter(mailbox=office.mailbox)] == ["draft_made"]
    assert len(answers_to(office)) == 1


def test_mails_that_are_numbered_anew_are_known_again(office: Office):
    letter = mails.letter(mails.UNIT, ("a.docx", office.form()), Message_ID="<one@example.org>")
    office.receives(letter)

    taken = office.receives(letter)

    assert [mail.why for mail in taken] == ["draft_made"]
    assert Application.objects.filter(unit=office.unit).count() == 1


def test_the_same_files_in_another_mail_are_answered_as_sent_before(office: Office):
    form = office.form()

    taken = office.receives(
        mails.letter(mails.UNIT, ("a.docx", form)),
        mails.letter(mails.UNIT, ("b.docx", form), subject="再发一次"),
    )

    assert [mail.why for mail in taken] == ["draft_made", "repeated"]
    assert taken[1].application == taken[0].application
    assert [each.template for each in answers_to(office)] == ["filing.taken", "filing.received"]


def test_a_stranger_waits_for_an_officer_and_is_not_written_to(office: Office):
    letter = mails.letter(mails.STRANGER, ("a.docx", office.form()))

    (mail,) = office.receives(letter, sender=mails.STRANGER)

    assert (mail.state, mail.why, mail.application) == ("held", "stranger", None)
    assert answers_to(office) == []


def test_a_mail_never_overwrites_what_somebody_typed(office: Office):
    (first,) = office.receives(mails.letter(mails.UNIT, ("a.docx", office.form())))

    _first, second = office.receives(mails.letter(mails.UNIT, ("b.docx", office.form(summary="别的内容"))))

    assert second.why == "added"
    assert second.application == first.application
    assert answers_of(makers.fresh(second.application))["summary"] == makers.ANSWERS["summary"]
    assert [row["field"] for row in second.read if row["state"] == "kept"] == ["summary"]


def test_archives_are_refused_with_words_that_say_what_to_do(office: Office):
    archive = b"PK\x05\x06" + bytes(18)

    (mail,) = office.receives(mails.letter(mails.UNIT, ("材料.zip", archive)))

    assert (mail.state, mail.why) == ("refused", "nothing_usable")
    assert [each.refusal for each in mail.enclosures.all()] == ["mail.archive"]
    (answer,) = answers_to(office)
    assert answer.variables["files"] == "材料.zip（未收：压缩包不接收，请解压后直接添加文件）"


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<news.example.org>"}],
)
def test_what_a_machine_wrote_is_left_where_it_is_and_never_answered(office: Office, headers: dict[str, str]):
    letter = mails.letter(mails.UNIT, ("a.docx", office.form()), **headers)

    assert office.receives(letter) == []
    assert answers_to(office) == []
    assert Mailbox.objects.get(pk=office.mailbox.pk).last_uid > office.last_uid


def test_a_bounce_is_left_where_it_is(office: Office):
    mails.send(
        office.server, mails.letter(mails.OFFICE), sender=mails.OFFICE, to="nobody-here@mail.example.org"
    )

    office._wait(1)
    read_mailbox(office.mailbox.pk, timezone.now())

    assert not Mail.objects.filter(mailbox=office.mailbox).exists()


def test_a_mail_without_files_is_left_where_it_is(office: Office):
    assert office.receives(mails.letter(mails.UNIT)) == []
    assert answers_to(office) == []


def test_a_late_mail_is_refused_with_deadline_arrival_and_clause(office: Office):
    form = office.form()
    yesterday = timezone.now() - timedelta(days=1)
    office.call.offers.update(deadline_at=yesterday)

    (mail,) = office.receives(mails.letter(mails.UNIT, ("a.docx", form)))

    assert (mail.state, mail.why, mail.application) == ("refused", "late", None)
    (answer,) = answers_to(office)
    assert answer.template == "filing.refused"
    assert "截止时间" in answer.variables["why"]


def test_a_stamped_pdf_with_the_number_in_the_subject_goes_to_what_was_submitted(office: Office):
    application = makers.submitted(office.call, office.applicant)
    letter = mails.letter(mails.UNIT, ("盖章.pdf", mails.STAMPED), subject=f"Re: {application.number} 盖章版")

    (mail,) = office.receives(letter)

    assert (mail.state, mail.why, mail.application) == ("taken", "papers_added", application)


def test_a_photo_of_the_stamped_page_names_its_application_and_is_matched_to_it(office: Office):
    application = makers.submitted(office.call, office.applicant)
    page, pdf = stamped_pages.printed(application)
    letter = mails.letter(mails.UNIT, ("IMG_2041.jpg", stamped_pages.photo(pdf)), subject="盖章页")

    (mail,) = office.receives(letter)

    assert (mail.state, mail.why, mail.application) == ("taken", "papers_added", application)
    scan = Scan.objects.get()
    assert (scan.page, scan.state, scan.seal, scan.taken_by) == (page, "matched", "yes", office.applicant)
    assert queries.stamped((APPLICATION, application.pk), page.fingerprint).state == "fits"
    assert Mail.objects.get().moved_at is not None


def test_the_page_of_another_unit_names_nothing_to_the_sender(office: Office):
    other = makers.submitted(office.call)
    _page, pdf = stamped_pages.printed(other)

    (mail,) = office.receives(mails.letter(mails.UNIT, ("盖章.pdf", pdf), subject="盖章页"))

    assert (mail.state, mail.why, mail.application) == ("held", "no_form", None)
    assert not Scan.objects.exists()


def test_papers_that_show_no_code_stay_papers(office: Office):
    application = makers.submitted(office.call, office.applicant)
    evidence = files("keqiao.data").joinpath("season", "paper.pdf").read_bytes()
    letter = mails.letter(mails.UNIT, ("证明.pdf", evidence), subject=application.number)

    (mail,) = office.receives(letter)

    assert (mail.why, [row.part for row in mail.enclosures.all()]) == ("papers_added", ["paper"])
    assert not Scan.objects.exists()
