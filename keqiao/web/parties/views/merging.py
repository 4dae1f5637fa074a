"""Two rows that may be one: the comparison, the merge, and undoing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.web.access import opens_to
from keqiao.web.parties import actions, queries, showing
from keqiao.web.parties.forms.merging import MergeForm, UndoForm
from keqiao.web.parties.models import Organisation
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.views.acting import FormPage, form_page
from keqiao.web.parties.views.organisations import OF_THE_AREA, by
from keqiao.web.ui.faults import add_faults


@opens_to(OFFICER, scope=OF_THE_AREA)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two parties side by side; merge them into the one that is kept."""
    pair = _pair(request, one, other)
    form = MergeForm(request.POST or None, pair=pair)
    if request.method == "POST" and form.is_valid():
        kept = UUID(form.cleaned_data["kept"])
        gone = pair[0].pk if kept == pair[1].pk else pair[1].pk
        try:
            actions.merge(actions.Sameness(kept, gone, form.cleaned_data["reason"]), **by(request))
        except ValidationError as wrong:
            add_faults(form, wrong)
        else:
            messages.success(request, _("已合并。并入一方的网址和名称今后都指向保留的记录。"))
            return redirect(queries.as_it_is_with(kept))
    page = {"pair": pair, "form": form, "sides": showing.sides(pair)}
    return render(request, "parties/compare.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope=OF_THE_AREA)
@require_POST
def tell_apart(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Write down that two parties are two."""
    pair = _pair(request, one, other)
    actions.tell_apart(pair[0].pk, pair[1].pk, **by(request))
    messages.success(request, _("已记录：不是同一个，今后不再提示。"))
    return redirect("parties:duplicates" if isinstance(pair[0], Organisation) else "parties:duplicate_people")


@opens_to(OFFICER, scope=OF_THE_AREA)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Undo a merge, while nothing has come since."""
    done = queries.merge_kept_by(request.user, pk, request.arrived_at)
    form = UndoForm(request.POST or None)
    back = queries.as_it_is_with(done.kept_id).get_absolute_url()
    about = f"{done.gone} → {done.kept}"
    page = FormPage(_("撤销合并"), about, back, _("合并已撤销，两条记录恢复原状。"), is_final=True)

    def act() -> None:
        actions.undo_merge(done.pk, **by(request), reason=form.cleaned_data["reason"])

    return form_page(request, form, page, act)


def _pair(request: HttpRequest, one: UUID, other: UUID) -> tuple[Any, Any]:
    """Both parties, of one sort, which the viewer may change; otherwise 404."""
    viewer, now = request.user, request.arrived_at
    for among in (queries.organisations_kept_by(viewer, now), queries.people_kept_by(viewer, now)):
        found = among.in_bulk([one, other])
        if len(found) == 2:
            return found[one], found[other]
    raise Http404
