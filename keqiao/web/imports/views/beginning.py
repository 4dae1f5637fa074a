"""Choose what to import, take the template or the present table, send a table in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.imports import actions, queries, tables
from keqiao.web.imports.columns import Context
from keqiao.web.imports.forms import CopyForm, ExportForm, TableForm
from keqiao.web.imports.permissions import kinds_open_to
from keqiao.web.imports.sheet_kinds import SheetKind, sheet_kind
from keqiao.web.imports.views.working import preview

SCOPE = "the associations for which the kind of table opens"
PER_PAGE = 30


@opens_to(OFFICER, scope=SCOPE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be imported, and what was."""
    imports = queries.imports_for(request.user, request.arrived_at)
    found = Paginator(imports, PER_PAGE).get_page(request.GET.get("page"))
    for made in found.object_list:
        made.kind_declared = sheet_kind(made.kind)
    kinds = [kind for kind, _associations in kinds_open_to(request.user, request.arrived_at)]
    return render(request, "imports/home.html", {"kinds": kinds, "imports": found})


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
    page = {"kind": declared, "form": form, "export_form": ExportForm(associations=associations)}
    return render(request, "imports/new.html", page, status=422 if form.is_bound else 200)


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
        table_form = TableForm(associations=associations)
        page = {"kind": declared, "form": table_form, "export_form": form}
        return render(request, "imports/new.html", page, status=422)
    association_id = form.cleaned_data["association"]
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    records = list(declared.export(Context(association_id, request.user, at)))
    actions.note_export(declared, association_id, len(records), actor=request.user, at=at)
    return tables.export(declared, records, form.cleaned_data["form"])
