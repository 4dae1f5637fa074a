"""The page of one form: show it, act on it, say all faults at their fields, or go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

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
    return render(
        request, "parties/form.html", {"form": form, "page": page}, status=422 if form.errors else 200
    )
