"""What other programs read: calendars, Atom, the table of figures, the list of pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.portal import feeds
from keqiao.web.portal.kept_pages import kept, not_kept
from keqiao.web.portal.links import absolute
from keqiao.web.portal.searching import FILTERS, calls_asked_for
from keqiao.web.portal.statistics import statistics, table_of
from keqiao.web.programmes.public_face.search import public_addresses
from keqiao.web.programmes.queries import public_call

CALENDAR = "text/calendar; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
MOST_ADDRESSES = 50_000  # the protocol's limit for one file
ROBOTS = """User-agent: *
Disallow: /desk/
Disallow: /account/
Allow: /
Sitemap: {sitemap}
"""


@opens_to(PUBLIC)
@require_safe
@kept("q", *FILTERS, but_not_with=("q",))
def calendar(request: HttpRequest) -> HttpResponse:
    """Opening days and deadlines of all public calls, or of those that the filters of the list pick."""
    calls, is_as_asked = calls_asked_for(request.GET, request.arrived_at)
    answer = _file(feeds.calendar_of_calls(calls, request.arrived_at), CALENDAR, "keqiao.ics")
    return answer if is_as_asked else not_kept(answer)


@opens_to(PUBLIC)
@require_safe
@kept()
def call_calendar(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """All dates of one public call."""
    return _file(feeds.calendar_of_call(public_call(slug)), CALENDAR, f"{slug}.ics")


@opens_to(PUBLIC)
@require_safe
@kept("q", *FILTERS, but_not_with=("q",))
def feed(request: HttpRequest) -> HttpResponse:
    """New and revised public calls, or those that the filters of the list pick."""
    calls, is_as_asked = calls_asked_for(request.GET, request.arrived_at)
    answer = HttpResponse(feeds.feed_of_calls(calls, request.GET), content_type=ATOM)
    return answer if is_as_asked else not_kept(answer)


@opens_to(PUBLIC)
@require_safe
@kept()
def statistics_table(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The figures of the statistics page as a table."""
    return _file(table_of(statistics()), "text/csv; charset=utf-8", "keqiao-statistics.csv")


@opens_to(PUBLIC)
@require_safe
@kept()
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages, for search engines."""
    calls, categories = public_addresses()
    pages = [(absolute(reverse(f"portal:{name}")), None) for name in ("home", "calls", "statistics")]
    pages += [(absolute(reverse("portal:call", args=[slug])), changed) for slug, changed in calls]
    pages += [(absolute(reverse("portal:category", args=[slug, node])), None) for slug, node in categories]
    page = {"pages": pages[:MOST_ADDRESSES]}
    return render(request, "portal/sitemap.xml", page, content_type="application/xml")


@opens_to(PUBLIC)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What search engines should leave alone, and where the list of pages is."""
    text = ROBOTS.format(sitemap=absolute(reverse("portal:sitemap")))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _file(content: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
