"""Signature pages that came by mail: they name their application, and are matched as if brought on the site."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from keqiao.core.identifiers.page_code import PageCode
from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.readers.stamped import FileSeen, look_at_upload
from keqiao.readers.unreadable import Unreadable
from keqiao.web.files.kinds import family_of
from keqiao.web.files.queries import path_of
from keqiao.web.filing.actions.stamped import take_scan
from keqiao.web.filing.keeping import LATER, NotNow
from keqiao.web.filing.models import Enclosure, Mail, Scan, SignaturePage
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.tasks import task

STAMPED_FAMILIES = ("pdf", "image")
LOG = logging.getLogger(__name__)


def applications_on_pages(files: Iterable[Any]) -> frozenset[UUID]:
    """Return the applications that the codes on these files name, seen in this process only: nothing is kept.

    What is no picture and no PDF names none, nor does what cannot be read.
    """
    codes = {code.page: code for file in files for code in _codes(file)}
    pages = SignaturePage.objects.filter(pk__in=codes, about_kind=APPLICATION)
    return frozenset(
        page.about_id for page in pages if page.fingerprint.startswith(codes[page.pk].fingerprint)
    )


def _codes(file: Any) -> Iterator[PageCode]:
    seen = _look(file) if family_of(file.kind) in STAMPED_FAMILIES else None
    for page in seen.pages if seen else ():
        if page.code is not None:
            yield page.code


def _look(file: Any) -> FileSeen | None:
    try:
        return look_at_upload(path_of(file), name=file.name)
    except Unreadable as refused:
        LOG.info("file %s shows no signature page: %s", file.pk, refused.code)
        return None


def bring_mailed_pages(mail: Mail, at: datetime) -> list[Scan]:
    """Match what a mail brought, in the name of its sender; papers that show no code of ours stay papers.

    Safe to run again: the same file gives the same pictures.

    Raises:
        NotNow: nobody can look for viruses now, or there is no room.
    """
    if mail.state != MailState.TAKEN.value or mail.account is None:
        return []
    papers = mail.enclosures.filter(part=Enclosure.Part.PAPER, file__isnull=False).select_related("file")
    return [scan for row in papers for scan in _brought(row.file, mail, at)]


def _brought(file: Any, mail: Mail, at: datetime) -> list[Scan]:
    try:
        return take_scan(file, actor=mail.account, at=at, only_with_code=True)
    except Unreadable as refused:
        LOG.info("mail %s: a paper shows no signature page: %s", mail.pk, refused.code)
    except ValidationError as wrong:  # the straightened picture is not kept
        if wrong.code in LATER:
            raise NotNow(wrong.code) from wrong
        LOG.warning("mail %s: a picture was not kept: %s", mail.pk, wrong.code)
    return []


@task()
def bring_from(pk: str) -> None:
    """Match what a mail brought that an officer has settled. Safe to run again."""
    mail = Mail.objects.select_related("account").get(pk=UUID(pk))
    bring_mailed_pages(mail, timezone.now())  # noqa: TID251  a task entry reads the clock once
