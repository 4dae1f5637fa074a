"""Calls with what has arrived; the applications of one call with their formal checks; beginning all that wait."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.lifecycle.formal_check import FormalCheckState as S
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.exports import exported
from keqiao.web.review import actions, queries
from keqiao.web.review.permissions import IN_CHARGE, OFFICER, is_officer
from keqiao.web.review.shown import STATE_KINDS, state_words
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

MOST_AT_ONCE = 100
"""Each asks all rules of its category: what is more waits for another press, and the page says how many."""
WAITING = ("waiting", gettext_lazy("未开始"))
NOT_BEGUN = Q(formal_check__isnull=True) | Q(formal_check__state=S.WITHDRAWN.value)


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls to which something has arrived: how much stands where."""
    rows = queries.calls_to_check(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]
    return render(request, "review/calls.html", {"rows": rows})


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_safe
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The applications that have arrived for one call, with their formal checks."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    counted = queries.call_to_check(request.user, pk, at)  # type: ignore[arg-type]
    rows = queries.checks_of_call(request.user, pk, at)  # type: ignore[arg-type]
    shown = list_page(rows, LIST, request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    page = {
        "counted": counted,
        "call": counted.call,
        "list": shown,
        "rows": [(row, *_state(row)) for row in shown.page],
        "may_act": is_officer(request.user, counted.call.association_id, at),  # type: ignore[arg-type]
        "bars": _bars(counted),
    }
    return render(request, "review/call.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the formal check of everything that waits, or of the one application that is named."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queries.call_to_check(request.user, pk, at)  # type: ignore[arg-type]
    waiting = queries.checks_of_call(request.user, pk, at).filter(NOT_BEGUN)  # type: ignore[arg-type]
    if named := request.POST.get("row", ""):
        waiting = waiting.filter(number=named)
    begun = []
    for row in waiting.order_by("submitted_at", "pk")[:MOST_AT_ONCE]:
        try:
            begun.append(actions.begin(row.pk, actor=request.user, at=at))  # type: ignore[arg-type]
        except Refused:
            messages.warning(request, _("%(number)s 刚刚有变动，没有开始审查。") % {"number": row.number})
    if len(begun) == 1:
        return redirect("review:check", begun[0].pk)
    said = ngettext("已开始审查 %(n)s 项。", "已开始审查 %(n)s 项。", len(begun)) % {"n": len(begun)}
    messages.success(request, said)
    if left := queries.call_to_check(request.user, pk, at).waiting:  # type: ignore[arg-type]
        more = ngettext("还有 %(n)s 项未开始，请再按一次。", "还有 %(n)s 项未开始，请再按一次。", left) % {
            "n": left
        }
        messages.warning(request, more)
    return redirect("review:call", pk)


SHOWN = (S.OPEN, S.RETURNED, S.PASSED, S.REFUSED)
"""States in the order of the work; what was withdrawn is not shown."""


def _bars(counted: queries.CallToCheck) -> list[tuple[str, int, str]]:
    """How many stand where, to be drawn: those that nobody has begun first."""
    rows = [(str(WAITING[1]), counted.waiting)]
    rows += [(state_words(state), getattr(counted, state.value)) for state in SHOWN]
    return [(words, number, str(number)) for words, number in rows]


def _state(row: Any) -> tuple[str, str, str]:
    """The mark, the word and the progress of the check of an application."""
    check = getattr(row, "formal_check", None)
    if check is None or check.state == S.WITHDRAWN.value:
        return "", str(WAITING[1]), "—"
    state = S(check.state)
    progress = f"{row.answered} / {check.points}" if state is S.OPEN else "—"
    return STATE_KINDS[state], state_words(state), progress


def _reason(row: Any) -> str:
    check = getattr(row, "formal_check", None)
    return check.words if check is not None else ""


_lazy_words = lazy(state_words, str)

LIST = ListKind(
    columns=(
        Column("number", gettext_lazy("受理编号"), ("number",), value=lambda row: row.number),
        Column("title", gettext_lazy("项目名称"), ("title",), value=lambda row: row.title),
        Column("unit", gettext_lazy("申报单位"), ("unit__name",), value=lambda row: row.unit.name),
        Column("state", gettext_lazy("形式审查"), ("formal_check__state",), value=lambda row: _state(row)[1]),
        Column("points", gettext_lazy("已审项"), (), value=lambda row: _state(row)[2]),
        Column("at", gettext_lazy("提交时间"), ("submitted_at",), value=lambda row: row.submitted_at),
        Column("reason", gettext_lazy("不合格理由"), (), value=_reason),
    ),
    default_sort="at",
    search=lambda word: Q(title__icontains=word) | Q(number__icontains=word) | Q(unit__name__icontains=word),
    filters=(
        Filter(
            "state",
            gettext_lazy("形式审查"),
            [
                WAITING,
                *((state.value, _lazy_words(state)) for state in SHOWN),
            ],
            lambda state: NOT_BEGUN if state == WAITING[0] else Q(formal_check__state=state),
        ),
    ),
    hint=gettext_lazy("项目名称、编号或单位"),
    code="review.formal_checks",
    file_name=gettext_lazy("形式审查表"),
)
