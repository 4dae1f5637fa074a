"""Pages of those who verify registrations: the queue, and one registration beside its certificate."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.registration import OPEN, RegistrationState
from keqiao.web.access import opens_to
from keqiao.web.accounts.models import STATE_WORDS, Registration
from keqiao.web.accounts.registration import queries
from keqiao.web.accounts.registration.actions import (
    refuse_registration,
    return_registration,
    verify_registration,
)
from keqiao.web.accounts.registration.certificates import answer_with, picture_type
from keqiao.web.accounts.registration.doubts import doubts_of
from keqiao.web.accounts.registration.forms import DecisionForm
from keqiao.web.accounts.roles import Role
from keqiao.web.parties.queries import local_day
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

VERIFIERS = (Role.OFFICER.value, Role.ENDORSER.value)
SCOPE = "the association it goes to, or the unit that endorses it"
QUEUE = ListKind(
    columns=(
        Column("when", _("提交时间"), ("submitted_at",)),
        Column("unit", _("单位"), ("unit_name",)),
        Column("kind", _("单位类别")),
        Column("region", _("所在区域"), ("region__code", "unit_name")),
        Column("number", _("受理号")),
        Column("state", _("状态")),
    ),
    default_sort="when",
    search=queries.with_word,
    filters=(
        Filter(
            "state",
            _("状态"),
            [(state.value, words) for state, words in STATE_WORDS.items()],
            queries.in_state,
        ),
    ),
    hint=_("单位名称、代码或受理号"),
)


@opens_to(*VERIFIERS, scope=SCOPE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """All registrations I may verify, the oldest first, with their counts."""
    rows = queries.registrations_for(request.user, request.arrived_at)
    page = {
        "list": list_page(rows, QUEUE, request.GET),
        "counts": queries.counts_for(request.user, request.arrived_at),
    }
    return render(request, "accounts/registration/queue.html", page)


@opens_to(*VERIFIERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One registration: facts, certificate, doubts, and the three ways to decide."""
    found = queries.registration_for(request.user, pk, request.arrived_at)
    candidates = queries.similar_units(found, local_day(request.arrived_at))
    known = any(queries.has_administrator(unit, request.arrived_at) for unit in candidates)
    form = DecisionForm(request.POST or None, candidates=candidates, administers=not known)
    if request.method == "POST" and form.is_valid() and _decided(request, found, form):
        return redirect("accounts:registrations")
    page = {
        "registration": found,
        "form": form,
        "doubts": doubts_of(found, candidates, request.LANGUAGE_CODE, request.arrived_at),
        "shows_picture": found.certificate is not None and bool(picture_type(found.certificate)),
        "can_decide": found.state == RegistrationState.SUBMITTED,
        "is_open": RegistrationState(found.state) in OPEN,
    }
    return render(request, "accounts/registration/detail.html", page, status=422 if form.errors else 200)


@opens_to(*VERIFIERS, scope=SCOPE)
@require_safe
def certificate(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The certificate: a picture to be seen beside the facts, all else to be saved."""
    found = queries.registration_for(request.user, pk, request.arrived_at)
    if found.certificate is None:
        raise Http404
    return answer_with(found.certificate)


def _decided(request: HttpRequest, found: Registration, form: DecisionForm) -> bool:
    said: dict[str, Any] = form.cleaned_data
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}
    try:
        if said["act"] == "verify":
            verify_registration(found.pk, form.verdict(), **by)
            messages.success(request, _("已通过，联系人已收到通知。"))
        elif said["act"] == "return":
            return_registration(found.pk, said["fields_to_change"], said["note"], **by)
            messages.success(request, _("已退回补正，联系人已收到通知。"))
        else:
            refuse_registration(found.pk, said["note"], **by)
            messages.success(request, _("已作出不予通过的决定。"))
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    except NotAllowed:
        form.add_error(None, _("申请的状态已经改变，请刷新页面。"))
        return False
    return True
