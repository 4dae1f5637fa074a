"""Pages that tie accounts to people of the register: those of the keepers, and the answers of the holders."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.accounts.models import Pairing
from keqiao.web.accounts.people import pairings, queries
from keqiao.web.accounts.people.forms import PairForm
from keqiao.web.accounts.people.views import KEEPERS, SCOPE

ANSWERS = {
    "accept": (pairings.accept_pairing, _("已确认，账号与人员档案已对应。")),
    "decline": (pairings.decline_pairing, _("已告知不是本人。")),
}


@opens_to(*KEEPERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which person of the unit the account behind a role belongs to; or see what waits for its holder."""
    viewer, now = request.user, request.arrived_at
    held = queries.grant_for(viewer, pk, now)
    people = pairings.people_to_pair(viewer, held.organisation_id, now)
    form = PairForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            pairings.propose_pairing(held, form.cleaned_data["person"], actor=viewer, at=now)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("已提出，等待本人确认。"))
            return redirect("accounts:people", held.organisation_id)
    waiting = pairings.pairing_of(held.user)
    is_here = waiting is not None and waiting.organisation_id == held.organisation_id
    page: dict[str, Any] = {
        "grant": held,
        "form": form,
        "is_waiting": waiting is not None,
        "waiting": waiting if is_here else None,
        "is_own": held.user_id == viewer.pk,
        "has_people": people.exists(),
    }
    return render(request, "accounts/people/pair.html", page, status=422 if form.errors else 200)


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def withdraw_pairing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back."""
    made = get_object_or_404(Pairing, pk=pk)
    unit = queries.unit_kept_by(request.user, made.organisation_id, request.arrived_at)
    try:
        pairings.withdraw_pairing(made.pk, actor=request.user, at=request.arrived_at)
        messages.success(request, _("已撤回。"))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("accounts:people", unit.pk)


@opens_to(SIGNED_IN, scope="one's own account")
@require_POST
def answer_pairing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Agree that one is this person, or say that one is not."""
    made = get_object_or_404(Pairing, pk=pk, user=request.user)
    form = AnswerForm(request.POST)
    if form.is_valid():
        act, done = ANSWERS[form.cleaned_data["answer"]]
        try:
            act(made.pk, user=request.user, at=request.arrived_at)
            messages.success(request, done)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    return redirect("accounts:me")


@opens_to(SIGNED_IN, scope="one's own account")
@require_POST
def part(request: HttpRequest) -> HttpResponse:
    """Say that one's account belongs to that person no longer."""
    pairings.part_from_person(user=request.user, at=request.arrived_at)
    messages.success(request, _("账号与人员档案不再对应。"))
    return redirect("accounts:me")


class AnswerForm(forms.Form):
    """Yes or no; each button sends its own."""

    answer = forms.ChoiceField(choices=[(answer, answer) for answer in ANSWERS])
