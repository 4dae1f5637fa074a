"""All calls of the associations one works for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.programmes import queries
from keqiao.web.programmes.permissions import WORK_ON_CALLS
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

CALLS = ListKind(
    columns=(
        Column("title", _("标题"), ("title",), value=lambda call: call.title),
        Column(
            "state", _("状态"), ("state", "-created_at"), value=lambda call: str(call.get_state_display())
        ),
        Column(
            "association", _("科协"), ("association__site_name",), value=lambda call: str(call.association)
        ),
        Column("year", _("年度"), ("year",), number=True, value=lambda call: call.year),
        Column("deadline", _("申报截止"), ("deadline_at",), value=lambda call: call.deadline_at),
        Column("created", _("创建时间"), ("created_at",), value=lambda call: call.created_at),
    ),
    default_sort="-created",
    search=queries.named,
    filters=(Filter("state", _("状态"), queries.states(), queries.in_state),),
    keys=(
        Key(Field("year", ("年度", "Year"), Kind.NUMBER, optional=True), column_condition("year")),
        Key(
            Field("deadline", ("申报截止", "截止", "Deadline"), Kind.DAY, optional=True),
            column_condition("deadline_at", is_moment=True),
        ),
        Key(
            Field("created", ("创建时间", "创建", "Created"), Kind.DAY),
            column_condition("created_at", is_moment=True),
        ),
        Key(Field("association", ("科协", "Association")), column_condition("association__site_name")),
    ),
    hint=_("标题、网址标识或科协"),
    code="programmes.calls",
    file_name=_("通知与项目"),
)


@opens_to(*WORK_ON_CALLS)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The calls of one's associations, newest first."""
    rows = queries.calls_for(request.user, request.arrived_at)
    shown = list_page(rows, CALLS, request.GET)
    return exported(shown, request) or render(request, "programmes/list.html", {"list": shown})
