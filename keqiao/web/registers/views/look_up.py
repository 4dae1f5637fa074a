"""The public look-up by number, and the debarments of an association that publishes them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.accounts.limits import allows
from keqiao.web.parties.queries import association_with_slug, local_day
from keqiao.web.registers.numbers import LONGEST
from keqiao.web.registers.queries import look_up as queries


@opens_to(PUBLIC)
@require_safe
@cache_control(private=True, no_store=True)
def look_up(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds of a number. One that nobody has is answered with the same page and the same status.

    An address that asks too often is told so, and of no number anything.
    """
    association = association_with_slug(slug)
    number = request.GET.get("number", "").strip()[:LONGEST]
    day = local_day(request.arrived_at)
    too_often = bool(number) and not allows(request, "look_up")
    page = {
        "association": association,
        "number": number,
        "too_often": too_often,
        "found": queries.look_up(association.pk, number, day) if number and not too_often else [],
        "day": day,
        "longest": LONGEST,
        "debarments": queries.publishes_debarments(association.pk),
    }
    return render(request, "registers/look_up.html", page, status=429 if too_often else 200)


@opens_to(PUBLIC)
@require_safe
def public_debarments(request: HttpRequest, slug: str) -> HttpResponse:
    """The units that may not apply, where the association shows them; otherwise there is no such page."""
    association = association_with_slug(slug)
    if not queries.publishes_debarments(association.pk):
        raise Http404
    day = local_day(request.arrived_at)
    rows = queries.public_debarments(association.pk, day)
    page = {"association": association, "rows": rows, "day": day}
    return render(request, "registers/public_debarments.html", page)
