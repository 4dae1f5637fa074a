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
from keqiao.core.query import Field, Kind
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
from keqiao.web.audit.exports import exported
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.showing import kind_label
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

VERIFIERS = (Role.OFFICER.value, Role.ENDORSER.value)
SCOPE = "the association it goes to, or the unit that endorses it"
QUEUE = ListKind(
    columns=(
        Column("when", _("提交时间"), ("submitted_at",), value=lambda row: row.submitted_at),
        Column("unit", _("单位"), ("unit_name",), value=lambda row: row.unit_name),
        Column("kind", _("单位类别"), value=lambda row: kind_label(row.kind)),
        Column(
            "region", _("所在区域"), ("region__code", "unit_name"), value=lambda row: str(row.region or "")
        ),
        Column("number", _("受理号"), ("number",), value=lambda row: row.number),
        Column("state", _("状态"), ("state", "submitted_at"), value=lambda row: str(row.get_state_display())),
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
    keys=(
        Key(
            Field("when", ("提交时间", "提交", "Submitted"), Kind.DAY),
            column_condition("submitted_at", is_moment=True),
        ),
        Key(
            Field("decided", ("核验时间", "核验", "Decided"), Kind.DAY, optional=True),
            column_condition("decided_at", is_moment=True),
        ),
        Key(
            Field("region", ("所在区域", "区域", "地区", "Region"), optional=True),
            column_condition("region__name"),
        ),
        Key(
            Field("credit_code", ("统一社会信用代码", "代码", "Code"), optional=True),
            column_condition("credit_code"),
        ),
        Key(
            Field("endorsing_unit", ("推荐单位", "Endorsing unit"), optional=True),
            column_condition("endorsing_unit__name"),
        ),
        Key(Field("number", ("受理号", "Number")), column_condition("number")),
    ),
    hint=_("单位名称、代码或受理号"),
    code="accounts.registrations",
    file_name=_("单位注册"),
)


@opens_to(*VERIFIERS, scope=SCOPE)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """All registrations I may verify, the oldest first, with their counts."""
    rows = queries.registrations_for(request.user, request.arrived_at)
    shown = list_page(rows, QUEUE, request.GET)
    page = {"list": shown, "counts": queries.counts_for(request.user, request.arrived_at)}
    return exported(shown, request) or render(request, "accounts/registration/queue.html", page)


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
