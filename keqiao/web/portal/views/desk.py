"""What waits for a signed-in person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.portal import queries
from keqiao.web.programmes.amendments import queries as amendment_queries


@opens_to(SIGNED_IN)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when."""
    viewer, now = request.user, request.arrived_at
    page = {
        "decisions": queries.decisions_for(viewer, now),
        "answers": queries.answers_for(viewer, now),
        "waiting": queries.waiting_for(viewer, now),
        "notices": amendment_queries.waiting_for(viewer, now),
    }
    return render(request, "portal/desk.html", page)
