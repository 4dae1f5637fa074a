"""Home pages and public calls. The public pages ask neither session nor cookie: any cache may keep them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to
from keqiao.web.portal import queries
from keqiao.web.portal.public import call_page
from keqiao.web.programmes import queries as calls_of_all
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

ON_THE_HOME_PAGE = 12


def call_list() -> ListKind:
    """Return what the public list offers; its regions are those of the calls there are."""
    regions = [(name, name) for name in calls_of_all.regions_of_public_calls()]
    return ListKind(
        columns=(Column("deadline", _("申报截止"), calls_of_all.BY_URGENCY),),
        default_sort="deadline",
        search=calls_of_all.named,
        filters=(Filter("region", _("地区"), regions, calls_of_all.in_region),),
        hint=_("标题或发文科协"),
        rows_per_page=20,
    )


@opens_to(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public home page: the calls that are open, the nearest deadline first."""
    open_calls = calls_of_all.public_calls_by_urgency(request.arrived_at)
    nearest = open_calls.order_by(*calls_of_all.BY_URGENCY)[:ON_THE_HOME_PAGE]
    page = {"calls": nearest, "loading": queries.demonstration_loading()}
    return render(request, "portal/home.html", page)


@opens_to(PUBLIC)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """All public calls, by words and region."""
    rows = calls_of_all.public_calls_by_urgency(request.arrived_at)
    return render(request, "portal/calls.html", {"list": list_page(rows, call_list(), request.GET)})


@opens_to(PUBLIC)
@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """One public call as its newest revision says."""
    return render(request, "portal/call.html", {"page": call_page(calls_of_all.public_call(slug))})


@opens_to(SIGNED_IN)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when."""
    page = {"waiting": queries.waiting_for(request.user, request.arrived_at)}
    return render(request, "portal/desk.html", page)
