"""What other programs subscribe to: the dates of public calls as a calendar, new and revised calls as Atom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.lifecycle.call import CallState
from keqiao.core.lifecycle.public_notice import PublicNoticeState
from keqiao.core.workdays import shanghai_day
from keqiao.web.portal.links import ENGLISH, absolute, is_english
from keqiao.web.programmes.public_face.search import dates_of, revisions_of_all
from keqiao.writers.calendar_feed import FeedEvent, calendar_feed

BACKWARDS = timedelta(days=366)
"""How long a date stays in the calendar of all calls."""
ENTRIES = 50
OF_ALL_CALLS = ("opens", "deadline")
"""Kinds of date in the calendar of all calls; that of one call has all."""

CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")
"""What XML cannot hold, and what is pasted from office programs with a note (a line break there is character 11)."""


def calendar_of_call(call: Any) -> bytes:
    """Return the calendar of one public call."""
    address = _address("portal:call", call.slug)
    return calendar_feed(call.title, map(_event, dates_of([call.pk])), address=address)


def calendar_of_calls(calls: QuerySet[Any], at: datetime) -> bytes:
    """Return the calendar of these public calls."""
    since = shanghai_day(at) - BACKWARDS
    dates = dates_of(calls.order_by().values("pk")).filter(kind__in=OF_ALL_CALLS, on__gte=since)
    name = _("%(site)s申报日历") % {"site": settings.SITE_NAME}
    return calendar_feed(name, map(_event, dates), address=_address("portal:calls"))


def feed_of_calls(calls: QuerySet[Any], asked: QueryDict) -> str:
    """Return what is new and revised of the calls that ``asked`` (the query of the list) wants, as Atom."""
    feed = Atom1Feed(
        title=_("%(site)s：新通知和修订") % {"site": settings.SITE_NAME},
        link=_address("portal:calls"),
        description="",
        feed_url=absolute(reverse("portal:feed"), asked.dict()),
        language=get_language(),
    )
    for revision in revisions_of_all(calls.order_by().values("pk"))[:ENTRIES]:
        feed.add_item(**_entry(revision))
    return feed.writeString("utf-8")


def event_of_notice(notice: Any, address: str) -> FeedEvent:
    """Return the last day of a public notice; extended, it moves, and withdrawn, it is crossed out."""
    is_off = notice.state == PublicNoticeState.WITHDRAWN.value
    return FeedEvent(
        uid=str(uuid5(notice.pk, "last_day")),
        sequence=(notice.until is not None) + is_off,
        stamped=notice.over_at or notice.posted_at,
        summary=_("公示截止：%(title)s") % {"title": notice.title},
        on=notice.last_day,
        address=address,
        description=str(notice.association),
        is_off=is_off,
    )


def _event(date: Any) -> FeedEvent:
    """The event of a date; a cancelled call crosses out all of its dates, which is one change more."""
    call = date.call
    is_cancelled = call.state == CallState.CANCELLED.value
    kind = date.get_kind_display()
    named = f"{call.title} · {date.name}" if date.name else call.title
    notes = [str(call.association), _("演示虚构的日期，不作为申报依据。") if date.invented else ""]
    return FeedEvent(
        uid=str(_uid(call.pk, date.node, date.kind)),
        sequence=date.changes + is_cancelled,
        stamped=date.changed_at,
        summary=_("%(kind)s：%(call)s") % {"kind": kind, "call": named},
        on=date.on,
        at=date.at,
        address=_address("portal:call", call.slug),
        description="\n".join(filter(None, notes)),
        kind=kind,
        is_off=date.dropped or is_cancelled,
    )


def _uid(call: UUID, node: str, kind: str) -> UUID:
    """The name of a date for ever: made of what never changes of it."""
    return uuid5(call, f"{kind}/{node}")


def _entry(revision: Any) -> dict[str, Any]:
    call = revision.call
    said = _("新通知") if revision.number == 1 else _("第 %(n)s 版") % {"n": revision.number}
    return {
        "title": f"{call.title}（{said}）",
        "link": _address("portal:call", call.slug),
        "description": revision.note.translate(CONTROLS) or str(call.association),
        "unique_id": f"urn:uuid:{revision.pk}",
        "pubdate": revision.published_at,
        "updateddate": revision.published_at,
        "author_name": str(call.association),
        "categories": _categories(call),
    }


def _categories(call: Any) -> Iterable[str]:
    return [str(stated) for stated in (call.region, call.year) if stated]


def _address(page: str, *arguments: str) -> str:
    return absolute(reverse(page, args=arguments), ENGLISH if is_english() else None)
