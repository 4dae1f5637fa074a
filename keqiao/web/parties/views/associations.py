"""Associations and their offices, for their officers and leaders."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.web.access import opens_to
from keqiao.web.parties import actions, queries
from keqiao.web.parties.forms import OfficeForm, SecondPersonForm
from keqiao.web.parties.models import Association
from keqiao.web.parties.permissions import (
    LEADER,
    OFFICER,
    may_decide_on_second_person,
)


@opens_to(OFFICER, LEADER, scope="the association")
@require_safe
def association(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An association with its offices, as its officers keep it and its leaders see it."""
    viewer, now = request.user, request.arrived_at
    found = queries.association_seen_by(viewer, pk, now)
    page = {
        "association": found,
        "offices": queries.offices_of(found.pk, now),
        "may_edit": queries.associations_kept_by(viewer, now).filter(pk=found.pk).exists(),
        "may_lift_second_person": may_decide_on_second_person(viewer, found.pk, wanted=False, at=now),
    }
    return render(request, "parties/association.html", page)


@opens_to(OFFICER, LEADER, scope="the association")
@require_POST
def second_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whether publishing needs a second person."""
    found = queries.association_seen_by(request.user, pk, request.arrived_at)
    form = SecondPersonForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["wanted"]
        actions.require_second_person(found, wanted=wanted, actor=request.user, at=request.arrived_at)
        messages.success(
            request, _("今后发布须经第二人审批。") if wanted else _("今后发布不再要求第二人审批。")
        )
    return redirect("parties:association", pk)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def open_office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open an office of an association."""
    found = queries.association_kept_by(request.user, pk, request.arrived_at)
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_office(
                found, form.details(), actor=request.user, role=OFFICER, at=request.arrived_at
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            return redirect("parties:association", pk)
    return _office_page(request, found, form)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an office."""
    found = queries.office_for(request.user, pk, request.arrived_at)
    form = OfficeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_office(found, form.details(), actor=request.user, role=OFFICER, at=request.arrived_at)
        return redirect("parties:association", found.association_id)
    return _office_page(request, found.association, form)


@opens_to(OFFICER, scope="the association")
@require_POST
def close_office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an office. Its row stays: published calls name it."""
    found = queries.office_for(request.user, pk, request.arrived_at)
    actions.close_office(found, actor=request.user, role=OFFICER, at=request.arrived_at)
    return redirect("parties:association", found.association_id)


def _office_page(request: HttpRequest, found: Association, form: OfficeForm) -> HttpResponse:
    page = {"association": found, "form": form}
    return render(request, "parties/office.html", page, status=422 if form.errors else 200)
