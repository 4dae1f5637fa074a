"""One act on an acceptance or an entry: what it does, what it asks for, who has to agree; closing; a breach."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keqiao.core.findings import Finding
from keqiao.core.rules.consequences import Breach
from keqiao.web.acceptance import actions, queries
from keqiao.web.acceptance.deeds import Deed, deed_called, deeds_for
from keqiao.web.acceptance.forms import ActForm, BreachForm
from keqiao.web.acceptance.permissions import OFFICER, roles_in, roles_in_credit
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused

SCOPE = "the association of the call"


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_acceptance(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on an acceptance: passed, put right, failed, returned, more time."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    roles = roles_in(request.user, found, at)  # type: ignore[arg-type]
    back = ("acceptance:acceptance", found.pk, str(found.grant))
    return _act(request, ("acceptance", found, roles), act, back)


@opens_to(OFFICER, scope="the association of the entry")
@require_http_methods(["GET", "HEAD", "POST"])
def act_on_entry(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """An act on a credit entry: recorded, dropped, upheld, lifted."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.entry_for(request.user, pk, at)  # type: ignore[arg-type]
    roles = roles_in_credit(request.user, found, at)  # type: ignore[arg-type]
    return _act(request, ("credit", found, roles), act, ("acceptance:entry", found.pk, str(found.party)))


def _act(
    request: HttpRequest, case: tuple[str, Any, frozenset[str]], act: str, back: tuple[str, UUID, str]
) -> HttpResponse:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    kind, found, roles = case
    deed = deed_called(kind, act)
    if deed is None or not roles & set(deed.roles):
        raise Http404
    form = ActForm(request.POST or None, asks=deed.asks, needs=deed.needs)
    findings: Any = ()
    if request.method == "POST" and (form.is_valid() or not deed.asks):
        try:
            done = deed.do(found.pk, form.cleaned_data, request.user, at)
        except Refused as refused:
            findings = refused.findings
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
        else:
            return _on(request, deed, done, back)
    page = {
        "deed": deed,
        "form": form,
        "findings": findings,
        "back": back[0],
        "about": found,
        "title": back[2],
        "is_open": deed in deeds_for(kind, found.state, roles),
    }
    return render(
        request, "acceptance/act.html", page, status=409 if findings else 422 if form.errors else 200
    )


def _on(request: HttpRequest, deed: Deed, done: Any, back: tuple[str, UUID, str]) -> HttpResponse:
    if deed.is_asked:
        messages.success(request, _("已提交审批，另一人同意后生效。"))
        return redirect("approvals:detail", done.pk)
    messages.success(request, _("已办理：%(what)s。") % {"what": deed.label})
    return redirect(back[0], back[1])


@opens_to(OFFICER, scope=SCOPE)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a project that has passed and is settled."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    try:
        actions.close_project(found.pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    except Refused as refused:
        page = {"findings": refused.findings, "acceptance": found}
        return render(request, "acceptance/not_closed.html", page, status=409)
    messages.success(request, _("项目已结项。"))
    return redirect("acceptance:acceptance", pk)


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def breach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose what the call says follows a breach that was found."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    if OFFICER not in roles_in(request.user, found, at):  # type: ignore[arg-type]
        raise Http404
    form = BreachForm(request.POST or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.propose(pk, Breach(said["breach"]), said["reason"], actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已提出 %(n)d 条，并告知当事人可以陈述申辩。") % {"n": len(made)})
            return redirect("acceptance:acceptance", pk)
    page = {"acceptance": found, "form": form, "findings": findings}
    return render(
        request, "acceptance/breach.html", page, status=409 if findings else 422 if form.errors else 200
    )
