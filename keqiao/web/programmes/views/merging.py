"""Bring together what two officers made of one part."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme.merging import Side, Undecided, fields, merged
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions, queries
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.desk.merge_page import sides_between
from keqiao.web.programmes.forms.merging import MergeForm
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.parts import NotThere, with_value
from keqiao.web.programmes.proofreading.addresses import page_of
from keqiao.web.programmes.refusals import Conflict, Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import conflicting, merge_page, saved


@opens_to(OFFICER, scope="the association of the call")
@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Save what was chosen of both sides, or ask again for what was not."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    form = MergeForm(request.POST)
    if not form.is_valid():
        raise Http404
    conflict = _conflict(call, form)
    sides = conflict.sides
    found = fields(sides.base, sides.theirs, sides.mine)
    choices = form.choices([field.key for field in found])
    try:
        value = merged(sides.base, sides.theirs, sides.mine, choices)
    except Undecided:
        return merge_page(request, call, conflict, form, found)
    if sides.is_gone and Side.MINE not in choices.values():
        messages.info(request, _("没有改动，删除保持不变。"))
        return redirect("programmes:draft", pk)
    return _save(request, call, form, conflict, value)


def _save(
    request: HttpRequest, call: Call, form: MergeForm, conflict: Conflict, value: object
) -> HttpResponse:
    who = {"actor": request.user, "at": request.arrived_at}
    try:
        if conflict.sides.is_gone:
            draft = actions.put_back(call.pk, form.change(value), conflict.seen, **who)
        else:
            draft = actions.change_part(call.pk, form.change(value), **who)
    except StaleDraft as again:
        return conflicting(request, call, again)
    except Refused as refused:
        return refused_page(request, call, refused)
    return saved(request, draft, conflict.version, page_of(call.pk, draft.definition, form.part))


def _conflict(call: Call, form: MergeForm) -> Conflict:
    """The conflict that the form asks about, made again from the two versions."""
    draft = queries.draft_of(call)
    seen, version = form.cleaned_data["seen"], form.cleaned_data["version"]
    contents = queries.contents_of(draft, [seen, version]) if draft else {}
    if not {seen, version} <= contents.keys():
        raise Http404
    change = form.change(form.cleaned_data["value"])
    try:
        programme_of(with_value(contents[seen], change.part, change.value))
    except (NotThere, ValidationError) as forged:  # the desk asks about values that fit only
        raise Http404 from forged
    sides = sides_between(contents[seen], contents[version], change)
    stale = StaleDraft(seen, version, queries.saved_since(draft, seen))
    return Conflict(stale, sides)
