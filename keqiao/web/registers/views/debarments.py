"""Debarments: the list, one with what became of it, and asking for one or for its end."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.debarment import BARS, MOVES, DebarmentState
from keqiao.core.lifecycle.recognition import OFFICER
from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.audit.exports import exported
from keqiao.web.parties.finding import with_name
from keqiao.web.parties.queries import local_day
from keqiao.web.registers import permissions
from keqiao.web.registers.actions import debarments as actions
from keqiao.web.registers.forms.debarments import DebarmentForm, DebarmentStepForm
from keqiao.web.registers.models import Debarment
from keqiao.web.registers.models.debarments import STATES
from keqiao.web.registers.permissions import READ_REGISTERS
from keqiao.web.registers.queries import lines
from keqiao.web.registers.second_person import DEBAR, FREE, arguments_of
from keqiao.web.registers.step_words import steps_of
from keqiao.web.registers.views.filling import about, by_viewer, done, file_of, form_page, sent
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

SCOPE = "the association of the register"
NOW, OVER = "now", "over"

DEBARMENT_KEYS = (
    Key(Field("holder", ("单位或人员", "单位", "Holder")), any_of(with_name)),
    Key(Field("cause", ("事由", "Cause")), column_condition("cause")),
    Key(Field("scope", ("限制范围", "范围", "Scope"), optional=True), column_condition("scope")),
    Key(Field("basis", ("依据文件", "依据", "Basis")), column_condition("basis")),
    Key(
        Field("until", ("截止日期", "到期", "Until"), Kind.DAY, optional=True),
        column_condition("valid_until"),
    ),
    Key(Field("since", ("起始日期", "Since"), Kind.DAY), column_condition("valid_from")),
)


@dataclass(frozen=True, slots=True)
class Remaining:
    """How much of a debarment has passed on a day, for the drawing. ``total`` is 0 where it has no last day."""

    passed: int
    total: int

    @property
    def left(self) -> int:
        """Days that are left, today included."""
        return max(0, self.total - self.passed)


def remaining(row: Debarment, day: date) -> Remaining:
    """Return how many days of a debarment are over before ``day``."""
    if row.valid_until is None:
        return Remaining(max(0, (day - row.valid_from).days), 0)
    total = (row.valid_until - row.valid_from).days + 1
    return Remaining(min(total, max(0, (day - row.valid_from).days)), total)


def debarment_list(day: date) -> ListKind:
    """Return what the list offers; what is in force is judged on ``day``."""
    now = lines.in_force_on(day)
    return ListKind(
        columns=(
            Column("holder", gettext_lazy("单位或人员"), ("party__name",), value=lambda row: str(row.party)),
            Column("cause", gettext_lazy("事由"), ("cause",), value=lambda row: row.cause),
            Column("scope", gettext_lazy("限制范围"), ("scope",), value=lambda row: row.scope),
            Column("since", gettext_lazy("起始日期"), ("valid_from",), value=lambda row: row.valid_from),
            Column("until", gettext_lazy("截止日期"), ("valid_until",), value=lambda row: row.valid_until),
            Column("state", gettext_lazy("状态"), ("state",), value=lambda row: str(row.get_state_display())),
        ),
        default_sort="-since",
        search=lambda word: with_name(word) | Q(cause__icontains=word) | Q(basis__icontains=word),
        filters=(
            Filter(
                "now",
                gettext_lazy("当前"),
                [(NOW, gettext_lazy("执行期内")), (OVER, gettext_lazy("已结束"))],
                lambda chosen: now if chosen == NOW else ~now,
            ),
            Filter("state", gettext_lazy("状态"), STATES, lambda chosen: Q(state=chosen)),
        ),
        keys=DEBARMENT_KEYS,
        hint=gettext_lazy("名称、代码、事由或依据"),
        code="registers.debarments",
        file_name=gettext_lazy("禁止申报名册"),
    )


@opens_to(*READ_REGISTERS, scope="the association")
@require_safe
def debarments(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who may not apply: those of the association, and those that others share with it."""
    association = lines.association_for(request.user, pk, request.arrived_at)
    day = local_day(request.arrived_at)
    listed = list_page(lines.debarments_of(pk), debarment_list(day), request.GET)
    page = {
        "association": association,
        "list": listed,
        "today": day,
        "shared": lines.debarments_heeded(pk),
        "writes": permissions.writes(request.user, pk, request.arrived_at),
    }
    return exported(listed, request) or render(request, "registers/debarments.html", page)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def new_debarment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a debarment; it begins when a second person has agreed."""
    association = lines.association_written(request.user, pk, request.arrived_at)
    form = DebarmentForm(
        **sent(request), **about(request, pk), initial={"unit": request.GET.get("party", "")}
    )

    def act() -> Any:
        wanted = form.wanted(file_of(request, form, pk))
        subject = Subject("parties.party", str(wanted.party_ids[0]), pk)
        return _propose(request, Proposal(DEBAR, subject, arguments_of(wanted), form.cleaned_data["reason"]))

    approval = done(form, act)
    if approval:
        messages.success(request, _("已提交。另一位工作人员或领导同意后生效。"))
        return redirect("approvals:detail", approval.pk)
    back = reverse("registers:debarments", args=[pk])
    lead = _("须经第二人同意。日期和事由登记后不能修改，请核对依据。")
    crumbs = [(_("登记与名录"), reverse("registers:overview", args=[pk])), (_("禁止申报名册"), back)]
    title = _("登记禁止申报")
    frame = {"title": title, "lead": f"{association} · {lead}", "back": back, "submit": _("提交审批")}
    return form_page(request, form, crumbs=crumbs, **frame)


@opens_to(*READ_REGISTERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def debarment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One debarment with its steps and what is left of it; its officer writes down the next step."""
    found = lines.debarment_for(request.user, pk, request.arrived_at)
    writes = permissions.writes(request.user, found.association_id, request.arrived_at)
    if request.method == "POST" and not writes:
        raise Http404
    told = about(request, found.association_id)
    acts = [move.act for move in MOVES if DebarmentState(found.state) in move.sources]
    form = DebarmentStepForm(**sent(request), **told, acts=acts)
    if taken := done(form, lambda: _take(request, found, form)):
        return taken
    day = told["today"]
    state = DebarmentState(found.state)
    page = {
        "row": found,
        "steps": steps_of(found),
        "remaining": remaining(found, day),
        "bars": state in BARS and found.valid_from <= day and not _is_over(found, day),
        "is_over": _is_over(found, day),
        "together": Debarment.objects.filter(decision=found.decision).exclude(pk=pk).select_related("party"),
        "writes": writes,
        "form": form if acts else None,
        "today": day,
    }
    return render(request, "registers/debarment.html", page, status=422 if form.errors else 200)


def _is_over(row: Debarment, day: date) -> bool:
    ended = row.state in lines.ENDED_STATES
    return ended or (row.valid_until is not None and row.valid_until < day)


def _take(request: HttpRequest, row: Debarment, form: DebarmentStepForm) -> HttpResponse:
    """Write down a step, or ask a second person for one that frees."""
    decision = form.decision()
    if decision.act not in actions.FREEING:
        actions.contest(row.pk, decision, by=by_viewer(request))
        messages.success(request, _("已办理。"))
        return redirect("registers:debarment", row.pk)
    arguments = {
        "act": decision.act,
        "on": decision.on.isoformat(),
        "reason": decision.reason,
        "basis": decision.basis,
    }
    subject = Subject(Debarment._meta.label_lower, str(row.pk), row.association_id)
    approval = _propose(request, Proposal(FREE, subject, arguments, decision.reason))
    messages.success(request, _("已提交。另一位工作人员或领导同意后生效。"))
    return redirect("approvals:detail", approval.pk)


def _propose(request: HttpRequest, wanted: Proposal) -> Any:
    try:
        return propose(wanted, actor=request.user, at=request.arrived_at)
    except AlreadyProposed as waiting:
        raise ValidationError(
            _("已有同一对象的申请在等待审批，请先办结。"), code="debarment.waiting"
        ) from waiting
