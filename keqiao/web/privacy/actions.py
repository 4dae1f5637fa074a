"""Reveal values, publish consent texts, give and take back consents, ask and answer. One act, one event."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from keqiao.readers.consents import shipped_consents
from keqiao.web.audit import log
from keqiao.web.privacy.catalogue import PersonalTable
from keqiao.web.privacy.models import (
    Consent,
    ConsentKind,
    ConsentText,
    RequestKind,
    RequestState,
    SubjectRequest,
)
from keqiao.web.privacy.owed import follow_request
from keqiao.web.privacy.permissions import SECURITY_ADMIN
from keqiao.web.privacy.queries import last_day_to_answer

REVEALED = "value_revealed"
SHORTEST_REASON = 4  # characters
SELF = "self"


@dataclass(frozen=True)
class LockedValue:
    """A locked value of one row, with the declaration of its table; ``queries.revealable`` gives them."""

    table: PersonalTable
    row: Any
    column: str


@transaction.atomic
def reveal(value: LockedValue, *, actor: log.Actor, role: str, reason: str, at: datetime) -> str:
    """Open one value for one look and return it. The event says who, what, when and why, never the value.

    Whoever calls has asked ``queries.revealable``, and shows the value once, in an answer that nobody keeps.

    Raises:
        ValidationError: the reason is missing or says nothing.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValidationError(_("请写明查看原因，至少 4 个字。"), code="reveal.reason_short")
    plain = getattr(value.row, value.column).plain()
    data = {"field": f"{value.table.label}.{value.column}", "row": str(value.row.pk)}
    log.record(REVEALED, value.table.case(value.row), actor=actor, role=role, at=at, reason=reason, data=data)
    return str(plain)


@transaction.atomic
def publish_text(
    kind: ConsentKind, wordings: tuple[str, str], *, actor: log.Actor | None, role: str, at: datetime
) -> ConsentText:
    """Publish a new version of what people agree to, in Chinese and English. Consents to older ones stand.

    Raises:
        ValidationError: the Chinese wording is missing, or it is the one in force already.
    """
    zh, en = (words.strip() for words in wordings)
    digest = hashlib.sha256(f"{zh}\0{en}".encode()).hexdigest()
    newest = ConsentText.objects.filter(kind=kind.value).order_by("-version").first()
    if newest is not None and newest.digest == digest:
        raise ValidationError(_("与现行文本相同，没有发布新版本。"), code="consent.unchanged")
    version = (ConsentText.objects.filter(kind=kind.value).aggregate(last=Max("version"))["last"] or 0) + 1
    text = ConsentText(
        kind=kind.value, version=version, text_zh=zh, text_en=en, digest=digest, published_at=at
    )
    text.full_clean()
    text.save(force_insert=True)
    data = {"kind": kind.value, "version": version, "digest": digest}
    log.record("consent_text_published", text, actor=actor, role=role, at=at, data=data)
    return text


@transaction.atomic
def publish_shipped_texts(at: datetime) -> None:
    """Publish the wordings that come with the program where no version of the kind is published yet."""
    there = set(ConsentText.objects.values_list("kind", flat=True))
    for kind in ConsentKind:
        if kind.value not in there:
            words = shipped_consents()[kind.value]
            publish_text(kind, (words["zh"], words["en"]), actor=None, role="installation", at=at)


@transaction.atomic
def give_consent(subject: log.Actor, text: ConsentText, *, at: datetime) -> Consent:
    """Write down that the holder of an account agrees to ``text``; an earlier version of it ends thereby."""
    open_ones = Consent.objects.select_for_update().filter(subject_id=subject.pk, text__kind=text.kind)
    for earlier in open_ones.filter(withdrawn_at__isnull=True):
        if earlier.text_id == text.pk:
            return earlier
        earlier.withdrawn_at = max(at, earlier.given_at)
        earlier.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(text=text, subject_id=subject.pk, given_at=at)
    data = {"kind": text.kind, "version": text.version}
    log.record("consent_given", consent, actor=subject, role=SELF, at=at, data=data)
    return consent


@transaction.atomic
def withdraw_consent(subject: log.Actor, consent_id: UUID, *, at: datetime) -> Consent:
    """Take a consent back: as easy as giving it.

    Raises:
        Consent.DoesNotExist: it is not an open consent of this person.
    """
    open_ones = Consent.objects.select_for_update().filter(subject_id=subject.pk, withdrawn_at__isnull=True)
    consent = open_ones.get(pk=consent_id)
    consent.withdrawn_at = max(at, consent.given_at)
    consent.save(update_fields=["withdrawn_at"])
    log.record("consent_withdrawn", consent, actor=subject, role=SELF, at=at)
    return consent


@transaction.atomic
def ask(subject: log.Actor, kind: RequestKind, words: str, *, at: datetime) -> SubjectRequest:
    """Take a request of a person about the own data; one of a kind at a time.

    Raises:
        ValidationError: such a request is open already, or one for correction says nothing.
    """
    asked = SubjectRequest.objects.filter(
        subject_id=subject.pk, kind=kind.value, state=RequestState.OPEN.value
    )
    if asked.exists():
        raise ValidationError(_("已有同类请求正在办理。"), code="request.open")
    if kind in (RequestKind.CORRECT, RequestKind.ERASE) and not words.strip():
        raise ValidationError(_("请写明要更正或删除的内容。"), code="request.words_missing")
    request = SubjectRequest(
        subject_id=subject.pk,
        kind=kind.value,
        words=words.strip(),
        received_at=at,
        due_on=last_day_to_answer(at),
    )
    request.full_clean()
    request.save(force_insert=True)
    log.record("asked", request, actor=subject, role=SELF, at=at, data={"kind": kind.value})
    follow_request(request, at)
    return request


@dataclass(frozen=True)
class Answer:
    """How a request is settled: done or refused, and the words to the person."""

    state: RequestState
    words: str


@transaction.atomic
def settle(request_id: UUID, answer: Answer, *, actor: log.Actor | None, at: datetime) -> SubjectRequest:
    """Settle a request.

    Raises:
        ValidationError: it is settled already, the actor asked it, or a refusal gives no ground.
    """
    request = SubjectRequest.objects.select_for_update().get(pk=request_id)
    if request.state != RequestState.OPEN:
        raise ValidationError(_("该请求已经办结。"), code="request.settled")
    if actor is not None and actor.pk == request.subject_id:
        raise ValidationError(_("本人的请求须由他人办理。"), code="request.own")
    if answer.state is RequestState.REFUSED and not answer.words.strip():
        raise ValidationError(_("不予办理的，须说明依据和理由。"), code="request.ground_missing")
    request.state, request.answer = answer.state.value, answer.words.strip()
    request.settled_at, request.settled_by_id = at, actor.pk if actor is not None else None
    request.save(update_fields=["state", "answer", "settled_at", "settled_by_id", "file"])
    role = SECURITY_ADMIN if actor is not None else "program"
    log.record("settled", request, actor=actor, role=role, at=at, data={"state": request.state})
    follow_request(request, at)
    return request
