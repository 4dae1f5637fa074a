"""How pages say that an act on a call is refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keqiao.web.programmes.models import Call
from keqiao.web.programmes.refusals import Refused


def refused_page(request: HttpRequest, call: Call, refused: Refused) -> HttpResponse:
    """Show everything that stands against an act; nothing was written."""
    page = {"call": call, "findings": refused.findings}
    return render(request, "programmes/refused.html", page, status=409)
