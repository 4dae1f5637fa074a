"""Makers of mailboxes, and of mails as programs write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from smtplib import SMTP
from typing import Any

from keqiao.core.forms.paper import paper_of
from keqiao.core.forms.specification import Specification
from keqiao.web.filing.actions.mailboxes import Wanted, set_up
from keqiao.web.filing.models import Mailbox, Security
from keqiao.web.parties.models import Association
from keqiao.writers.forms.word import write_word
from scripts.mail_server import DOMAIN, MailServer
from tests.web import make

OFFICE, UNIT, STRANGER = (f"{name}@{DOMAIN}" for name in ("office", "unit", "stranger"))
DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"
STAMPED = b"%PDF-1.4\n% stamped\n%%EOF\n"


def wanted(server: MailServer, **changes: Any) -> Wanted:
    """The mailbox of the office on a test server."""
    said = {
        "name": "学会部邮箱",
        "address": OFFICE,
        "host": "127.0.0.1",
        "port": server.imap_port,
        "security": Security.PLAIN.value,
        "user_name": OFFICE,
        "password": server.password,
        "folder": "INBOX",
        "done_folder": "科桥已收",
    }
    return Wanted(**{**said, **changes})


def mailbox(server: MailServer, association: Association, at: Any, **changes: Any) -> Mailbox:
    """A mailbox that is read from ``at`` on."""
    return set_up(association.pk, wanted(server, **changes), actor=make.officer(association), at=at)


def word_form(specification: Specification, answers: dict[str, Any], folder: Path) -> bytes:
    """A filled Word form as its bytes."""
    path = folder / "form.docx"
    write_word(paper_of(specification, answers, to_fill=True), path)
    return path.read_bytes()


def letter(sender: str, *files: tuple[str, bytes], subject: str = "申报材料", **headers: str) -> EmailMessage:
    """A mail with files, as a mail program writes it."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"张三 <{sender}>", OFFICE, subject
    for name, value in {"Message_ID": make_msgid(domain=DOMAIN), **headers}.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("您好，材料见附件。\n")
    for name, content in files:
        kind = DOCX if name.endswith(".docx") else name.rpartition(".")[2]
        mail.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return mail


def send(server: MailServer, *mails: EmailMessage | bytes, sender: str = UNIT, to: str = OFFICE) -> None:
    """Send mails by SMTP, as ``sender``."""
    with SMTP("127.0.0.1", server.smtp_port) as smtp:
        for mail in mails:
            smtp.sendmail(sender, [to], mail if isinstance(mail, bytes) else bytes(mail))


@contextmanager
def trusting(server: MailServer, monkeypatch: Any) -> Iterator[None]:
    """Trust the certificate of a test server."""
    with monkeypatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(server.certificate))
        yield
