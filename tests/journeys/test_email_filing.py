"""Jining's call is filed by e-mail: by SMTP, read over IMAP, a draft, an answer in the mailbox of its sender."""

import re
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from imap_tools import MailBoxUnencrypted
from playwright.sync_api import Page, expect

from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of
from keqiao.web.filing.collecting import read_mailbox
from keqiao.web.filing.models import Mailbox
from keqiao.web.notifications.delivery import attempt, hand_over
from scripts.mail_server import MailServer, throw_away_mail_server
from tests.journeys import applying
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web.filing import mails

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 30
PAPER = files("keqiao.data").joinpath("season", "paper.pdf")


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    """Debian's Exim and Dovecot."""
    with throw_away_mail_server() as started:
        yield started


@pytest.fixture
def city(server: MailServer, settings: Any, live_server: Any) -> SimpleNamespace:
    """Jining's call, open; the society's person has a mailbox; what the site sends goes through the same server."""
    jining = applying.open_call("jining", settings)
    settings.MAILBOX_INSIDE = True
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.smtp_port
    jining.account.email = mails.UNIT
    jining.account.save(update_fields=["email"])
    return jining


def test_a_form_that_came_by_mail_becomes_a_draft_and_its_sender_is_told_where_to_go_on(
    page: Page, second_page: Page, city: SimpleNamespace, server: MailServer, tmp_path: Path
):
    set_the_mailbox_up(page, city, server)
    answers = {key: value for key, value in city.wanted.answers.items() if not is_files(value)}
    form = mails.word_form(city.wanted.specification, answers, tmp_path)
    papers = ("申报表.docx", form), ("申报表（盖章）.pdf", PAPER.read_bytes())
    letter = mails.letter(mails.UNIT, *papers, subject="济宁申报")

    mails.send(server, letter)
    wait_for(lambda: read_mailbox(Mailbox.objects.get().pk, timezone.now()))
    deliver()

    application = Application.objects.get()
    told = answer_in_mailbox(server)
    assert application.state == "draft"
    assert answers_of(application).keys() >= answers.keys() - not_on_paper(city)
    assert told["In-Reply-To"] == letter_id(server)
    assert (told["To"], "Bcc" in told, "Cc" in told) == (mails.UNIT, False, False)
    link = re.search(r"https?://\S+", told.get_payload(decode=True).decode())
    assert link is not None
    log_in(second_page, city.account)
    second_page.goto(link[0])
    expect(second_page.get_by_role("link", name="继续填报")).to_be_visible(timeout=PATIENCE_MS)
    page.goto("/desk/filing/mails/")
    page.get_by_role("link", name="济宁申报").click()
    expect(page.get_by_text("已生成草稿，尚未提交").first).to_be_visible()
    expect(page.get_by_text("申报表（盖章）.pdf")).to_be_visible()
    expect_accessible(page)
    picture(page, "mail-filed")
    second_page.goto(f"/applications/{application.pk}/file/")
    expect(second_page.get_by_role("heading", name="邮件")).to_be_visible()
    expect_accessible(second_page)
    picture(second_page, "file-of-an-application")


def set_the_mailbox_up(page: Page, city: SimpleNamespace, server: MailServer) -> None:
    """An officer types the mailbox with a slip in the password, is told so, puts it right and saves."""
    log_in(page, city.officer)
    page.goto("/desk/filing/mailboxes/")
    page.get_by_role("link", name="添加邮箱").click()
    said = mails.wanted(server)
    for name in ("name", "address", "host", "user_name", "folder", "done_folder"):
        page.locator(f"[name={name}]").fill(getattr(said, name))
    page.locator("[name=port]").fill(str(said.port))
    page.locator("[name=security]").select_option(said.security)
    page.locator("[name=password]").fill("wrong")
    page.get_by_role("button", name="试一试").click()
    expect(page.get_by_text("登录被拒绝")).to_be_visible(timeout=PATIENCE_MS)
    expect_accessible(page)
    picture(page, "mailbox-tried")
    page.locator("[name=password]").fill(said.password)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name=said.name)).to_be_visible(timeout=PATIENCE_MS)


def is_files(value: Any) -> bool:
    """Is this the answer of a slot for files?"""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "file" in value[0]


def not_on_paper(city: SimpleNamespace) -> set[str]:
    """The fields that are no words on paper."""
    kinds = {"pledge", "computed", "heading", "file"}
    return {each.id for each in city.wanted.specification.fields if each.kind in kinds}


def wait_for(done: Any) -> None:
    """Ask again until it is so."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.2)


def deliver() -> None:
    """Send what waits in the outbox, as the worker does."""
    now = timezone.now()
    for message, number in hand_over(now):
        attempt(message, number, handed_over=now)


def inbox(server: MailServer, owner: str, folder: str = "INBOX") -> list[Any]:
    """The mails in a mailbox."""
    with MailBoxUnencrypted("127.0.0.1", server.imap_port).login(owner, server.password, folder) as box:
        return [each.obj for each in box.fetch(mark_seen=False)]


def answer_in_mailbox(server: MailServer) -> Any:
    """The one answer that reached the sender."""
    wait_for(lambda: inbox(server, mails.UNIT))
    (told,) = inbox(server, mails.UNIT)
    return told


def letter_id(server: MailServer) -> str:
    """The Message-ID of what was filed, as it lies in the done folder."""
    (filed,) = inbox(server, mails.OFFICE, mails.wanted(server).done_folder)
    return str(filed["Message-ID"])
