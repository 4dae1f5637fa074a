"""The decision as a table: searched, filtered, taken out as a workbook or as text."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.money import exact_amount
from keqiao.web.access import opens_to
from keqiao.web.allocation import queries
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.permissions import READERS
from keqiao.web.allocation.shown import STATE_KINDS, state_words
from keqiao.web.audit.exports import exported
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

_lazy_words = lazy(state_words, str)


@opens_to(*READERS, scope="the association of the call; the finance bureau where the call wants its word")
@require_safe
def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All applications of a decision with what is decided of them."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    decision = queries.decision_for(request.user, pk, at)  # type: ignore[arg-type]
    shown = list_page(queries.rows_in(decision), LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    rows = [
        (row, STATE_KINDS[SelectionState(row.state)], state_words(row.state), _money(row))
        for row in shown.page
    ]
    page = {"decision": decision, "call": decision.call, "list": shown, "rows": rows}
    return render(request, "allocation/table.html", page)


def _money(row: Selection) -> str:
    return exact_amount(row.amount_fen) if row.amount_fen else ""


LIST = ListKind(
    columns=(
        Column("rank", _("名次"), ("rank",), value=lambda row: row.rank),
        Column("number", _("受理编号"), ("application__number",), value=lambda row: row.application.number),
        Column("title", _("项目名称"), ("application__title",), value=lambda row: row.application.title),
        Column(
            "unit", _("申报单位"), ("application__unit__name",), value=lambda row: row.application.unit.name
        ),
        Column("shown", _("总分"), ("shown",), value=lambda row: row.shown),
        Column("state", _("状态"), ("state",), value=lambda row: state_words(row.state)),
        Column("amount", _("金额"), ("amount_fen",), value=_money),
        Column("reason", _("理由"), (), value=lambda row: row.reason),
    ),
    default_sort="rank",
    search=lambda word: (
        Q(application__title__icontains=word)
        | Q(application__number__icontains=word)
        | Q(application__unit__name__icontains=word)
    ),
    filters=(
        Filter(
            "state",
            _("状态"),
            [(state.value, _lazy_words(state.value)) for state in SelectionState],
            lambda state: Q(state=state),
        ),
    ),
    hint=_("项目名称、编号或单位"),
    code="allocation.decision",
    file_name=_("遴选方案"),
)
