"""Public home page and calls. They ask neither session nor cookie: any cache may keep them."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.files.serving import to_be_saved
from keqiao.web.portal import queries
from keqiao.web.portal import statistics as figures
from keqiao.web.portal.category import category_page
from keqiao.web.portal.kept_pages import kept, not_kept
from keqiao.web.portal.links import (
    link_of_call,
    link_of_category,
    link_of_home,
    link_of_list,
    link_of_statistics,
)
from keqiao.web.portal.public import CallPage, call_page
from keqiao.web.portal.rows import rows_of
from keqiao.web.portal.searching import PARAMETERS, find_calls
from keqiao.web.programmes import queries as calls_of_all
from keqiao.web.programmes.amendments.queries import public_amendment

ON_THE_HOME_PAGE = 12


@opens_to(PUBLIC)
@require_safe
@kept()
def home(request: HttpRequest) -> HttpResponse:
    """The public home page: the calls that are open, the nearest deadline first."""
    open_calls = calls_of_all.public_calls_by_urgency(request.arrived_at)
    nearest = open_calls.order_by(*calls_of_all.BY_URGENCY)[:ON_THE_HOME_PAGE]
    loading = queries.demonstration_loading()
    page = {"rows": rows_of(nearest), "loading": loading, "link": link_of_home()}
    response = render(request, "portal/home.html", page)
    return not_kept(response) if loading else response


@opens_to(PUBLIC)
@require_safe
@kept(*PARAMETERS, but_not_with=("q",))
def calls(request: HttpRequest) -> HttpResponse:
    """All public calls, by words, state, region, kind of applicant, theme, amount and year."""
    found = find_calls(request.GET, request.arrived_at)
    response = render(
        request,
        "portal/calls.html",
        {"found": found, "list": found.listed, "link": link_of_list(found.asked)},
    )
    return response if found.is_as_asked else not_kept(response)


@opens_to(PUBLIC)
@require_safe
@kept()
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One public call as its newest revision says."""
    page = call_page(calls_of_all.public_call(slug), request.arrived_at)
    response = render(request, "portal/call.html", {"page": page, "link": link_of_call(page)})
    return _dated(response, page)


@opens_to(PUBLIC)
@require_safe
@kept()
def category(request: HttpRequest, slug: str, node: str) -> HttpResponse:
    """One category of a public call, with all that holds for it."""
    page = call_page(calls_of_all.public_call(slug), request.arrived_at)
    at = category_page(page, node)
    shown = {"page": page, "at": at, "link": link_of_category(page, at)}
    return _dated(render(request, "portal/category.html", shown), page)


@opens_to(PUBLIC)
@require_safe
@kept()
def statistics(request: HttpRequest) -> HttpResponse:
    """Money and places of public calls by region, year, kind of applicant and theme."""
    shown = {"found": figures.statistics(), "link": link_of_statistics()}
    return render(request, "portal/statistics.html", shown)


@opens_to(PUBLIC)
@require_safe
def original(request: HttpRequest, slug: str) -> FileResponse:  # noqa: ARG001
    """The document that a public call was made from."""
    file = calls_of_all.original_of(calls_of_all.public_call(slug))
    if file is None:
        raise Http404
    return to_be_saved(file)


@opens_to(PUBLIC)
@require_safe
def notice(request: HttpRequest, slug: str, pk: UUID) -> FileResponse:  # noqa: ARG001
    """A correction or extension notice that a published revision of a public call took up."""
    return to_be_saved(public_amendment(calls_of_all.public_call(slug), pk).file)


def _dated(response: HttpResponse, page: CallPage) -> HttpResponse:
    """Say since when the words of the page stand; countdowns go on, which the ETag tells."""
    response.headers["Last-Modified"] = http_date(page.revision.published_at.timestamp())
    return response
