"""One grant: everything about it on one page; its agreement to read and as a file; its draft."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.files.kinds import media_type
from keqiao.web.files.serving import NEVER_SHOWN
from keqiao.web.filing.queries import stamped
from keqiao.web.grants import queries
from keqiao.web.grants.actions import agreements
from keqiao.web.grants.agreement_paper import FORMS, agreement_of, file_of, target_in_words
from keqiao.web.grants.change_paper import SHOWN
from keqiao.web.grants.changed import shown_changes
from keqiao.web.grants.deeds import deeds_for
from keqiao.web.grants.forms import DraftForm
from keqiao.web.grants.models import Grant
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.permissions import APPLICANT, IN_CHARGE, LEADER, OFFICER, WHO, roles_towards
from keqiao.web.grants.shown import CHANGED_WORDS, chip, history
from keqiao.web.grants.terms import fingerprint
from keqiao.web.ui.templatetags.shell import say

SCOPE = "the unit of the grant, the association of the call, the finance bureau that supervises it"
AFTER_SIGNING = frozenset(GrantState) - {GrantState.DRAFTED, GrantState.SENT, GrantState.GIVEN_UP}
MAY_CHANGE = frozenset({GrantState.SIGNED, GrantState.RUNNING, GrantState.SUSPENDED})


@opens_to(*WHO, scope=SCOPE)
@require_safe
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A grant with its targets, money, instalments, receipts, changes and settlement."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    roles = roles_towards(request.user, found, at)  # type: ignore[arg-type]
    return render(request, "grants/grant.html", _page(found, roles))


def _page(found: Grant, roles: frozenset[str]) -> dict[str, Any]:
    state, money = GrantState(found.state), queries.money_of(found)
    mark, word = chip("grant", found.state)
    settlement = queries.settlement_of(found)
    digest = fingerprint(found)
    return {
        "grant": found,
        "state_kind": mark,
        "state": word,
        "deeds": deeds_for("grant", found.state, roles),
        "targets": [(row, target_in_words(row)) for row in found.targets],
        "money": money,
        "most": max((line.planned_fen for line in money.lines), default=0),
        "instalments": [
            (row, *chip("instalment", row.state), deeds_for("instalment", row.state, roles))
            for row in money.instalments
        ],
        "changes": [
            (
                row,
                *chip("change_request", row.state),
                _said(row),
                deeds_for("change_request", row.state, roles),
                row.state in SHOWN,
            )
            for row in found.changes.select_related("new_leader")
            if row.rounds or APPLICANT in roles
        ],
        "settlement": settlement,
        "settlement_chip": chip("settlement", settlement.state) if settlement else None,
        "settlement_deeds": deeds_for("settlement", settlement.state, roles) if settlement else [],
        "page": stamped((GRANT, found.pk), digest),
        "is_outdated": bool(found.signed_digest) and found.signed_digest != digest,
        "history": history(found, is_office=bool(roles - {APPLICANT})),
        "is_unit": APPLICANT in roles,
        "judges": bool(roles & {OFFICER, "finance"}),
        "may_draft": OFFICER in roles and state is GrantState.DRAFTED,
        "may_claim": APPLICANT in roles and state in AFTER_SIGNING and money.is_booked,
        "may_change": APPLICANT in roles and state in MAY_CHANGE,
        "may_settle": roles & {APPLICANT, OFFICER} and settlement is None and money.is_booked,
        "may_free": bool(roles & {OFFICER, LEADER})
        and state is GrantState.GIVEN_UP
        and found.selection.state == SelectionState.CONFIRMED.value,
    }


def _said(row: Any) -> list[tuple[Any, Any]]:
    return [(CHANGED_WORDS.get(each.name, each.name), each) for each in shown_changes(row)]


@opens_to(*WHO, scope=SCOPE)
@require_safe
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The agreement to be read, out of the same values as its files."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    page = {"grant": found, "said": agreement_of(found), "digest": fingerprint(found)}
    return render(request, "grants/agreement.html", page)


@opens_to(*WHO, scope=SCOPE)
@require_safe
def agreement_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The agreement as Word or PDF."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    if form not in FORMS:
        raise Http404
    name, content = file_of(found, form)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {**NEVER_SHOWN, "Content-Disposition": disposition or "", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type(form), headers=headers)


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Term, instalments and further sentences, while the agreement is not sent."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    if OFFICER not in roles_towards(request.user, found, at):  # type: ignore[arg-type]
        raise Http404
    form, findings = DraftForm(request.POST or None, grant=found), ()
    if request.method == "POST" and form.is_valid():
        try:
            agreements.draft(pk, form.drafted(), actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("已保存。"))
            return redirect("grants:grant", pk)
    page = {"grant": found, "form": form, "findings": findings}
    return render(request, "grants/draft.html", page, status=409 if findings else 422 if form.errors else 200)


@opens_to(*IN_CHARGE, scope="the association of the call")
@require_POST
def free_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make the place of a project free that was given up; another person than who wrote that down does."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    queries.grant_for(request.user, pk, at)  # type: ignore[arg-type]
    try:
        agreements.free_place(pk, actor=request.user, at=at)  # type: ignore[arg-type]
    except Grant.DoesNotExist as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, " ".join(say(each) for each in refused.findings))
    else:
        messages.success(request, _("名额已空出，可以递补。"))
    return redirect("grants:grant", pk)
