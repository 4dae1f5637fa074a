"""Pages on which officers make the forms of a call: the list, a new form, and the editor of one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.form_desk.forms import FieldMoveForm, FieldRemovalForm, MendForm, NewFormForm
from keqiao.web.programmes.form_desk.kinds import PALETTE
from keqiao.web.programmes.form_desk.mending import REMOVE, RESTORE
from keqiao.web.programmes.form_desk.page import form_page, forms_listed, without_form
from keqiao.web.programmes.models import Call, Draft
from keqiao.web.programmes.parts import OF_A_FORM, NotThere, Part
from keqiao.web.programmes.proofreading.addresses import form_address
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import conflicting

FIELDS, OPINIONS = "fields", "opinions"


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def forms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The forms of a call: who is filled in on each, what is wrong with it, who has none."""
    call, draft = drafted(request, pk)
    page = {
        "call": call,
        "draft": draft,
        "forms": forms_listed(draft.definition),
        "without": without_form(programme_of(draft.definition)),
    }
    return render(request, "programmes/form_desk/list.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def form_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a form: a copy from the library, or an empty one."""
    call, draft = drafted(request, pk)
    known = {"values": draft.definition, "initial": {"version": draft.version}}
    form = NewFormForm(request.POST or None, **known)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        page = {"call": call, "form": form}
        return render(request, "programmes/form_desk/new.html", page, status=status)

    def act(**who: Any) -> str:
        new = actions.NewForm(form.cleaned_data["version"], form.form(), form.chosen())
        _draft, part = actions.add_form(call.pk, new, **who)
        return form_address(call.pk, part.entry)

    return answered(request, call, act)


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor of one form: its fields in order, what to add, its checks and opinions, what is wrong with it."""
    call, draft = drafted(request, pk)
    identifier = request.GET.get("node", "")
    try:
        shown = form_page(draft, identifier)
    except NotThere as gone:
        raise Http404 from gone
    page = {"call": call, "draft": draft, "page": shown, "palette": PALETTE, "back": request.get_full_path()}
    return render(request, "programmes/form_desk/form.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def form_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put one field of a form into another place."""
    call, draft = drafted(request, pk)
    form, part = FieldMoveForm(request.POST), Part(request.GET.get("node", ""), FIELDS)
    if not form.is_valid():
        raise Http404
    version = form.cleaned_data["version"]
    order = form.order(_keys(_seen(draft, version), part.node))
    if order is None:
        raise Http404

    def act(**who: Any) -> str:
        actions.reorder(call.pk, actions.Order(version, part, order), **who)
        return f"{form_address(call.pk, part.node)}#{FIELDS}-{form.cleaned_data['field']}"

    return answered(request, call, act)


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def form_remove(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """Take a field, a check or a box for an opinion away; the page it leads to offers to undo that."""
    call, _draft = drafted(request, pk)
    form = FieldRemovalForm(request.POST)
    if slot not in OF_A_FORM | {OPINIONS} or not form.is_valid():
        raise Http404
    part = Part(request.GET.get("node", ""), slot, form.cleaned_data["entry"])

    def act(**who: Any) -> str:
        change = actions.PartChange(form.cleaned_data["version"], part, None)
        actions.change_part(call.pk, change, **who)
        return f"{form_address(call.pk, part.node)}#{slot}"

    return answered(request, call, act, _("已删除。需要时可按“撤销”恢复。"))


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def form_mend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend a name that no field has any more: take it out, or put the field back; undo brings it back."""
    call, draft = drafted(request, pk)
    form, identifier = MendForm(request.POST), request.GET.get("node", "")
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    try:
        shown = form_page(draft, identifier, _seen(draft, said["version"]))
    except NotThere as gone:
        raise Http404 from gone
    found = (
        each for each in shown.mends.values() if (each.place, each.path) == (said["place"], said["path"])
    )
    mended = next((each.form(said["act"]) for each in found), None)
    if mended is None:
        raise Http404

    def act(**who: Any) -> str:
        values = mended.model_dump(mode="json", exclude_defaults=True)
        part = Part("", "forms", identifier)
        actions.change_part(call.pk, actions.PartChange(said["version"], part, values), **who)
        return form_address(call.pk, identifier)

    return answered(request, call, act, MENDED[said["act"]])


MENDED = {
    REMOVE: gettext_lazy("已删去。需要时可按“撤销”恢复。"),
    RESTORE: gettext_lazy("栏目已恢复。需要时可按“撤销”。"),
}


def drafted(request: HttpRequest, pk: UUID) -> tuple[Call, Draft]:
    """Return a call that the viewer may change, and its draft; else 404."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft = queries.draft_of(call)
    if draft is None:
        raise Http404
    return call, draft


def answered(request: HttpRequest, call: Call, act: Callable[..., str], said: Any = "") -> HttpResponse:
    """Do ``act`` and go where it says; or show the conflict, or what stands against it."""
    try:
        to = act(actor=request.user, at=request.arrived_at)
    except StaleDraft as stale:
        return conflicting(request, call, stale)
    except Refused as refused:
        return refused_page(request, call, refused)
    messages.success(request, said or _("已保存。"))
    return redirect(to)


def _seen(draft: Draft, version: int) -> dict[str, Any]:
    if version == draft.version:
        return draft.definition
    return queries.contents_of(draft, [version]).get(version, draft.definition)


def _keys(values: dict[str, Any], identifier: str) -> list[str]:
    form = next((each for each in values.get("forms", ()) if each["id"] == identifier), {})
    return [each["id"] for each in form.get(FIELDS, ())]
