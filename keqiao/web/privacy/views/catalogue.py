"""What the installation keeps of people: for everybody to read, and as JSON."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.privacy.queries import texts_in_force
from keqiao.web.privacy.shown import catalogue_values, entries


@opens_to(PUBLIC)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue in words, and what people are asked to agree to."""
    page = {"entries": entries(), "texts": texts_in_force(request.arrived_at)}
    return render(request, "privacy/catalogue.html", page)


@opens_to(PUBLIC)
@require_safe
def catalogue_json(_request: HttpRequest) -> HttpResponse:
    """The catalogue for programs."""
    return JsonResponse(
        {"fields": catalogue_values()}, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
