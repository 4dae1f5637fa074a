"""Public notices and awards, as everybody reads them. Kept like the pages of calls."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.workdays import Period, shanghai_day
from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.portal.feeds import event_of_notice
from keqiao.web.portal.kept_pages import kept
from keqiao.web.portal.links import absolute, link_of_notice
from keqiao.web.portal.views.feeds import CALENDAR
from keqiao.web.public_notice import queries
from keqiao.web.public_notice.counting import days_left
from keqiao.web.public_notice.papers import blocks_of, paper_of_award, paper_of_notice, statement_of_notice
from keqiao.web.public_notice.shown import NOTICE_KINDS, download, notice_words
from keqiao.writers.calendar_feed import calendar_feed

ON_A_PAGE = 100
"""Notices and awards on the list, the newest: an office posts a handful a year, and takes them down."""


@opens_to(PUBLIC)
@require_safe
@kept()
def public_notices(request: HttpRequest) -> HttpResponse:
    """All public notices and awards, the newest first."""
    found = queries.public_notices()[:ON_A_PAGE]
    title = _("公示公告")
    page = {
        "notices": [(row, notice_words(row.state), NOTICE_KINDS[S(row.state)]) for row in found],
        "awards": queries.public_awards()[:ON_A_PAGE],
        "link": link_of_notice(title, reverse("portal:public_notices")),
    }
    return render(request, "portal/public_notices.html", page)


@opens_to(PUBLIC)
@require_safe
@kept()
def public_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One public notice: its list, its days, where objections go."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    notice, items = _notice(pk)
    today = shanghai_day(at)
    page = {
        "notice": notice,
        "items": items,
        "blocks": blocks_of(_paper(notice, items)) if items else [],
        "state": notice_words(notice.state),
        "state_kind": NOTICE_KINDS[S(notice.state)],
        "left": days_left(notice, today) if notice.state == S.POSTED.value else None,
        "takes_objections": notice.state == S.POSTED.value and today <= notice.last_day,
        "link": link_of_notice(notice.title, reverse("portal:public_notice", args=[pk])),
    }
    return render(request, "portal/public_notice.html", page)


@opens_to(PUBLIC)
@require_safe
@kept()
def public_notice_paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:  # noqa: ARG001
    """A public notice as Word or PDF."""
    notice, items = _notice(pk)
    return _file(items, lambda: _paper(notice, items), form, (notice.title, notice.number))


@opens_to(PUBLIC)
@require_safe
@kept()
def public_statement(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:  # noqa: ARG001
    """The statement on the end of a public notice, once it is concluded."""
    notice, _items = _notice(pk)
    return _file(notice.closing, lambda: statement_of_notice(notice), form, (_("公示情况说明"), notice.title))


@opens_to(PUBLIC)
@require_safe
@kept()
def public_notice_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:  # noqa: ARG001
    """The last day of a public notice, for a calendar."""
    notice, _items = _notice(pk)
    address = absolute(reverse("portal:public_notice", args=[pk]))
    content = calendar_feed(notice.title, [event_of_notice(notice, address)], address=address)
    answer = HttpResponse(content, content_type=CALENDAR)
    answer.headers["Content-Disposition"] = f'attachment; filename="notice-{pk}.ics"'
    return answer


@opens_to(PUBLIC)
@require_safe
@kept()
def public_award(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One award: its list, with the topics that were merged into others."""
    award = queries.public_award(pk)
    page = {
        "award": award,
        "blocks": blocks_of(_paper_of(award)),
        "merged": [item for item in award.shown_items if item.merged],
        "duplicates": [item for item in award.shown_items if item.duplicates],
        "link": link_of_notice(award.title, reverse("portal:public_award", args=[pk])),
    }
    return render(request, "portal/public_award.html", page)


@opens_to(PUBLIC)
@require_safe
@kept()
def public_award_paper(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:  # noqa: ARG001
    """An award as Word or PDF."""
    award = queries.public_award(pk)
    return download(lambda: _paper_of(award), form, (award.title, award.number))


def _notice(pk: UUID) -> tuple[Any, list[Any]]:
    notice = queries.public_notice(pk)
    return notice, queries.listed_in(notice)


def _paper(notice: Any, items: list[Any]) -> Any:
    period = Period(notice.first_day, notice.last_day)
    return paper_of_notice(notice, [item.listed for item in items], period)


def _paper_of(award: Any) -> Any:
    return paper_of_award(award, [item.listed for item in award.shown_items])


def _file(content: Any, make: Callable[[], Any], form: str, name: tuple[str, str]) -> HttpResponse:
    """The paper, if there is anything in it."""
    if not content:
        raise Http404
    return download(make, form, name)
