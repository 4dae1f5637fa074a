"""The receipt goes with the mail as PDF: the same number and digest as on its page; or the mail says so."""

import io
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pdfplumber
import pytest
from django.urls import reverse

from keqiao.web.applications import enclosures
from keqiao.web.applications.models import Submission
from keqiao.web.applications.receipts import Receipt
from keqiao.web.notifications import delivery
from keqiao.web.notifications.models import Channel, Message, MessageState
from keqiao.writers.pdf import NotSet
from tests.web.applications import makers, pages
from tests.web.notifications.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
MISSING = {
    "zh-hans": "应附的文件未能生成，没有随本邮件发出。请打开上面的链接查看和下载。",
    "en": "The file to be enclosed could not be made and does not come with this mail. "
    "Follow the link above to read and download it.",
}


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def submitted(language: str = "zh-hans") -> Receipt:
    draft = makers.draft(makers.call())
    account = draft.created_by
    account.language = language
    account.save(update_fields=["language"])
    return makers.submit(draft, by=account)


def send_due(at=makers.NOW) -> None:
    for message_id, number in delivery.hand_over(at):
        delivery.attempt(message_id, number, handed_over=at)


def mail_row() -> Message:
    return Message.objects.get(channel=Channel.MAIL)


def enclosed_in(mail: EmailMessage) -> EmailMessage:
    (paper,) = mail.iter_attachments()
    return paper


def words_of(mail: EmailMessage) -> str:
    return mail.get_body().get_content()


def words_of_pdf(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join("".join(glyph["text"] for page in pdf.pages for glyph in page.chars).split())


def out_of_order(_submission: Submission) -> bytes:
    raise NotSet("no room for the child")


@pytest.mark.parametrize(
    ("language", "named", "head"),
    [("zh-hans", "提交回执 {}.pdf", "提交回执"), ("en", "Receipt {}.pdf", "Receipt")],
)
def test_the_mail_encloses_the_receipt_of_its_page_in_the_language_of_its_reader(
    client, server, language, named, head
):
    receipt = submitted(language)

    send_due()

    (mail,) = server.received
    paper = enclosed_in(mail)
    said = words_of_pdf(paper.get_content())
    client.force_login(Submission.objects.get().submitted_by)
    page = pages.words_of(client.get(reverse("applications:receipt", args=[receipt.submission_id])))
    assert (paper.get_content_type(), paper.get_filename()) == (
        "application/pdf",
        named.format(receipt.number),
    )
    assert [words in page for words in (receipt.number, receipt.digest)] == [True, True]
    assert [words in said.replace("·", "") for words in (receipt.number, receipt.digest, head)] == [True] * 3
    assert words_of(mail).rstrip().endswith(named.format(receipt.number))
    assert (mail_row().state, mail_row().fault) == (MessageState.SENT, "")


def test_the_row_names_the_receipt_and_holds_none(server):
    receipt = submitted()

    rows = dict(Message.objects.values_list("channel", "encloses"))

    assert rows == {"in_app": [], "mail": [[enclosures.RECEIPT, str(receipt.submission_id)]]}


def test_a_mail_waits_for_what_it_encloses_and_goes_with_it_once_it_is_there(server, monkeypatch):
    submitted()
    with monkeypatch.context() as broken:
        broken.setattr(enclosures, "receipt_pdf", out_of_order)
        send_due()

    row = mail_row()
    assert (server.received, row.state, row.fault) == ([], MessageState.QUEUED, delivery.NOT_ENCLOSED)
    send_due(row.due_at)
    (mail,) = server.received
    assert enclosed_in(mail).get_content_type() == "application/pdf"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_where_the_receipt_cannot_be_made_the_mail_goes_with_words_and_link_and_says_so(
    server, monkeypatch, language
):
    receipt = submitted(language)
    monkeypatch.setattr(enclosures, "receipt_pdf", out_of_order)

    for _ in range(delivery.TRIES_TO_ENCLOSE):
        assert server.received == []
        send_due(mail_row().due_at)

    (mail,) = server.received
    said = words_of(mail)
    address = reverse("applications:receipt", args=[receipt.submission_id])
    assert list(mail.iter_attachments()) == []
    assert (receipt.digest in said, address in said) == (True, True)
    assert said.rstrip().endswith(MISSING[language])
    assert (mail_row().state, mail_row().fault) == (MessageState.SENT, delivery.NOT_ENCLOSED)


def test_a_mail_that_was_cut_off_goes_again_whole_with_the_same_identity(server, monkeypatch):
    submitted()
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", _cut_off)
        send_due()

    send_due(mail_row().due_at)

    (mail,) = server.received
    assert mail["Message-ID"].startswith(f"<{mail_row().pk}@")
    assert enclosed_in(mail).get_content_type() == "application/pdf"


def _cut_off(_mail: object) -> None:
    raise ConnectionResetError


def test_a_worker_that_died_while_sending_leaves_the_mail_to_the_next(server):
    submitted()
    delivery.hand_over(makers.NOW)

    send_due(makers.NOW + timedelta(minutes=9))
    assert server.received == []
    send_due(makers.NOW + timedelta(minutes=11))

    assert len(server.received) == 1
