"""Pages of those who keep a unit's people, and of those who are invited."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keqiao.core.query import Field
from keqiao.web.access import PUBLIC, SIGNED_IN, opens_to
from keqiao.web.accounts import actions
from keqiao.web.accounts.code_forms import TOO_OFTEN
from keqiao.web.accounts.limits import allows, code_allowed
from keqiao.web.accounts.models import Invitation
from keqiao.web.accounts.people import queries
from keqiao.web.accounts.people.forms import (
    HandOverForm,
    InvitationForm,
    NameForm,
    ReasonForm,
    moment_of,
)
from keqiao.web.accounts.people.invitations import accept_invitation, invite, revoke_invitation
from keqiao.web.accounts.people.links import address_of, invitation_behind
from keqiao.web.accounts.people.lists import PEOPLE, invitation_list
from keqiao.web.accounts.permissions import roles_to_give
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.exports import exported
from keqiao.web.parties.queries import named
from keqiao.web.ui.lists import Column, Key, ListKind, column_condition, list_page

KEEPERS = (Role.UNIT_ADMIN.value, Role.OFFICER.value, Role.SECURITY_ADMIN.value)
SCOPE = "one's own unit, the units of one's association, or all"
UNITS = ListKind(
    columns=(
        Column("name", _("单位"), ("name",), value=lambda unit: unit.name),
        Column("region", _("所在区域"), ("region__code", "name"), value=lambda unit: str(unit.region or "")),
    ),
    default_sort="name",
    search=named,
    keys=(
        Key(
            Field("region", ("所在区域", "区域", "地区", "Region"), optional=True),
            column_condition("region__name"),
        ),
        Key(
            Field("credit_code", ("统一社会信用代码", "代码", "Code"), optional=True),
            column_condition("credit_code"),
        ),
    ),
    hint=_("名称、简称、曾用名或代码"),
    code="accounts.units",
    file_name=_("单位"),
)


@opens_to(*KEEPERS, scope=SCOPE)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units whose people I keep; if it is one, that one."""
    rows = queries.units_kept_by(request.user, request.arrived_at)
    if not request.GET:
        first = list(rows[:2])
        if len(first) == 1:
            return redirect("accounts:people", first[0].pk)
    shown = list_page(rows, UNITS, request.GET)
    return exported(shown, request) or render(request, "accounts/people/units.html", {"list": shown})


@opens_to(*KEEPERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The people of one unit; a POST invites another."""
    viewer, now = request.user, request.arrived_at
    unit = queries.unit_kept_by(viewer, pk, now)
    form = InvitationForm(request.POST or None, roles=roles_to_give(viewer, unit.pk, now), at=now)
    if request.method == "POST" and form.is_valid() and _invited(request, form, unit.pk):
        return redirect("accounts:people", unit.pk)
    page = {
        "unit": unit,
        "form": form,
        "list": list_page(queries.grants_for(viewer, unit, now), PEOPLE, request.GET),
        "waiting": queries.invitations_for(viewer, unit, now).count(),
    }
    return render(request, "accounts/people/people.html", page, status=422 if form.errors else 200)


@opens_to(*KEEPERS, scope=SCOPE)
@require_safe
def invitations(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who was invited to a unit, and what came of it."""
    viewer, now = request.user, request.arrived_at
    unit = queries.unit_kept_by(viewer, pk, now)
    shown = list_page(queries.all_invitations_for(viewer, unit, now), invitation_list(now), request.GET)
    rows = [(row, queries.state_of(row, now), row.is_open(now)) for row in shown.page]
    return render(request, "accounts/people/invitations.html", {"unit": unit, "list": shown, "rows": rows})


@opens_to(*KEEPERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End somebody's role in a unit, with a reason."""
    held = queries.grant_for(request.user, pk, request.arrived_at)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_grant(held.pk, actor=request.user, at=request.arrived_at, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("角色已终止。"))
            return redirect("portal:desk" if held.user_id == request.user.pk else "accounts:units")
    page = {"grant": held, "form": form}
    return render(request, "accounts/people/end.html", page, status=422 if form.errors else 200)


@opens_to(*KEEPERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the administration of a unit to a successor, from a day on."""
    viewer, now = request.user, request.arrived_at
    held = queries.grant_for(viewer, pk, now)
    if held.role != Role.UNIT_ADMIN:
        raise Http404
    colleagues = queries.colleagues_of(held.organisation, now).exclude(pk=held.user_id)
    form = HandOverForm(request.POST or None, colleagues=colleagues, at=now)
    if request.method == "POST" and form.is_valid():
        on, successor = moment_of(form.cleaned_data["on"], now), form.cleaned_data["successor"]
        try:
            actions.hand_over(held.pk, successor, on, actor=viewer, at=now)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("已安排移交，接任者已收到通知。"))
            return redirect("portal:desk")
    page = {"grant": held, "form": form}
    return render(request, "accounts/people/hand_over.html", page, status=422 if form.errors else 200)


@opens_to(*KEEPERS, scope=SCOPE)
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = queries.invitation_for(request.user, pk, request.arrived_at)
    reason = str(_("撤销邀请"))
    try:
        revoke_invitation(found.pk, actor=request.user, at=request.arrived_at, reason=reason)
        messages.success(request, _("邀请已撤销。"))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("accounts:invitations", found.organisation_id)


@opens_to(PUBLIC, scope="whoever holds the link of the mail")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the invitation offers. Opening it changes nothing; a POST accepts it, once."""
    found = invitation_behind(token)
    if found is None:
        raise Http404
    user = request.user if request.user.is_authenticated else None
    known = user_with_mail(found.email) is not None
    needs_name = user is None and not known
    form = NameForm(request.POST or None) if needs_name else None
    if request.method == "POST" and (form is None or form.is_valid()):
        name = form.cleaned_data["name"] if form else ""
        if _accepted(request, found, name):
            return redirect("portal:desk" if user else "account_request_login_code")
    page = {
        "invitation": found,
        "form": form,
        "is_open": found.is_open(request.arrived_at),
        "is_mine": user is not None and (user.email or "").lower() == found.email,
        "must_log_in": user is None and known,
    }
    return render(
        request, "accounts/people/invitation.html", page, status=422 if form and form.errors else 200
    )


@opens_to(SIGNED_IN, scope="the person who is invited")
@require_safe
def own_invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead the person who is invited to the page that the mail leads to."""
    return redirect(address_of(queries.invitation_to(request.user, pk)))


def _invited(request: HttpRequest, form: InvitationForm, unit_id: UUID) -> bool:
    if not (allows(request, "invitation") and code_allowed(request, by_phone=False)):
        form.add_error(None, TOO_OFTEN)
        return False
    wanted = form.invited(unit_id, request.LANGUAGE_CODE)
    try:
        invite(wanted, actor=request.user, at=request.arrived_at, reason=form.cleaned_data["reason"])
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, _("邀请已发出。"))
    return True


def _accepted(request: HttpRequest, found: Invitation, name: str) -> bool:
    user = request.user if request.user.is_authenticated else None
    try:
        accept_invitation(found.pk, user=user, name=name, at=request.arrived_at)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    messages.success(request, _("已接受邀请。"))
    return True
