"""Look at one locked value: masked until a reason is given, shown once, recorded."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.web.access import opens_to
from keqiao.web.privacy import actions, queries
from keqiao.web.privacy.forms import ReasonForm
from keqiao.web.privacy.permissions import AUDIT_ADMIN, MAY_REVEAL_SOMETHING, SECURITY_ADMIN
from keqiao.web.privacy.shown import Entry, looks

LOOKS_SHOWN = 200


@opens_to(*MAY_REVEAL_SOMETHING, scope="the rows that the room of the value names")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, label: str, column: str, pk: str) -> HttpResponse:
    """Ask for the reason; with it, show the value in an answer that nobody keeps."""
    viewer, now = request.user, request.arrived_at
    table, row = queries.revealable(viewer, label, column, pk, now)
    form = ReasonForm(request.POST or None)
    page = {
        "row": row,
        "entry": Entry(table, table.field(column)),
        "masked": getattr(row, column),
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        value = actions.LockedValue(table, row, column)
        role = min(viewer.roles_at(now) & set(MAY_REVEAL_SOMETHING), key=MAY_REVEAL_SOMETHING.index)
        try:
            page["plain"] = actions.reveal(
                value, actor=viewer, role=role, reason=form.cleaned_data["reason"], at=now
            )
        except ValidationError as wrong:
            form.add_error("reason", wrong)
    return render(request, "privacy/reveal.html", page, status=422 if form.errors else 200)


@opens_to(AUDIT_ADMIN, SECURITY_ADMIN)
@require_safe
def reveals(request: HttpRequest) -> HttpResponse:
    """Who looked at locked values, when and why."""
    return render(request, "privacy/reveals.html", {"looks": looks(LOOKS_SHOWN), "limit": LOOKS_SHOWN})
