"""All calls of the associations one works for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.programmes import queries
from keqiao.web.programmes.permissions import WORK_ON_CALLS
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

CALLS = ListKind(
    columns=(
        Column("title", _("标题"), ("title",)),
        Column("state", _("状态"), ("state", "-created_at")),
        Column("association", _("科协"), ("association__site_name",)),
        Column("year", _("年度"), ("year",), number=True),
        Column("deadline", _("申报截止"), ("deadline_at",)),
        Column("created", _("创建时间"), ("created_at",)),
    ),
    default_sort="-created",
    search=queries.named,
    filters=(Filter("state", _("状态"), queries.states(), queries.in_state),),
    hint=_("标题、网址标识或科协"),
)


@opens_to(*WORK_ON_CALLS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The calls of one's associations, newest first."""
    rows = queries.calls_for(request.user, request.arrived_at)
    return render(request, "programmes/list.html", {"list": list_page(rows, CALLS, request.GET)})
