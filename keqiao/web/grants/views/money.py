"""Receipts handed in and judged, changes written, settlements begun."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.money import yuan_from_fen
from keqiao.core.money.ledger import Account
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.grants import queries
from keqiao.web.grants.actions import changes, receipts, settling
from keqiao.web.grants.actions.receipts import Claimed
from keqiao.web.grants.forms import ChangeForm, JudgeForm, ReceiptForm
from keqiao.web.grants.ledger import account_of
from keqiao.web.grants.models import Grant
from keqiao.web.grants.permissions import APPLICANT, FINANCE, OF_A_UNIT, OFFICER, roles_towards
from keqiao.web.parties.finding import people_in

UNIT = "the unit of the grant"
OFFICE = "the association of the call, the finance bureau that supervises it"


def _grant(request: HttpRequest, pk: UUID, roles: set[str]) -> Grant:
    """A grant in which the viewer has one of ``roles``; otherwise 404."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    if not roles_towards(request.user, found, at) & roles:  # type: ignore[arg-type]
        raise Http404
    return found


@opens_to(*OF_A_UNIT, scope=UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand in a receipt for a line of the budget."""
    found = _grant(request, pk, {APPLICANT})
    form, findings = ReceiptForm(request.POST or None, request.FILES or None, grant=found), ()
    if request.method == "POST" and form.is_valid():
        try:
            _claim(request, found, form)
        except Refused as refused:
            findings = refused.findings
        except ValidationError as wrong:
            form.add_error("file", wrong)
        else:
            messages.success(request, _("票据已填报。"))
            again = "grants:receipt" if request.POST.get("again") else "grants:grant"
            return redirect(again, pk)
    page = {"grant": found, "form": form, "findings": findings}
    return render(
        request, "grants/receipt.html", page, status=409 if findings else 422 if form.errors else 200
    )


def _claim(request: HttpRequest, found: Grant, form: ReceiptForm) -> None:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    said = form.cleaned_data
    file = form.store(actor=request.user, association_id=found.association_id, at=at)
    wanted = Claimed(
        said["number"], said["line"], said["words"], said["spent_on"], said["claimed"] or 0, file.pk
    )
    receipts.claim(found.pk, wanted, actor=request.user, at=at)  # type: ignore[arg-type]


@opens_to(OFFICER, FINANCE, scope=OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what of a receipt is admitted."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    row = queries.receipt_for(request.user, pk, at)  # type: ignore[arg-type]
    found = _grant(request, row.grant_id, {OFFICER, FINANCE})
    known = row.claimed_fen if row.admitted_fen is None else row.admitted_fen
    form, findings = (
        JudgeForm(request.POST or None, initial={"admitted": yuan_from_fen(known), "reason": row.reason}),
        (),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            receipts.admit(pk, said["admitted"], said["reason"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已核定。"))
            later = found.receipts.filter(admitted_fen__isnull=True).order_by("claimed_at", "number").first()
            return redirect("grants:judge", later.pk) if later else redirect("grants:grant", found.pk)
    account: Account = account_of(found)
    page = {
        "grant": found,
        "receipt": row,
        "form": form,
        "findings": findings,
        "left": account.left_on(row.line),
    }
    return render(request, "grants/judge.html", page, status=409 if findings else 422 if form.errors else 200)


@opens_to(*OF_A_UNIT, scope=UNIT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a change request, or go on with the one in hand."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = _grant(request, pk, {APPLICANT})
    people = sorted((str(person), name) for name, person in people_in(found.unit_id).items())
    initial = {"title": found.title, "ends_on": found.ends_on}
    form, findings = ChangeForm(request.POST or None, grant=found, people=people, initial=initial), ()
    if request.method == "POST" and form.is_valid():
        try:
            changes.write(pk, form.wanted(), form.cleaned_data["words"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已保存草稿，核对后提交。"))
            return redirect("grants:grant", pk)
    page = {"grant": found, "form": form, "findings": findings}
    return render(
        request, "grants/change.html", page, status=409 if findings else 422 if form.errors else 200
    )


@opens_to(*OF_A_UNIT, OFFICER, scope="the unit of the grant, the association of the call")
@require_POST
def settlement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin the settlement of a grant."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = _grant(request, pk, {APPLICANT, OFFICER})
    try:
        settling.open_settlement(found.pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Refused:
        messages.error(request, _("现在还不能决算。"))
    else:
        messages.success(request, _("已开始决算。填报全部票据后提交。"))
    return redirect("grants:grant", pk)
