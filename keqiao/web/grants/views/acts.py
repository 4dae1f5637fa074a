"""One act on one case: what it does, what it asks for, who has to agree."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.grants import queries
from keqiao.web.grants.deeds import Deed, deed_called
from keqiao.web.grants.forms import ActForm
from keqiao.web.grants.models import ChangeRequest, Grant, Instalment, Settlement
from keqiao.web.grants.permissions import WHO, roles_towards
from keqiao.web.grants.terms import fingerprint
from keqiao.web.parties.queries import local_day

SCOPE = "the unit of the grant, the association of the call, the finance bureau that supervises it"


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_grant(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on a grant: sent, signed, given up, finished, suspended …"""
    return _act(request, "grant", (pk, pk), act)


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_instalment(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on an instalment: asked for, paid, confirmed, held …"""
    return _act(request, "instalment", (pk, _grant_id(Instalment, pk)), act)


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_change(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on a change request: submitted, approved, refused …"""
    return _act(request, "change_request", (pk, _grant_id(ChangeRequest, pk)), act)


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_settlement(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on a settlement: submitted, admitted, closed …"""
    return _act(request, "settlement", (pk, _grant_id(Settlement, pk)), act)


def _grant_id(model: Any, pk: UUID) -> UUID:
    found: UUID | None = model.objects.filter(pk=pk).values_list("grant_id", flat=True).first()
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, case: str, ids: tuple[UUID, UUID], act: str) -> HttpResponse:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    pk, grant_id = ids
    grant = queries.grant_for(request.user, grant_id, at)  # type: ignore[arg-type]
    deed = deed_called(case, act)
    roles = roles_towards(request.user, grant, at)  # type: ignore[arg-type]
    if deed is None or not roles & set(deed.roles):
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = ActForm(sent, asks=deed.asks, today=local_day(at), initial={"digest": fingerprint(grant)})
    findings: Any = ()
    if form.is_valid():
        try:
            done = deed.do(pk, form.cleaned_data, request.user, at)
        except Refused as refused:
            findings = refused.findings
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
        else:
            return _on(request, grant, deed, done)
    page = {"grant": grant, "deed": deed, "form": form, "findings": findings}
    return render(request, "grants/act.html", page, status=409 if findings else 422 if form.errors else 200)


def _on(request: HttpRequest, grant: Grant, deed: Deed, done: Any) -> HttpResponse:
    if deed.is_asked:
        messages.success(request, _("已提交审批，另一人同意后生效。"))
        return redirect("approvals:detail", done.pk)
    messages.success(request, _("已办理：%(what)s。") % {"what": deed.label})
    return redirect("grants:grant", grant.pk)
