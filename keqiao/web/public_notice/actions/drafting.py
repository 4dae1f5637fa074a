"""Draft a notice, change it, have it signed, take the signature back, withdraw it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.core.workdays import Term, YearNotPublished, check_notice, shanghai_day
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.parties.actions import count_public_change
from keqiao.web.programmes.definitions import digest_of
from keqiao.web.public_notice.actions.writing import (
    NOTICES,
    locked_notice,
    note,
    notice_in_hand,
    reason_given,
    refusal,
    state_after,
)
from keqiao.web.public_notice.counting import period_from
from keqiao.web.public_notice.models import Notice, NoticeItem
from keqiao.web.public_notice.numbers import numbers_of
from keqiao.web.public_notice.owed import follow_notice
from keqiao.web.public_notice.permissions import Viewer, is_officer
from keqiao.web.public_notice.queries import call_to_notice, items_of, lines_of, ready_of
from keqiao.web.public_notice.stated import length_of


@dataclass(frozen=True, slots=True)
class Wording:
    """What an officer writes in a notice; see ``models.Notice`` for each value."""

    title: str
    days: int
    day_kind: str
    number: str = ""
    first_day_counts: bool = True
    procedure: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    objections_to: dict[str, str] = field(default_factory=dict)
    post_at: datetime | None = None
    shown_days: int = 365

    def columns(self) -> dict[str, Any]:
        """Return the values by the names of the table's columns."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**plain, "procedure": list(self.procedure), "fields": list(self.fields)}


@transaction.atomic
def draft(call_id: UUID, wording: Wording, chosen: Sequence[UUID], *, actor: Viewer, at: datetime) -> Notice:
    """Draft a notice about selections of a call.

    Raises:
        Http404: the call is not the actor's business.
        Refused: nothing is listed, something cannot be, the number is taken, or it is shorter than the call says.
    """
    call = call_to_notice(actor, call_id, at)
    if not is_officer(actor, call.association_id, at):
        raise refusal("public_notice.not_yours")
    notice = Notice(association_id=call.association_id, call=call, made_by_id=actor.pk, made_at=at)
    _write(notice, wording, at)
    notice.save(force_insert=True)
    _list(notice, chosen)
    note("drafted", notice, By(actor, OFFICER, at), items=len(chosen))
    follow_notice(notice.pk, at, "drafted")
    return notice


@transaction.atomic
def edit(
    notice_id: UUID, version: int, wording: Wording, chosen: Sequence[UUID], *, by: tuple[Viewer, datetime]
) -> Notice:
    """Change a notice that is not signed. As :func:`draft`; refused as well where somebody else changed it since."""
    actor, at = by
    notice = notice_in_hand(notice_id, "edit", actor, at)
    if notice.version != version:
        raise refusal("public_notice.changed_meanwhile")
    _write(notice, wording, at)
    notice.version += 1
    notice.save()
    notice.items.all().delete()
    _list(notice, chosen)
    note("edited", notice, By(actor, OFFICER, at), items=len(chosen))
    return notice


def content_of(
    notice: Notice, items: Sequence[NoticeItem], lines: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return what a signature stands under: the words and the list."""
    listed = [[str(item.selection_id), line] for item, line in zip(items, lines, strict=True)]
    names = (
        "title",
        "number",
        "days",
        "day_kind",
        "first_day_counts",
        "fields",
        "objections_to",
        "procedure",
    )
    return {**{name: getattr(notice, name) for name in names}, "items": listed}


def digest_now(notice: Notice) -> str:
    """Return the digest of what a notice says now."""
    items = list(items_of(notice))
    return digest_of(content_of(notice, items, lines_of(notice, items)))


def sign(notice_id: UUID, *, by: Viewer, proposer: Viewer, at: datetime) -> Notice:
    """Freeze the list of a notice under the signature of a leader. The room ``approvals`` asked both people.

    Raises:
        Refused: it is signed already, or something in it can no longer be listed.
    """
    notice = locked_notice(notice_id)
    notice.state = state_after(NOTICES, notice.state, "sign", {LEADER})
    items = list(items_of(notice))
    _require_ready(notice, [item.selection_id for item in items])
    lines = lines_of(notice, items)
    for item, line in zip(items, lines, strict=True):
        item.listed = line
    NoticeItem.objects.bulk_update(items, ["listed"])
    notice.digest = digest_of(content_of(notice, items, lines))
    notice.signed_by_id, notice.signed_at = by.pk, at
    notice.save()
    note("signed", notice, By(by, LEADER, at), digest=notice.digest, asked_by=str(proposer.pk))
    follow_notice(notice.pk, at, "signed")
    return notice


@transaction.atomic
def take_back(notice_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Make a draft again of a signed notice that is not posted."""
    notice = notice_in_hand(notice_id, "take_back", actor, at)
    reason = reason_given(reason)
    notice.digest, notice.signed_by, notice.signed_at, notice.post_at = "", None, None, None
    notice.version += 1
    notice.save()
    notice.items.update(listed={})
    note("taken_back", notice, By(actor, OFFICER, at), reason=reason)
    follow_notice(notice.pk, at, "taken_back")


def withdraw(notice_id: UUID, reason: str, *, by: Viewer, at: datetime) -> Notice:
    """Withdraw a notice; a second person agreed. What it listed waits for another notice, whose days begin anew."""
    notice = locked_notice(notice_id)
    notice.state = state_after(NOTICES, notice.state, "withdraw", {LEADER})
    notice.reason, notice.over_at = reason_given(reason), at
    notice.save()
    if notice.posted_at is not None:
        count_public_change()
    note("withdrawn", notice, By(by, LEADER, at), reason=notice.reason)
    follow_notice(notice.pk, at, "withdrawn")
    return notice


def _write(notice: Notice, wording: Wording, at: datetime) -> None:
    if (
        wording.number
        and wording.number != notice.number
        and wording.number in numbers_of(notice.association_id)
    ):
        raise refusal("public_notice.number_taken", number=wording.number)
    for name, value in wording.columns().items():
        setattr(notice, name, value)
    stated = length_of(notice.call)
    notice.clause = stated.clause if stated else ""
    notice.state = S.DRAFTED.value
    require_long_enough(notice, wording.post_at or at)


def require_long_enough(notice: Notice, at: datetime) -> None:
    """Refuse a notice that is shorter than its call says, if it is posted at that moment."""
    stated = length_of(notice.call)
    try:
        period = period_from(notice, shanghai_day(at), notice.until)
    except YearNotPublished as unknown:
        raise Refused(unknown.finding) from unknown
    if stated is None:
        return
    term = Term(stated.days, stated.kind, stated.first_day_counts)
    if against := check_notice(period, term, calendar_for(notice.association_id)):
        raise Refused(*against)


def _list(notice: Notice, chosen: Sequence[UUID]) -> None:
    _require_ready(notice, chosen)
    items = [
        NoticeItem(
            association_id=notice.association_id, notice=notice, selection_id=selection, position=position
        )
        for position, selection in enumerate(chosen, start=1)
    ]
    NoticeItem.objects.bulk_create(items)


def _require_ready(notice: Notice, chosen: Sequence[UUID]) -> None:
    if not chosen:
        raise refusal("public_notice.nothing_listed")
    known = set(ready_of(notice.call_id, beside=notice.pk).values_list("pk", flat=True))
    if strangers := set(chosen) - known:
        raise refusal("public_notice.not_ready", n=len(strangers))
