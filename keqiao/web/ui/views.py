"""The page that shows all components in all states: for looking at them, and for the tests that look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keqiao.web.access import DEMONSTRATION, SIGNED_IN, opens_to
from keqiao.web.ui.samples import samples


@opens_to(SIGNED_IN, DEMONSTRATION)
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component with invented values."""
    layout = "ui/office.html" if request.user.is_authenticated else "ui/public.html"
    return render(request, "ui/components.html", {"layout": layout, **samples(request.arrived_at)})
