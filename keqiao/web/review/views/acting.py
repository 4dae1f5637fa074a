"""The page of one form about experts: show it, act on it, say all faults at their fields, or go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from keqiao.web.ui.faults import add_faults


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands round a form: its title, what it is about, where it leads back to, what is said when it is done."""

    title: Any
    about: Any
    back: str
    done: Any
    lead: Any = ""


def form_page(
    request: HttpRequest, form: forms.Form, asked: Asked, act: Callable[[], object]
) -> HttpResponse:
    """Answer with the form, or act and lead back."""
    if request.method == "POST" and form.is_valid():
        try:
            went = act()
        except ValidationError as wrong:
            add_faults(form, wrong)
        else:
            messages.success(request, asked.done)
            return redirect(went if isinstance(went, str) else asked.back)
    return render(
        request, "review/expert_form.html", {"form": form, "asked": asked}, status=422 if form.errors else 200
    )
