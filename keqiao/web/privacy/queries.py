"""Read consents, requests, and the values that may be revealed."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from keqiao.web.privacy.catalogue import PersonalTable, Viewer, table_called
from keqiao.web.privacy.fields import EncryptedText
from keqiao.web.privacy.models import Consent, ConsentText, SubjectRequest

ANSWER_WITHIN = timedelta(weeks=3)
"""Fifteen weekdays. Holidays in between are not taken off: the person waits no longer because of them.

Source: GB/T 35273-2020 8.7 (thirty days), 8.5 (closing an account: fifteen working days); the shorter one for all.
"""


def text_in_force(kind: str, at: datetime) -> ConsentText | None:
    """Return the wording of ``kind`` (a ``ConsentKind``) that is asked for at ``at``; None: none is published."""
    return ConsentText.objects.filter(kind=kind, published_at__lte=at).order_by("-version").first()


def texts_in_force(at: datetime) -> list[ConsentText]:
    """Return the wording in force of each kind."""
    newest: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(published_at__lte=at).order_by("version"):
        newest[text.kind] = text
    return list(newest.values())


def consents_of(subject_id: UUID) -> QuerySet[Consent]:
    """Return what an account agreed to and took back, newest first, each with its text."""
    return Consent.objects.filter(subject_id=subject_id).select_related("text").order_by("-given_at")


def requests_of(subject_id: UUID) -> QuerySet[SubjectRequest]:
    """Return the requests of an account about its data, newest first."""
    return SubjectRequest.objects.filter(subject_id=subject_id).order_by("-received_at")


def all_requests() -> QuerySet[SubjectRequest]:
    """Return all requests; the page of the security administrator asks for them."""
    return SubjectRequest.objects.all()


def asked_by(word: str) -> Q:
    """Return what picks the requests of people called so, in part."""
    people = get_user_model()._default_manager.filter(display_name__icontains=word)
    return Q(subject_id__in=people.values("pk"))


def in_state(state: str) -> Q:
    """Return what picks requests in one state."""
    return Q(state=state)


def of_kind(kind: str) -> Q:
    """Return what picks requests of one kind."""
    return Q(kind=kind)


def day_of(at: datetime) -> date:
    """Return the day of ``at`` where the offices are."""
    return timezone.localtime(at).date()


def revealable(viewer: Viewer, label: str, column: str, pk: str, at: datetime) -> tuple[PersonalTable, Any]:
    """Return the declaration and the row of a locked value that ``viewer`` may open; otherwise 404.

    Raises:
        Http404: no such column, row or right; they look alike.
    """
    table = table_called(label)
    if table is None or table.revealable is None or not is_locked(table, column):
        raise Http404
    rows = table.model._default_manager.filter(table.revealable(viewer, at))
    try:
        row = rows.filter(pk=pk).first()
    except (ValueError, ValidationError) as malformed:
        raise Http404 from malformed
    if row is None or not getattr(row, column):
        raise Http404
    return table, row


def may_reveal(viewer: Viewer, row: models.Model, at: datetime) -> bool:
    """May ``viewer`` open the locked values of ``row``? One question to the table."""
    table = table_called(row._meta.label_lower)
    if table is None or table.revealable is None:
        return False
    return table.model._default_manager.filter(table.revealable(viewer, at), pk=row.pk).exists()


def is_locked(table: PersonalTable, column: str) -> bool:
    """Is ``column`` a declared, locked column of the table?"""
    return table.field(column) is not None and isinstance(table.model._meta.get_field(column), EncryptedText)


def last_day_to_answer(received_at: datetime) -> date:
    """Return the day by which a request must be answered."""
    return day_of(received_at) + ANSWER_WITHIN
