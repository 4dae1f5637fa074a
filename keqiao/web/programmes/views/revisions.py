"""The published revisions of a call for the office: what each says and changed, who published it, who agreed."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.programmes import queries
from keqiao.web.programmes.changes.revisions import changes_of_revision, revision_numbered, revisions_shown
from keqiao.web.programmes.changes.summaries import first_publication
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.permissions import WORK_ON_CALLS


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def revisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All revisions of a call, newest first."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    page = {"call": call, "revisions": revisions_shown(call)}
    return render(request, "programmes/revisions.html", page)


@opens_to(*WORK_ON_CALLS, scope="the association of the call")
@require_safe
def revision(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One revision: what it says in short, what it changed, who published it and who agreed."""
    call = queries.call_for(request.user, pk, request.arrived_at)
    shown = next((each for each in revisions_shown(call) if each.number == number), None)
    if shown is None:
        raise Http404
    whole = revision_numbered(call, number)
    page = {
        "call": call,
        "shown": shown,
        "revision": whole,
        "summary": first_publication(programme_of(whole.definition)),
        "changes": changes_of_revision(whole),
    }
    return render(request, "programmes/revision.html", page)
