"""What the pages with a form share: the frame of a form, its faults, its file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from keqiao.web.files.kinds import PAPERS_IN_WORDS
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions.writing import By
from keqiao.web.ui.faults import add_faults

FORM = "registers/form.html"


def by_viewer(request: HttpRequest) -> By:
    """Who acts, and when."""
    return By(request.user, request.arrived_at)  # type: ignore[arg-type, attr-defined]


def about(request: HttpRequest, association_id: UUID) -> dict[str, Any]:
    """What every form of a line is told: the day and the association."""
    return {"today": local_day(request.arrived_at), "association_id": association_id}  # type: ignore[attr-defined]


def sent(request: HttpRequest) -> dict[str, Any]:
    """What was sent, for a form; nothing where the page is only looked at."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def file_of(request: HttpRequest, form: Any, association_id: UUID) -> UUID | None:
    """Store the file that came with a form and return its id; nothing where none came.

    Raises:
        ValidationError: it was refused.
    """
    if not getattr(form, "has_file", False):
        return None
    at = request.arrived_at  # type: ignore[attr-defined]
    return form.store(actor=request.user, association_id=association_id, at=at).pk


def done(form: Any, act: Callable[[], Any]) -> Any:
    """Do what a sound form asks for and return what came of it; nothing where the form or the act is at fault.

    The faults then stand in the form.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as refused:
        add_faults(form, refused)
    return None


def form_page(request: HttpRequest, form: Any, **page: Any) -> HttpResponse:
    """Answer with a form; ``page`` needs title, lead, back (an address), submit (the word of the button)."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    hidden = {"file", "sent"}
    shown = [field for field in form if field.name not in hidden]
    has_file = "file" in form.fields
    page = {**page, "form": form, "shown": shown, "has_file": has_file, "kinds": PAPERS_IN_WORDS}
    return render(request, FORM, page, status=status)
