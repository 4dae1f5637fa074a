"""Home pages and public calls. The public pages ask neither session nor cookie: any cache may keep them."""

from datetime import datetime

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to
from keqiao.web.files.kinds import media_type
from keqiao.web.files.queries import path_of
from keqiao.web.portal import queries
from keqiao.web.portal.public import call_page
from keqiao.web.portal.rows import APPLICANTS, ids_open_to, rows_of
from keqiao.web.programmes import queries as calls_of_all
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

ON_THE_HOME_PAGE = 12
OPEN = "open"


def call_list(at: datetime) -> ListKind:
    """Return what the public list offers; its regions are those of the calls there are."""
    regions = [(name, name) for name in calls_of_all.regions_of_public_calls()]
    kinds = [(kind, words) for kind, (words, _needles) in APPLICANTS.items()]
    return ListKind(
        columns=(Column("deadline", _("申报截止"), calls_of_all.BY_URGENCY),),
        default_sort="deadline",
        search=calls_of_all.named,
        filters=(
            Filter("region", _("地区"), regions, calls_of_all.in_region),
            Filter("applicant", _("申报单位"), kinds, lambda kind: Q(pk__in=ids_open_to(kind))),
            Filter("state", _("状态"), [(OPEN, _("正在申报"))], lambda _state: Q(deadline_at__gte=at)),
        ),
        hint=_("标题或发文科协"),
        rows_per_page=20,
    )


@opens_to(PUBLIC)
@require_safe
@conditional_page
def home(request: HttpRequest) -> HttpResponse:
    """The public home page: the calls that are open, the nearest deadline first."""
    open_calls = calls_of_all.public_calls_by_urgency(request.arrived_at)
    nearest = open_calls.order_by(*calls_of_all.BY_URGENCY)[:ON_THE_HOME_PAGE]
    page = {"rows": rows_of(nearest), "loading": queries.demonstration_loading()}
    return render(request, "portal/home.html", page)


@opens_to(PUBLIC)
@require_safe
@conditional_page
def calls(request: HttpRequest) -> HttpResponse:
    """All public calls, by words, region, kind of applicant and whether they are open."""
    found = calls_of_all.public_calls_by_urgency(request.arrived_at)
    listed = list_page(found, call_list(request.arrived_at), request.GET)
    return render(request, "portal/calls.html", {"list": listed, "rows": rows_of(listed.page)})


@opens_to(PUBLIC)
@require_safe
@conditional_page
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One public call as its newest revision says."""
    page = call_page(calls_of_all.public_call(slug))
    response = render(request, "portal/call.html", {"page": page})
    response.headers["Last-Modified"] = http_date(page.revision.published_at.timestamp())
    return response


@opens_to(PUBLIC)
@require_safe
def original(request: HttpRequest, slug: str) -> FileResponse:  # noqa: ARG001
    """The document that a public call was made from, to be saved, never shown by the browser."""
    file = calls_of_all.original_of(calls_of_all.public_call(slug))
    if file is None:
        raise Http404
    content = path_of(file).open("rb")
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=media_type(file.kind)
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@opens_to(SIGNED_IN)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when."""
    page = {"waiting": queries.waiting_for(request.user, request.arrived_at)}
    return render(request, "portal/desk.html", page)
