"""Pages of one's own account, and the log-ins of the demonstration."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keqiao.web.access import DEMONSTRATION, SIGNED_IN, opens_to
from keqiao.web.accounts import actions, queries
from keqiao.web.accounts.adapter import note_entry
from keqiao.web.accounts.forms import LanguageForm
from keqiao.web.accounts.people.pairings import pairing_of

BACKEND = "keqiao.web.accounts.backends.AccountBackend"


@opens_to(SIGNED_IN)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here: my roles, my open sessions, my latest log-ins."""
    page = {
        "grants": queries.grants_of(request.user, request.arrived_at),
        "sessions": queries.open_sessions(request.user, request.arrived_at),
        "log_ins": queries.latest_log_ins(request.user),
        "pairing": pairing_of(request.user),
        "session_key": request.session.session_key,
        "form": LanguageForm(initial={"language": request.user.language}),
    }
    return render(request, "accounts/me.html", page)


@opens_to(SIGNED_IN)
@require_safe
def address(_request: HttpRequest) -> HttpResponse:
    """Lead to my page: whoever opens an account answers for its address, so its holder changes none."""
    return redirect("accounts:me")


@opens_to(SIGNED_IN)
@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """My recovery codes, in place of allauth's page, which writes down that it was opened."""
    held = get_object_or_404(Authenticator, user=request.user.pk, type=Authenticator.Type.RECOVERY_CODES)
    codes = RecoveryCodes(held).get_unused_codes()
    page = {"unused_codes": codes, "total_count": app_settings.RECOVERY_CODE_COUNT}
    return render(request, "accounts/recovery_codes.html", page)


@opens_to(SIGNED_IN)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen in the menu or on my page and go back to where it was chosen."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect("accounts:me")
    actions.choose_language(request.user, form.cleaned_data["language"], at=request.arrived_at)
    return redirect(form.cleaned_data["next"] or "accounts:me")


@opens_to(SIGNED_IN)
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my sessions on another device."""
    if not actions.end_session(request.user, pk, at=request.arrived_at):
        raise Http404(_("没有这个会话，或者它已经结束。"))
    return redirect("accounts:me")


@opens_to(SIGNED_IN)
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    actions.end_other_sessions(request.user, request.session.session_key, at=request.arrived_at)
    messages.success(request, _("其他设备上的登录已全部结束。"))
    return redirect("accounts:me")


@opens_to(DEMONSTRATION)
@require_POST
def log_in_for_demonstration(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Log in as one of the demonstration's people. Elsewhere there is no such page."""
    account = queries.demonstration_account(pk) if settings.DEMONSTRATION else None
    if account is None:
        raise Http404
    request.session.flush()
    login(request, account, backend=BACKEND)
    note_entry(request, account)
    return redirect(settings.LOGIN_REDIRECT_URL)
