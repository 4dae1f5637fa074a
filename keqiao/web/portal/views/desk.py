"""What waits for a signed-in person: the first screen of every role, which reads only duties."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.duties import queries as duties
from keqiao.web.duties.kinds import all_kinds
from keqiao.web.portal.waiting import with_work_left

ON_A_PAGE = 50


@opens_to(SIGNED_IN, scope="one's own duties, and those of one's roles")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when, what happens if I do nothing."""
    viewer, now = request.user, request.arrived_at
    waiting = duties.waiting_for(viewer, now)
    page = {
        "waiting": waiting,
        "entries": with_work_left(waiting.entries, now),
        "asked": duties.asked_of_others(viewer, now),
        "done": duties.lately_done(viewer, now),
    }
    return render(request, "portal/desk.html", page)


@opens_to(SIGNED_IN, scope="one's own duties, and those of one's roles")
@require_safe
def desk_kind(request: HttpRequest, code: str) -> HttpResponse:
    """All that waits for me of one kind, the nearest date first; 404 where nothing does."""
    kind, now = all_kinds().get(code), request.arrived_at
    mine = duties.lines_of(duties.of_kind(request.user, code, now), now) if kind else ()
    if not mine:
        raise Http404
    shown = Paginator(mine, ON_A_PAGE).get_page(request.GET.get("page"))
    page = {
        "kind": kind,
        "shown": shown,
        "entries": with_work_left(list(shown), now),
        "trail": [(_("待办"), reverse("portal:desk"))],
    }
    return render(request, "portal/desk_kind.html", page)
