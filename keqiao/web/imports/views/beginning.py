"""Choose what to import, take the template or the present table, send a table in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.query import Field, Kind
from keqiao.readers.tables.table import ROWS_MAX
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.imports import actions, queries, tables
from keqiao.web.imports.columns import Context
from keqiao.web.imports.forms import CopyForm, ExportForm, TableForm
from keqiao.web.imports.models import Import, ImportState
from keqiao.web.imports.permissions import kinds_open_to
from keqiao.web.imports.sheet_kinds import SheetKind, sheet_kind
from keqiao.web.imports.views.working import preview
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

SCOPE = "the associations for which the kind of table opens"


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be imported, and what was."""
    kinds = [kind for kind, _associations in kinds_open_to(request.user, request.arrived_at)]
    rows = queries.imports_for(request.user, request.arrived_at)
    shown = list_page(rows, import_list(kinds), request.GET)
    for made in shown.page:
        made.kind_declared = sheet_kind(made.kind)
    return exported(shown, request) or render(request, "imports/home.html", {"kinds": kinds, "list": shown})


def import_list(kinds: list[SheetKind]) -> ListKind:
    """Return what the list of past imports offers whom ``kinds`` open to."""
    return ListKind(
        columns=(
            Column("file", _("文件"), ("file__name",), value=lambda made: made.file.name),
            Column("kind", _("表"), ("kind", "-begun_at"), value=_kind_in_words),
            Column("begun", _("上传时间"), ("begun_at",), value=lambda made: made.begun_at),
            Column(
                "state", _("状态"), ("state", "-begun_at"), value=lambda made: str(made.get_state_display())
            ),
            Column(
                "done",
                _("已登记行数"),
                ("done_count",),
                number=True,
                value=lambda made: made.done_count,
            ),
        ),
        default_sort="-begun",
        search=queries.of_file_named,
        filters=(
            Filter("kind", _("表"), [(kind.code, kind.label) for kind in kinds], queries.of_kind),
            Filter("state", _("状态"), ImportState.choices, queries.in_state),
        ),
        keys=(
            Key(
                Field("begun", ("上传时间", "上传", "Uploaded"), Kind.DAY),
                column_condition("begun_at", is_moment=True),
            ),
            Key(Field("done", ("已登记行数", "行数", "Rows"), Kind.NUMBER), column_condition("done_count")),
            Key(
                Field("ended", ("完成时间", "完成", "Ended"), Kind.DAY, optional=True),
                column_condition("ended_at", is_moment=True),
            ),
        ),
        hint=_("文件名称"),
        code="imports.imports",
        file_name=_("导入记录"),
    )


def _kind_in_words(made: Import) -> str:
    kind = sheet_kind(made.kind)
    return str(kind.label) if kind else made.kind


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a table of one kind in."""
    declared, associations = queries.kind_for(request.user, kind, request.arrived_at)
    form = TableForm(request.POST or None, request.FILES or None, associations=associations)
    if request.method == "POST" and form.is_valid():
        made = _begun(form, declared, form.cleaned_data["association"], request)
        if made is not None:
            return redirect("imports:detail", made.pk)
    return _sending(request, declared, form, ExportForm(associations=associations))


def _sending(request: HttpRequest, kind: SheetKind, form: TableForm, export_form: ExportForm) -> HttpResponse:
    page = {"kind": kind, "form": form, "export_form": export_form, "rows_max": ROWS_MAX}
    status = 422 if form.is_bound or export_form.is_bound else 200
    return render(request, "imports/new.html", page, status=status)


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the corrected copy of a table in; it takes the place of the first one."""
    made = queries.import_for(request.user, pk, request.arrived_at)
    form = CopyForm(request.POST, request.FILES)
    if form.is_valid():
        begun = _begun(form, queries.kind_of(made), made.association_id, request, replaces=made)
        if begun is not None:
            return redirect("imports:detail", begun.pk)
    return preview(request, made, copy_form=form, status=422)


def _begun(form: Any, kind: SheetKind, association_id: UUID, request: HttpRequest, **details: Any) -> Any:
    """Begin the import, or put the reason why not at the field and return nothing."""
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    try:
        file = form.store(actor=request.user, association_id=association_id, at=at)
    except ValidationError as refused:
        form.add_error("file", refused)
        return None
    wanted = actions.NewImport(kind, association_id, file.pk, **details)
    return actions.begin(wanted, actor=request.user, at=at)


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table of a kind."""
    declared, _associations = queries.kind_for(request.user, kind, request.arrived_at)
    return tables.template(declared)


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the register holds, as a table that can be imported again. That it left the site is recorded."""
    declared, associations = queries.kind_for(request.user, kind, request.arrived_at)
    form = ExportForm(request.POST, associations=associations)
    if not form.is_valid():
        return _sending(request, declared, TableForm(associations=associations), form)
    association_id = form.cleaned_data["association"]
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    records = list(declared.export(Context(association_id, request.user, at)))
    actions.note_export(declared, association_id, len(records), actor=request.user, at=at)
    return tables.export(declared, records, form.cleaned_data["form"])
