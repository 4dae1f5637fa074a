"""Read an uploaded correction or extension notice, and find the call it means; what fails is written down."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.guides.amendments.reading import read_amendment
from keqiao.core.guides.blocks import SourceDocument
from keqiao.core.guides.heading import Heading
from keqiao.core.programme.amending.calls import About, Match, Published, plain_choice, rank
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.transfer import to_values
from keqiao.readers.unreadable import Unreadable
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.web.audit import log
from keqiao.web.files.queries import path_of
from keqiao.web.programmes.amendments.values import about_values, stored
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.models import UNPUBLISHED, Amendment, Call, ReadingState, Revision
from keqiao.web.programmes.owed import follow_notice
from keqiao.web.programmes.reading import BROKEN_OFF, READER

NOT_AN_AMENDMENT = "reading.not_an_amendment"
NO_AMENDMENTS = frozenset({"publicity", "award"})
"""Kinds of paper that change no call."""


def read(amendment_id: UUID, at: datetime) -> None:
    """Read the document of a notice. Run again after a crash it starts over; one that was read is left alone."""
    amendment = Amendment.objects.select_related("file", "association").get(pk=amendment_id)
    if amendment.state == ReadingState.READ:
        return
    amendment.state = ReadingState.READING.value
    amendment.save(update_fields=["state"])
    try:
        document = read_document_safely(path_of(amendment.file), name=amendment.file.name)
    except Unreadable as refusal:
        fail(amendment, refusal.code, dict(refusal.values), at)
        return
    reading = read_amendment(document, guide_vocabulary())
    if _is_another_paper(reading.heading, reading.kind):
        values = {"name": amendment.file.name, "kind": f"word.{reading.heading.kind}"}
        fail(amendment, NOT_AN_AMENDMENT, values, at)
        return
    read_values = {
        "kind": reading.kind,
        "title": reading.title[:300],
        "about": about_values(reading.about),
        "proposals": stored(reading),
    }
    _finish(amendment, document, reading.about, read_values, at)


def _is_another_paper(heading: Heading, kind: str) -> bool:
    return not kind and heading.kind in NO_AMENDMENTS


@transaction.atomic
def fail(amendment: Amendment, code: str, values: Values, at: datetime) -> None:
    """Write down why a notice could not be read. The original stays."""
    amendment.state, amendment.read_at = ReadingState.FAILED.value, at
    amendment.failure, amendment.failure_values = code, values
    amendment.save(update_fields=["state", "failure", "failure_values", "read_at"])
    log.record("reading_failed", amendment, actor=None, role=READER, at=at, data={"code": code})
    follow_notice(amendment, at, "reading_failed")


def break_off(amendment_id: UUID, at: datetime) -> None:
    """Write down that the program itself failed while reading."""
    amendment = Amendment.objects.select_related("file").get(pk=amendment_id)
    if amendment.state != ReadingState.READ:
        fail(amendment, BROKEN_OFF, {"name": amendment.file.name}, at)


@transaction.atomic
def _finish(
    amendment: Amendment, document: SourceDocument, about: About, read_values: Values, at: datetime
) -> None:
    for name, value in read_values.items():
        setattr(amendment, name, value)
    amendment.state, amendment.read_at = ReadingState.READ.value, at
    amendment.document = to_values(document)
    if amendment.call_id is None:
        chosen = plain_choice(matches_for(amendment, about))
        amendment.call_id = UUID(chosen) if chosen else None
    amendment.save()
    data = {"changes": len(amendment.proposals), "call": str(amendment.call_id or "")}
    log.record("read", amendment, actor=None, role=READER, at=at, data=data)
    follow_notice(amendment, at, "read")


def matches_for(amendment: Amendment, about: About) -> list[Match]:
    """Return which published calls of the association the notice may mean, the likeliest first."""
    calls = Call.objects.filter(association_id=amendment.association_id).exclude(state__in=UNPUBLISHED)
    revisions = Revision.objects.filter(call__in=calls).order_by("number")
    stated = {call_id: rest for call_id, *rest in revisions.values_list("call_id", *_COMPARED)}
    return rank(about, [_published(str(call_id), *rest) for call_id, rest in stated.items()])


_COMPARED = ("definition__title", "definition__document_number", "definition__issue_date", "definition__issuers",
             "definition__year", "definition__region")  # fmt: skip


def _published(key: str, *stated: Any) -> Published:
    title, number, issued, issuers, year, region = stated
    day = date.fromisoformat(issued) if issued else None
    return Published(key, title, number or "", day, tuple(issuers or ()), year, region or "")
