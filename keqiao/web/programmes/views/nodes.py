"""The page of everything that can be stated at a node, and the page that takes a statement away."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import actions
from keqiao.web.programmes.desk.node_page import node_page
from keqiao.web.programmes.forms import RemoveForm
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.views.refusing import refused_page
from keqiao.web.programmes.views.saving import conflicting, saved
from keqiao.web.programmes.views.work import page_about, part_asked_for, work_on


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def node(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that can be stated at a node, stated or not."""
    work = work_on(request, pk, part_asked_for(request, HEAD))
    page = page_about(work) | {"node": node_page(pk, work.draft.definition, work.part.node)}
    return render(request, "programmes/node_page.html", page)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def part_remove(request: HttpRequest, pk: UUID, slot: str) -> HttpResponse:
    """Take a statement or an entry away, with a reason; a page of its own, for browsers without scripts."""
    work = work_on(request, pk, part_asked_for(request, slot))
    if work.standing is None or slot == HEAD:
        raise Http404
    form = RemoveForm(request.POST or None, initial={"version": work.draft.version})
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(
            request, "programmes/part_remove.html", page_about(work) | {"form": form}, status=status
        )
    change = actions.PartChange(form.cleaned_data["version"], work.part, None, form.cleaned_data["reason"])
    try:
        draft = actions.change_part(work.call.pk, change, actor=request.user, at=request.arrived_at)
    except StaleDraft as stale:
        return conflicting(request, work.call, stale)
    except Refused as refused:
        return refused_page(request, work.call, refused)
    return saved(request, draft, change.version, work.back(Part(work.part.node, HEAD)))
