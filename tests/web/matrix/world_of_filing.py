"""A mailbox, a mail that waits for an officer, copies on paper, and a picture of a signature page."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.mailboxes import Wanted, set_up
from keqiao.web.filing.actions.papers import Came, note_papers
from keqiao.web.filing.actions.stamped import Said, attach, make_page, take_scan
from keqiao.web.filing.models import Mail
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.parties.queries import local_day


def fill(world: Any) -> None:
    """Put one of each into the world; the mail and the note hold private words."""
    now, officer = timezone.now(), world.officer
    said = Wanted(
        name=f"{world.owned}邮箱",
        address="office@example.org",
        host="imap.example.org",
        port=993,
        security="tls",
        user_name=f"{world.owned}@example.org",
        password="secret",
        folder="INBOX",
        done_folder="done",
    )
    mailbox = set_up(world.association.pk, said, actor=officer, at=now)
    mail = Mail.objects.create(
        association_id=world.association.pk,
        mailbox=mailbox,
        identity="0" * 64,
        uid_validity=1,
        uid=1,
        sender=f"{world.owned}@example.net",
        subject=world.owned,
        text=world.owned,
        size=1,
        digest="0" * 64,
        arrived_at=now,
        taken_at=now,
        state=MailState.HELD.value,
        why="stranger",
    )
    came = Came(1, 0, local_day(now), "onsite", world.owned)
    papers = note_papers(world.objects["application"], came, actor=officer, at=now)
    world.objects |= {"mailbox": mailbox.pk, "mail": mail.pk, "papers": papers.pk}
    world.objects["scan"] = _picture(world, now)


def _picture(world: Any, now: Any) -> Any:
    """The id of a picture that an officer matched by hand with the application."""
    about, officer = (APPLICATION, world.objects["application"]), world.officer
    make_page(about, actor=officer, at=now)
    written = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(written, "JPEG")
    upload = SimpleUploadedFile(f"{world.owned}.jpg", written.getvalue())
    wanted = Announced(STAMPED, upload.name or "", upload.size or 0, world.association.pk)
    (scan,) = take_scan(store_upload(upload, wanted, actor=officer, at=now), actor=officer, at=now)
    return attach(scan.pk, Said(about, world.owned), actor=officer, at=now).pk
