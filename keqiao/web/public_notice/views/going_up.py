"""What of an award goes on to the level above: into an open call here, or as a table that leaves the house."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.money import exact_amount
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.exports import exported
from keqiao.web.public_notice import actions, queries
from keqiao.web.public_notice.forms import UpwardForm
from keqiao.web.public_notice.permissions import IN_CHARGE, is_officer
from keqiao.web.public_notice.queries.going_up import entries_of, offers_above, stated_upward
from keqiao.web.public_notice.stated import programme_in_force
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

CONFIRMED = SelectionState.CONFIRMED.value


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def upward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was passed on, as a table that can be taken out; officers pass projects on."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    award = queries.award_for(request.user, pk, at)  # type: ignore[arg-type]
    may_act = is_officer(request.user, award.association_id, at)  # type: ignore[arg-type]
    if request.method == "POST" and not may_act:
        raise Http404
    shown = list_page(entries_of(award), LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    items = [each for each in queries.lines_of_award(award) if each.selection.state == CONFIRMED]
    offers = offers_above(award.association, at)
    form = UpwardForm(request.POST or None, items=items, offers=offers)
    findings: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.enter_upward(pk, form.upward(), actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已推荐到%(to)s，并告知申报单位。") % {"to": entry.to})
            return redirect("public_notice:upward", pk)
    programme = programme_in_force(award.call)
    page = {
        "award": award,
        "list": shown,
        "form": form,
        "findings": findings,
        "stated": stated_upward(programme) if programme else [],
        "may_act": may_act and award.issued_at is not None and bool(items),
    }
    status = 409 if findings else 422 if form.errors else 200
    return render(request, "public_notice/upward.html", page, status=status)


def _of(row: Any) -> Any:
    return row.selection.application


def _day(row: Any) -> str:
    return timezone.localtime(row.made_at).date().isoformat()


LIST = ListKind(
    columns=(
        Column(
            "number",
            gettext_lazy("受理编号"),
            ("selection__application__number",),
            value=lambda row: _of(row).number,
        ),
        Column(
            "title",
            gettext_lazy("项目名称"),
            ("selection__application__title",),
            value=lambda row: _of(row).title,
        ),
        Column(
            "unit",
            gettext_lazy("申报单位"),
            ("selection__application__unit__name",),
            value=lambda row: _of(row).unit.name,
        ),
        Column(
            "amount",
            gettext_lazy("金额"),
            ("selection__amount_fen",),
            value=lambda row: exact_amount(row.selection.amount_fen or 0),
        ),
        Column("to", gettext_lazy("推荐到"), ("to",), value=lambda row: row.to),
        Column(
            "call", gettext_lazy("上一级的通知"), (), value=lambda row: row.call.title if row.call else ""
        ),
        Column("reason", gettext_lazy("推荐理由"), (), value=lambda row: row.reason),
        Column("day", gettext_lazy("推荐时间"), ("made_at",), value=_day),
    ),
    default_sort="-day",
    search=lambda word: Q(selection__application__title__icontains=word) | Q(to__icontains=word),
    filters=(
        Filter(
            "where",
            gettext_lazy("去向"),
            [("here", gettext_lazy("本系统的通知")), ("elsewhere", gettext_lazy("其他单位或赛事"))],
            lambda where: Q(call__isnull=where != "here"),
        ),
    ),
    hint=gettext_lazy("项目名称或推荐去向"),
    code="public_notice.upward",
    file_name=gettext_lazy("推荐表"),
)
