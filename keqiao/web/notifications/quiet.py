"""Quiet hours: when no text message and no WeCom message goes, except a code that somebody waits for."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from keqiao.web.notifications.models import Channel, QuietHours
from keqiao.web.notifications.models.rules import QUIET_FROM, QUIET_UNTIL

DISTURBS = (Channel.SMS.value, Channel.WECOM.value)


def after_quiet(begins: time, ends: time, at: datetime) -> datetime:
    """Return ``at``, or the end of the quiet hours (Asia/Shanghai) in which it lies. Equal hours: never quiet."""
    local = timezone.localtime(at)
    now = local.time()
    is_quiet = begins <= now < ends if begins < ends else (now >= begins or now < ends)
    if begins == ends or not is_quiet:
        return at
    day = local.date() + timedelta(days=now >= ends)
    return datetime.combine(day, ends, tzinfo=local.tzinfo)


def may_go_at(channel: str, association_id: UUID | None, at: datetime) -> datetime:
    """Return when a message of an association may go over ``channel`` at the earliest, counted from ``at``."""
    if channel not in DISTURBS:
        return at
    hours = QuietHours.objects.filter(pk=association_id).first() if association_id else None
    return after_quiet(
        hours.begins if hours else QUIET_FROM,
        hours.ends if hours else QUIET_UNTIL,
        at,
    )
