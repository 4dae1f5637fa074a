"""One import: how far it is, what was found row by row, corrections, the start, the result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.imports import actions, queries, shown, tables
from keqiao.web.imports.forms import CopyForm, StartForm, row_forms
from keqiao.web.imports.models import Import, ImportState, Verdict

SCOPE = "the associations for which the kind of table opens"
ROWS_TO_CORRECT, ROWS_TO_READ = 20, 50
UNDER_WAY = (ImportState.QUEUED, ImportState.CHECKING, ImportState.IMPORTING)


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One import as it stands now."""
    return preview(request, queries.import_for(request.user, pk, request.arrived_at))


def preview(request: HttpRequest, made: Import, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of an import; ``more`` are forms that came back with faults."""
    kind = queries.kind_of(made)
    page = {
        "made": made,
        "kind": kind,
        "failure": _failure(made),
        "is_under_way": made.state in UNDER_WAY,
        "copy_form": CopyForm(),
        "steps": _steps(made),
    }
    if made.state not in (*UNDER_WAY, ImportState.FAILED):
        page |= _rows_page(request, made)
    return render(request, "imports/detail.html", {**page, **more}, status=status)


def _rows_page(request: HttpRequest, made: Import) -> dict[str, Any]:
    kind, counts = queries.kind_of(made), queries.counts_of(made)
    tabs = shown.tabs(counts, request.GET.get("show", ""))
    chosen = next(tab for tab in tabs if tab.is_current)
    corrects = chosen.verdict == Verdict.FAULTY and made.state == ImportState.READY
    rows = shown.rows_of(made, chosen)
    found = Paginator(rows, ROWS_TO_CORRECT if corrects else ROWS_TO_READ).get_page(request.GET.get("page"))
    page = {
        "counts": counts,
        "wanted": sum(counts[verdict] for verdict in ("new", "changed", "same")),
        "tabs": tabs,
        "rows": found,
        "columns": [kind.column(key) for key in made.columns if key != "id"],
        "earlier": queries.earlier_with_same_file(made),
        "start_form": StartForm(initial={"edition": made.edition}),
    }
    if corrects:
        return {**page, "row_forms": row_forms(kind, made.columns, found.object_list)}
    return {**page, "shown_rows": [shown.shown_row(kind, row) for row in found.object_list]}


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that asks again; moves on by itself when the worker has ended."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    is_under_way = made.state in UNDER_WAY
    answer = render(request, "imports/detail.html#progress", {"made": made, "is_under_way": is_under_way})
    if not is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take other cells for faulty rows and check everything again."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    numbers = [int(number) for number in request.POST.getlist("rows") if number.isdecimal()]
    rows = queries.open_rows(made).filter(verdict=Verdict.FAULTY, number__in=numbers[:ROWS_TO_CORRECT])
    sent = row_forms(queries.kind_of(made), made.columns, list(rows), request.POST)
    if [each for each in sent if not each.form.is_valid()]:  # a list: all are looked at
        return preview(request, made, row_forms=sent, status=422)
    try:
        edited = {each.row.number: each.cells() for each in sent}
        actions.correct(made, edited, actor=request.user, at=request.arrived_at)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        left = queries.counts_of(made)["faulty"]
        messages.success(
            request,
            _("已重新核对，还有 %(n)s 行有问题。") % {"n": left} if left else _("已重新核对，没有问题了。"),
        )
    return redirect("imports:detail", pk)


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import the rows without faults."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    form = StartForm(request.POST)
    if form.is_valid():
        try:
            actions.start(made, form.cleaned_data["edition"], actor=request.user, at=request.arrived_at)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    return redirect("imports:detail", pk)


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an import that stands still to the worker again."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    actions.resume(made, actor=request.user, at=request.arrived_at)
    return redirect("imports:detail", pk)


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an import up."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    actions.drop(made, actor=request.user, at=request.arrived_at)
    messages.success(request, _("已放弃，未导入的行没有写入。"))
    return redirect("imports:home")


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def annotated(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that are not imported yet, each with what is wrong with it."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    return tables.annotated(queries.kind_of(made), made)


def _steps(made: Import) -> list[tuple[str, str]]:
    """Upload, check, import, result: which of them is now."""
    now = {ImportState.READY: 2, ImportState.IMPORTING: 2, ImportState.DONE: 3}.get(
        ImportState(made.state), 1
    )
    words = (_("上传表格"), _("系统核对"), _("改正并导入"), _("完成"))
    return [
        (each, "now" if place == now else "done" if place < now else "later")
        for place, each in enumerate(words)
    ]


def _failure(made: Import) -> Finding | None:
    if not made.failure:
        return None
    return Finding(made.failure, Weight.REFUSE, made.failure_values)
