"""Post a signed notice, extend it; what the clock does: posts, ends, takes down."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.lifecycle.roles import CLOCK, OFFICER
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.workdays import YearNotPublished, shanghai_day
from keqiao.web.allocation.actions import move
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.parties.actions import count_public_change
from keqiao.web.programmes.definitions import digest_of
from keqiao.web.public_notice.actions.drafting import content_of, require_long_enough
from keqiao.web.public_notice.actions.writing import (
    NOTICES,
    locked_notice,
    note,
    notice_in_hand,
    reason_given,
    refusal,
    state_after,
)
from keqiao.web.public_notice.counting import counted_in, period_from
from keqiao.web.public_notice.models import Notice
from keqiao.web.public_notice.owed import follow_notice
from keqiao.web.public_notice.permissions import Viewer
from keqiao.web.public_notice.queries import items_of
from keqiao.web.public_notice.telling import tell_listed

AT_ONCE = 20
"""Cases that one round of the clock takes; the rest follow in the next."""


@transaction.atomic
def post(notice_id: UUID, *, actor: Viewer, at: datetime) -> Notice:
    """Post a signed notice now; its first day is today.

    Raises:
        Notice.DoesNotExist: it is not the actor's business.
        Refused: it is not signed, something in it fell out meanwhile, or its days cannot be counted.
    """
    notice = notice_in_hand(notice_id, "post", actor, at)
    return _post(notice, By(actor, OFFICER, at))


@transaction.atomic
def plan_posting(notice_id: UUID, post_at: datetime | None, *, actor: Viewer, at: datetime) -> None:
    """Let the clock post a signed notice at a moment to come; None: nobody but an officer posts it.

    Raises:
        Notice.DoesNotExist: it is not the actor's business.
        Refused: it is not signed, or the moment has passed.
    """
    notice = locked_notice(notice_id)
    notice_in_hand(notice_id, "post", actor, at)
    if post_at is not None and post_at <= at:
        raise refusal("public_notice.moment_passed")
    if post_at is not None:
        require_long_enough(notice, post_at)
    notice.post_at = post_at
    notice.save(update_fields=["post_at"])
    note("posting_planned", notice, By(actor, OFFICER, at))
    follow_notice(notice.pk, at, "posting_planned")


@transaction.atomic
def extend(notice_id: UUID, until: date, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Let a notice stand until a later day.

    Raises:
        Notice.DoesNotExist: it is not the actor's business.
        Refused: it does not run, the day is not later, or the reason is missing.
    """
    notice = notice_in_hand(notice_id, "extend", actor, at)
    reason = reason_given(reason)
    first, last = _days(notice)
    if until <= last:
        raise refusal("public_notice.not_later", last=last.isoformat())
    if shanghai_day(at) > last:
        raise refusal("public_notice.over", last=last.isoformat())
    notice.until = until
    _count(notice, first)
    notice.save(update_fields=["until", "last_day", "counted"])
    count_public_change()
    note("extended", notice, By(actor, OFFICER, at), reason=reason, until=until.isoformat())


def post_due(now: datetime) -> None:
    """Post what an officer planned for a moment that has come. What cannot be posted waits for an officer."""
    rows = Notice.objects.filter(state=S.SIGNED.value, post_at__lte=now).order_by("post_at")
    for pk in list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        try:
            _post_by_clock(pk, now)
        except Refused:
            _leave_to_officer(pk, now)


def end_due(now: datetime) -> None:
    """End the notices whose last day has passed. Safe to run at any time and by several at once."""
    rows = Notice.objects.filter(state=S.POSTED.value, last_day__lt=shanghai_day(now)).order_by("last_day")
    for pk in list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        _by_clock(pk, "end", now)


def take_down_due(now: datetime) -> None:
    """Take down the pages that have stood long enough after their notice was concluded or withdrawn."""
    over = [S.CONCLUDED.value, S.WITHDRAWN.value]
    rows = Notice.objects.filter(state__in=over, posted_at__isnull=False, over_at__lte=now).order_by(
        "over_at"
    )
    due = [
        pk
        for pk, over_at, days in rows.values_list("pk", "over_at", "shown_days")
        if _passed(over_at, days, now)
    ]
    for pk in due[:AT_ONCE]:
        _by_clock(pk, "take_down", now)


@transaction.atomic
def take_down(notice_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take the page of a notice down that is concluded or withdrawn."""
    notice = notice_in_hand(notice_id, "take_down", actor, at)
    notice.save(update_fields=["state"])
    count_public_change()
    note("taken_down", notice, By(actor, OFFICER, at))


def _passed(over_at: datetime, days: int, now: datetime) -> bool:
    return over_at + timedelta(days=days) <= now


@transaction.atomic
def _post_by_clock(pk: UUID, now: datetime) -> None:
    notice = locked_notice(pk)
    if notice.state == S.SIGNED.value:
        notice.state = state_after(NOTICES, notice.state, "post", {CLOCK})
        _post(notice, By(None, CLOCK, now))


@transaction.atomic
def _leave_to_officer(pk: UUID, now: datetime) -> None:
    notice = locked_notice(pk)
    notice.post_at = None
    notice.save(update_fields=["post_at"])
    note("posting_failed", notice, By(None, CLOCK, now))
    follow_notice(notice.pk, now, "posting_failed")


@transaction.atomic
def _by_clock(pk: UUID, act: str, now: datetime) -> None:
    notice = locked_notice(pk)
    before = notice.state
    notice.state = state_after(NOTICES, before, act, {CLOCK})
    notice.save(update_fields=["state"])
    count_public_change()
    note(NOTICES.events[act], notice, By(None, CLOCK, now))
    follow_notice(notice.pk, now, NOTICES.events[act])


def _post(notice: Notice, by: By) -> Notice:
    items = list(items_of(notice))
    if digest_of(content_of(notice, items, [item.listed for item in items])) != notice.digest:
        raise refusal("public_notice.not_as_signed")
    require_long_enough(notice, by.at)
    for item in items:
        _show(item, by)
    notice.posted_at, notice.post_at = by.at, None
    _count(notice, shanghai_day(by.at))
    notice.save()
    count_public_change()
    data = {"digest": notice.digest, "last": notice.last_day.isoformat(), "items": len(items)}  # type: ignore[union-attr]
    note("posted", notice, by, **data)
    tell_listed(notice, items, by.at)
    follow_notice(notice.pk, by.at, "posted")
    return notice


def _show(item: Any, by: By) -> None:
    state = SelectionState(item.selection.state)
    if state is SelectionState.APPROVED:
        move(item.selection, "post", role=by.role, actor=by.actor, at=by.at)
    elif state not in (SelectionState.IN_NOTICE, SelectionState.HELD):
        raise refusal("public_notice.item_gone", title=item.listed["title"])


def _count(notice: Notice, first: date) -> None:
    """Write down the days of a notice that is posted on ``first``."""
    try:
        period = period_from(notice, first, notice.until)
    except YearNotPublished as unknown:
        raise Refused(unknown.finding) from unknown
    notice.first_day, notice.last_day = period.first, period.last
    notice.counted = counted_in(notice, period)


def _days(notice: Notice) -> tuple[date, date]:
    first, last = notice.first_day, notice.last_day
    if first is None or last is None:
        raise LookupError(f"{notice.pk} was never posted")
    return first, last
