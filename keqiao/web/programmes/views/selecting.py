"""Words picked out of the document: what they can be taken for."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.core.lifecycle.call import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.programmes import queries
from keqiao.web.programmes.desk.selection_menu import menu_for
from keqiao.web.programmes.proofreading.selections import NoSuchWords, selection_at


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def selection(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The menu "these words are…": new statements and corrections, each with what the words were read as."""
    call = queries.call_kept_by(request.user, pk, request.arrived_at)
    draft, source = queries.draft_of(call), queries.source_of(call, whole=True)
    if draft is None or source is None:
        raise Http404
    try:
        selected = selection_at(source, request.GET.get("words", ""))
    except NoSuchWords as gone:
        raise Http404 from gone
    page = {"call": call, "menu": menu_for(draft, source, selected, request.GET.get("node"))}
    template = "programmes/selection.html#menu" if request.htmx else "programmes/selection.html"
    return render(request, template, page)
