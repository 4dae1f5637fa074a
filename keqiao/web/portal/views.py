"""Home pages: for the public, and for a person who works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to


@opens_to(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public home page."""
    return render(request, "portal/home.html")


@opens_to(SIGNED_IN)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when."""
    return render(request, "portal/desk.html")
