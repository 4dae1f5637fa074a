"""One register of recognitions with its lines; open and describe registers."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.recognition import OFFICER
from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.parties.finding import with_name
from keqiao.web.parties.queries import local_day
from keqiao.web.registers import permissions
from keqiao.web.registers.actions import recognitions as actions
from keqiao.web.registers.forms.recognitions import SchemeForm
from keqiao.web.registers.models import RecognitionScheme
from keqiao.web.registers.models.recognitions import STATES, HolderKind
from keqiao.web.registers.permissions import READ_REGISTERS
from keqiao.web.registers.queries import lines
from keqiao.web.registers.views.filling import about, by_viewer, done, form_page, sent
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

SCOPE = "the association of the register"
HELD, ENDING, ENDED = "held", "ending", "ended"

LINE_KEYS = (
    Key(
        Field("holder", ("持有者", "单位", "Holder")),
        any_of(lambda word: with_name(word) | Q(region__name__icontains=word)),
    ),
    Key(Field("number", ("编号", "Number"), optional=True), column_condition("number")),
    Key(
        Field("until", ("截止日期", "到期", "Until"), Kind.DAY, optional=True),
        column_condition("valid_until"),
    ),
    Key(Field("since", ("起始日期", "认定日期", "Since"), Kind.DAY), column_condition("valid_from")),
    Key(Field("batch", ("批次", "Batch"), optional=True), column_condition("batch")),
    Key(Field("item", ("项目或内容", "内容", "Item"), optional=True), column_condition("item")),
    Key(Field("basis", ("认定文件", "文号", "Basis"), optional=True), column_condition("basis")),
)


def lines_list(scheme: RecognitionScheme, day: date) -> ListKind:
    """Return what the list of a register offers; what holds and what ends soon is judged on ``day``."""
    for_region = scheme.holder_kind == HolderKind.REGION
    holder_order = ("region__code",) if for_region else ("party__name",)
    moods = {HELD: lines.held_on(day), ENDING: lines.ending_soon(day), ENDED: Q(valid_until__lt=day)}
    choices = [
        (HELD, gettext_lazy("现行有效")),
        (ENDING, gettext_lazy("90 天内到期")),
        (ENDED, gettext_lazy("已过期")),
    ]
    grades = [(grade, grade) for grade in scheme.grades]
    filters = [
        Filter("now", gettext_lazy("当前"), choices, lambda chosen: moods[chosen]),
        Filter("state", gettext_lazy("状态"), STATES, lambda chosen: Q(state=chosen)),
    ]
    if grades:
        filters.append(Filter("grade", gettext_lazy("等次"), grades, lambda chosen: Q(grade=chosen)))
    return ListKind(
        columns=(
            Column("holder", gettext_lazy("持有者"), holder_order, value=lambda row: row.holder),
            Column("number", gettext_lazy("编号"), ("number",), value=lambda row: row.number),
            *(
                [Column("grade", gettext_lazy("等次"), ("grade",), value=lambda row: row.grade)]
                if grades
                else []
            ),
            Column("since", gettext_lazy("起始日期"), ("valid_from",), value=lambda row: row.valid_from),
            Column("until", gettext_lazy("截止日期"), ("valid_until",), value=lambda row: row.valid_until),
            Column("state", gettext_lazy("状态"), ("state",), value=lambda row: str(row.get_state_display())),
        ),
        default_sort="-since",
        search=lambda word: (
            with_name(word)
            | Q(region__name__icontains=word)
            | Q(number__icontains=word)
            | Q(batch__icontains=word)
        ),
        filters=filters,
        keys=LINE_KEYS,
        hint=gettext_lazy("名称、代码、编号或批次"),
        code="registers.recognitions",
        file_name=scheme.name,
    )


@opens_to(*READ_REGISTERS, scope=SCOPE)
@require_safe
def scheme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines of a register."""
    found = lines.scheme_for(request.user, pk, request.arrived_at)
    day = local_day(request.arrived_at)
    listed = list_page(lines.recognitions_in(found), lines_list(found, day), request.GET)
    statements = lines.kept_statements(found.association_id)
    page = {
        "scheme": found,
        "list": listed,
        "today": day,
        "writes": permissions.writes(request.user, found.association_id, request.arrived_at),
        "kept": statements.filter(scheme=found).first(),
    }
    return exported(listed, request) or render(request, "registers/scheme.html", page)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def new_scheme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a register of recognitions."""
    association = lines.association_written(request.user, pk, request.arrived_at)
    form = SchemeForm(**sent(request), **about(request, pk))
    made = done(form, lambda: actions.open_register(pk, form.wanted(), by=by_viewer(request)))
    if made:
        messages.success(request, _("名册已建立，可以逐条登记或从表格导入。"))
        return redirect("registers:scheme", made.pk)
    return form_page(request, form, **_frame(association, _("新建认定名册")))


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_scheme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a register says of itself."""
    found = lines.scheme_written(request.user, pk, request.arrived_at)
    told = about(request, found.association_id)
    form = (
        SchemeForm(**sent(request), **told) if request.method == "POST" else SchemeForm.showing(found, **told)
    )
    if done(form, lambda: actions.describe_register(pk, form.wanted(), by=by_viewer(request))):
        messages.success(request, _("已保存。"))
        return redirect("registers:scheme", pk)
    return form_page(request, form, **_frame(found.association, _("名册设置"), str(found)))


def _frame(association: Any, title: str, lead: str = "") -> dict[str, Any]:
    back = reverse("registers:overview", args=[association.pk])
    crumbs = [(_("登记与名录"), back)]
    return {
        "title": title,
        "lead": lead or str(association),
        "back": back,
        "submit": _("保存"),
        "crumbs": crumbs,
    }
