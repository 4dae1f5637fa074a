"""What somebody who objects does, without an account: object, supply what was asked for, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.objection import ObjectionState as S
from keqiao.core.lifecycle.public_notice import PublicNoticeState
from keqiao.core.lifecycle.roles import OBJECTOR
from keqiao.core.workdays import shanghai_day
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.public_notice.actions.holding import let_go
from keqiao.web.public_notice.actions.writing import (
    OBJECTIONS,
    locked_objection,
    note,
    reason_given,
    refusal,
    state_after,
)
from keqiao.web.public_notice.models import Notice, NoticeItem, Objection, Proof
from keqiao.web.public_notice.owed import follow_objection
from keqiao.web.public_notice.private_links import key_of, new_number, new_secret
from keqiao.web.public_notice.proof import MOST_FILES, PURPOSE, Objector
from keqiao.web.public_notice.telling import tell_objector

LEAST_GROUNDS = 10
"""Characters: less is no ground that anybody could look into."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What somebody says against one item; ``mail`` may be empty."""

    who: str
    name: str
    contact: str
    grounds: str
    mail: str = ""
    language: str = "zh-hans"
    files: tuple[UploadedFile, ...] = ()


def against_raising(notice: Notice, raised: Raised, at: datetime) -> list[Finding]:
    """Return why an objection is not taken: the notice does not run, nobody stands behind it, or nothing is said."""
    found = []
    if notice.state != PublicNoticeState.POSTED.value or notice.last_day is None:
        found.append(Finding("objection.no_notice_runs", Weight.REFUSE))
    elif shanghai_day(at) > notice.last_day:
        found.append(Finding("objection.late", Weight.REFUSE, {"last": notice.last_day.isoformat()}))
    if not raised.name.strip() or not raised.contact.strip():
        found.append(Finding("objection.anonymous", Weight.REFUSE))
    if len(raised.grounds.strip()) < LEAST_GROUNDS:
        found.append(Finding("objection.no_grounds", Weight.REFUSE, {"least": LEAST_GROUNDS}))
    if len(raised.files) > MOST_FILES:
        found.append(Finding("objection.too_many_files", Weight.REFUSE, {"most": MOST_FILES}))
    return found


@transaction.atomic
def object_to(item: NoticeItem, raised: Raised, *, at: datetime) -> tuple[Objection, str]:
    """Take in an objection to one item of a running notice; return it with the secret of its private link.

    Raises:
        Refused: it is late, anonymous or without grounds; nothing is kept.
        ValidationError: a file is not taken.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=item.notice_id)
    if against := against_raising(notice, raised, at):
        raise Refused(*against)
    secret = new_secret()
    objection = Objection(
        id=uuid4(),
        association_id=item.association_id,
        notice=notice,
        item=item,
        number=new_number(shanghai_day(at).year),
        key=key_of(secret),
        who=raised.who,
        name=raised.name.strip(),
        contact=raised.contact.strip(),
        mail=raised.mail.strip(),
        grounds=raised.grounds.strip(),
        language=raised.language,
        received_at=at,
    )
    objection.save(force_insert=True)
    _keep(objection, raised.files, at)
    note("raised", objection, By(None, OBJECTOR, at), item=str(item.pk), files=len(raised.files))
    tell_objector(objection, "raised", at)
    follow_objection(objection.pk, at, "raised")
    return objection, secret


@transaction.atomic
def supply(objection_id: Any, words: str, files: Sequence[UploadedFile], *, at: datetime) -> None:
    """Supply what the office asked for; who holds the private link was asked before.

    Raises:
        Refused: nothing is asked for, nothing is supplied, or there are too many files.
        ValidationError: a file is not taken.
    """
    objection = locked_objection(objection_id)
    objection.state = state_after(OBJECTIONS, objection.state, "supply", {OBJECTOR})
    words = words.strip()
    if not words and not files:
        raise refusal("objection.nothing_supplied")
    if objection.proofs.count() + len(files) > MOST_FILES:
        raise refusal("objection.too_many_files", most=MOST_FILES)
    longest = Objection._meta.get_field("grounds").max_length or 0
    grounds = f"{objection.grounds}\n\n{words}".strip()
    if len(grounds) > longest:
        raise refusal("public_notice.words_too_long", most=longest)
    objection.grounds = grounds
    objection.save(update_fields=["state", "grounds"])
    _keep(objection, files, at)
    note("supplied", objection, By(None, OBJECTOR, at), files=len(files))
    follow_objection(objection.pk, at, "supplied")


@transaction.atomic
def take_back_objection(objection_id: Any, words: str, *, at: datetime) -> None:
    """Let the objector take an objection back; the office may go on all the same.

    Raises:
        Refused: it is decided, or the reason is missing.
    """
    objection = locked_objection(objection_id)
    objection.state = state_after(OBJECTIONS, objection.state, "withdraw", {OBJECTOR})
    words = reason_given(words)
    objection.save(update_fields=["state"])
    note("withdrawn", objection, By(None, OBJECTOR, at), reason=words)
    let_go(objection, By(None, OBJECTOR, at))
    follow_objection(objection.pk, at, S.WITHDRAWN.value)


def _keep(objection: Objection, files: Sequence[UploadedFile], at: datetime) -> None:
    for upload in files:
        wanted = Announced(PURPOSE, upload.name or "", upload.size or 0, objection.association_id)
        file = store_upload(upload, wanted, actor=Objector(objection.pk), at=at)
        Proof.objects.create(
            association_id=objection.association_id, objection=objection, file=file, sent_at=at
        )
