"""Pages of the security administrator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.accounts import actions
from keqiao.web.accounts.guarding import queries
from keqiao.web.accounts.guarding.forms import GrantForm, NewAccountForm
from keqiao.web.accounts.guarding.proposals import propose_end, propose_grant
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.people.forms import ReasonForm
from keqiao.web.accounts.permissions import is_security_admin
from keqiao.web.accounts.roles import CHOICES, GUARDS, Role
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page

ADMIN = Role.SECURITY_ADMIN.value
WAITS = _("已提交，待第二人在“审批”中同意后生效。")
ACTS = {
    "close": (actions.close_account, _("账号已停用。")),
    "reopen": (actions.reopen_account, _("账号已恢复。")),
    "reset": (actions.reset_second_factor, _("两步验证已重置，下次登录时须重新设置。")),
}


def account_list(request: HttpRequest) -> ListKind:
    """Return what the list of accounts offers at the moment of ``request``.

    It cannot be had as a file: addresses of people do not leave in bulk.
    """
    now = request.arrived_at  # type: ignore[attr-defined]
    states = queries.conditions(now)
    return ListKind(
        columns=(
            Column("name", _("姓名"), ("display_name",)),
            Column("address", _("登录名")),
            Column("roles", _("角色")),
            Column("joined", _("开户时间"), ("joined_at",)),
            Column("seen", _("最近登录"), ("last_seen",)),
            Column("factor", _("两步验证"), ("has_factor",)),
        ),
        default_sort="name",
        search=queries.with_word,
        filters=(
            Filter("role", _("角色"), CHOICES, lambda role: queries.holding(role, now)),
            Filter(
                "state",
                _("情况"),
                [(code, words) for code, (words, _condition) in states.items()],
                lambda code: states[code][1],
            ),
        ),
        keys=(
            Key(
                Field("joined", ("开户时间", "开户", "Joined"), Kind.DAY),
                column_condition("joined_at", is_moment=True),
            ),
            Key(
                Field("seen", ("最近登录", "登录", "Last log-in"), Kind.DAY, optional=True),
                column_condition("last_seen", is_moment=True),
            ),
            Key(Field("factor", ("两步验证", "Second factor"), Kind.TRUTH), column_condition("has_factor")),
            Key(Field("unit", ("单位", "Unit")), any_of(lambda word: queries.holding_at(word, now))),
        ),
        hint=_("姓名、邮箱或手机号码"),
        code="accounts.accounts",
    )


@opens_to(ADMIN)
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts with their roles."""
    shown = list_page(queries.accounts(), account_list(request), request.GET)
    page = {"list": shown, "people": queries.with_roles(shown.page.object_list, request.arrived_at)}
    return render(request, "accounts/guarding/accounts.html", page)


@opens_to(*sorted(GUARDS))
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: every grant it ever held, what happened to it; a POST gives a role.

    The other two administrators read it: they are asked to agree to what happens there.
    """
    found, may_change = queries.account(pk), is_security_admin(request.user, request.arrived_at)
    if request.method == "POST" and not may_change:
        raise Http404
    form = GrantForm(request.POST or None, at=request.arrived_at)
    if request.method == "POST" and form.is_valid() and _given(request, found, form):
        return redirect("accounts:account", pk)
    page = {
        "account": found,
        "form": form,
        "grants": queries.all_grants_of(found),
        "happened": queries.happened_to(found),
        "may_change": may_change,
        "is_own": found.pk == request.user.pk,
    }
    return render(request, "accounts/guarding/account.html", page, status=422 if form.errors else 200)


@opens_to(ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account. Units' people come by invitation; this is for staff."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = actions.NewAccount(**form.cleaned_data)
        try:
            made = actions.open_account(wanted, actor=request.user, role=ADMIN, at=request.arrived_at)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("已开户。本人用邮箱验证码登录。"))
            return redirect("accounts:account", made.pk)
    return render(request, "accounts/guarding/new.html", {"form": form}, status=422 if form.errors else 200)


@opens_to(ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Close or open an account again, or take a lost second factor away, with a reason."""
    found = queries.account(pk)
    done, words = ACTS[what]
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done(found, actor=request.user, at=request.arrived_at, reason=form.cleaned_data["reason"])
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, words)
            return redirect("accounts:account", pk)
    page = {"account": found, "form": form, "what": what}
    return render(request, "accounts/guarding/act.html", page, status=422 if form.errors else 200)


@opens_to(ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a grant, with a reason; that of a guard waits for a second person."""
    held = get_object_or_404(Grant.objects.select_related("organisation", "user"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ended(request, held, form):
        return redirect("accounts:account", held.user_id)
    page = {"grant": held, "form": form}
    return render(request, "accounts/people/end.html", page, status=422 if form.errors else 200)


def _given(request: HttpRequest, found: User, form: GrantForm) -> bool:
    terms, by = form.terms(), _by(request, form)
    try:
        if terms.role in GUARDS:
            propose_grant(found, terms.role, **by)
            messages.success(request, WAITS)
        else:
            actions.grant(found, terms, **by)
            messages.success(request, _("角色已授予。"))
    except (ValidationError, AlreadyProposed, PermissionDenied) as refused:
        form.add_error(None, _said(refused))
        return False
    return True


def _ended(request: HttpRequest, held: Grant, form: ReasonForm) -> bool:
    by = _by(request, form)
    try:
        if held.role in GUARDS:
            propose_end(held, **by)
            messages.success(request, WAITS)
        else:
            actions.end_grant(held.pk, **by)
            messages.success(request, _("角色已终止。"))
    except (ValidationError, AlreadyProposed, PermissionDenied) as refused:
        form.add_error(None, _said(refused))
        return False
    return True


def _by(request: HttpRequest, form: Any) -> dict[str, Any]:
    return {"actor": request.user, "at": request.arrived_at, "reason": form.cleaned_data["reason"]}


def _said(refused: Exception) -> Any:
    if isinstance(refused, ValidationError):
        return refused.messages
    if isinstance(refused, AlreadyProposed):
        return _("同样的事项已在等待审批。")
    return _("您不能提交这个事项。")
