"""The page of one form: show it, act on it, say all faults at their fields, or go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keqiao.web.files.kinds import PAPERS_IN_WORDS
from keqiao.web.parties.forms.fields import PAPER, EvidenceForm
from keqiao.web.ui.faults import add_faults


@dataclass(frozen=True)
class FormPage:
    """What stands around a form: its title, what it is about, where it leads, and what is said when it is done."""

    title: Any
    about: Any
    back: str
    done: Any
    submit: Any = None
    is_final: bool = False
    """Is it an act that ends or merges something? Then its button warns."""


def form_page(
    request: HttpRequest, form: forms.BaseForm, page: FormPage, act: Callable[[], object]
) -> HttpResponse:
    """Answer with the form, or act and lead back. Faults of the act stand at the fields they name."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act()
        except ValidationError as wrong:
            add_faults(form, wrong)
        else:
            messages.success(request, page.done)
            return redirect(result if hasattr(result, "get_absolute_url") else page.back)
    shown = [field for field in form if field.name not in PAPER]
    takes_paper = isinstance(form, EvidenceForm) and "file" in form.fields
    about = {"form": form, "page": page, "shown": shown, "takes_paper": takes_paper, "kinds": PAPERS_IN_WORDS}
    return render(request, "parties/form.html", about, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> dict[str, Any]:
    """What was sent, for a form that may bring a paper; nothing where the page is only looked at."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def evidence_of(request: HttpRequest, form: EvidenceForm) -> UUID | None:
    """Store the paper that came with a form and return its id; nothing where none came.

    Raises:
        ValidationError: it was refused.
    """
    if not form.has_file:
        return None
    at = request.arrived_at  # type: ignore[attr-defined]
    return form.store(actor=request.user, association_id=None, at=at).pk
