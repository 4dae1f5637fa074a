"""How allauth meets this house: log-in by mail address or telephone number, its mail through our outbox."""

from hashlib import sha256
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts import actions
from keqiao.web.accounts.actions import Visit, note_log_in
from keqiao.web.accounts.limits import allows
from keqiao.web.accounts.models import Outcome, User
from keqiao.web.accounts.names import clean_phone
from keqiao.web.accounts.sessions import remember_log_in
from keqiao.web.notifications.actions import Letter, queue_code
from keqiao.web.ui.site_addresses import whole_address

TEMPLATES = {
    "account/email/password_reset_key": "account.password_reset",
    "account/email/unknown_account": "account.unknown",
    "account/email/login_code": "account.login_code",
    "account/email/password_changed": "account.password_changed",
    "account/email/password_reset": "account.password_changed",
    "account/email/password_set": "account.password_changed",
    "mfa/email/totp_activated": "account.second_factor_changed",
    "mfa/email/totp_deactivated": "account.second_factor_changed",
    "mfa/email/recovery_codes_generated": "account.second_factor_changed",
}
"""Which of our templates takes the place of which of allauth's."""


class PhoneField(forms.CharField):
    """A mainland mobile number, in whatever spelling."""

    def clean(self, value: Any) -> str:
        return clean_phone(super().clean(value))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The seams that allauth offers."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Accounts come of invitations and of units that register, never of a form that anybody fills in."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(label=_("手机号码"), **kwargs)

    def clean_phone(self, phone: str) -> str:
        return clean_phone(phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Nothing to note: a number stands with an account only once its holder has proved it."""

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_about: Any) -> None:
        """Queue a code for the number of an account."""
        self._queue_code(Letter("account.code_sms", user.pk, phone=phone, variables={"code": code}))

    def send_unknown_account_sms(self, phone: str, **_about: Any) -> None:
        """Send nothing to a number without an account, in the time that sending takes."""
        self._queue_code(Letter("account.code_sms", phone=phone, variables={"code": ""}), send=False)

    def get_user_by_phone(self, phone: str) -> User | None:
        try:
            number = clean_phone(phone)
        except forms.ValidationError:
            return None
        return User.objects.filter(phone=number).first()

    def pre_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse | None:
        """Turn away people of the demonstration where there is none: everybody can know their password."""
        if user.is_demonstration and not settings.DEMONSTRATION:
            user.is_active = (
                False  # for this request only, never saved: how allauth is told to turn somebody away
            )
        return super().pre_login(request, user, **about)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse before a password is compared: too many for this account or address, or on the whole site."""
        super().pre_authenticate(request, **credentials)
        if not allows(request, "password_everywhere"):
            raise self.validation_error("too_many_login_attempts")

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Ask for the password again before the second factor changes, but not of somebody who has just logged in.

        allauth asks in any case; whoever is led from log-in to setting up a second factor would type it twice.
        """
        records = get_authentication_records(self.request, self.request.user)
        since = self.request.arrived_at.timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
        if any(record["at"] > since for record in records):
            return False
        return super().is_reauthentication_required(app=app, **about)

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in (which gives the session a new key) and write it down."""
        super().login(request, user)
        note_entry(request, user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if user.is_authenticated:
            note_log_in(user, Outcome.OUT, visit_of(request))
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down the failed try: whose it was if there is such an account, never what was typed."""
        known = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        if known is None and credentials.get("phone"):
            known = self.get_user_by_phone(credentials["phone"])
        note_log_in(known, Outcome.FAILED, visit_of(request))

    def set_password(self, user: User, password: str) -> None:
        """Set a password and end all other sessions of the account."""
        now = self.request.arrived_at
        actions.change_password(user, password, keep=self.request.session.session_key, at=now)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail: always the configured site, whatever Host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return whole_address(path.replace("UID-KEY", key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in the outbox, so that known and unknown addresses take the same time."""
        template = TEMPLATES.get(template_prefix)
        if template is None:
            raise LookupError(f"{template_prefix}: no template of ours takes its place; add one to TEMPLATES")
        user = context.get("user")
        variables = {"site": settings.SITE_URL}
        if "password_reset_url" in context:
            variables["url"] = context["password_reset_url"]
        if "code" in context:
            variables["code"] = context["code"]
        known = isinstance(user, User)
        letter = Letter(
            template=template,
            address=email,
            recipient_id=user.pk if known else None,
            language=user.language if known else self.request.LANGUAGE_CODE,
            variables=variables,
        )
        self._queue_code(letter)

    def _queue_code(self, letter: Letter, *, send: bool = True) -> None:
        now = self.request.arrived_at
        addressee = sha256((letter.address or letter.phone).encode()).hexdigest()[:16]
        queue_code(letter, key=f"{letter.template}:{addressee}:{now.isoformat()}", at=now, send=send)


def note_entry(request: HttpRequest, user: User) -> None:
    """Write down that ``user`` has just been logged in by ``request``."""
    remember_log_in(request.session, note_log_in(user, Outcome.IN, visit_of(request)))


def visit_of(request: HttpRequest) -> Visit:
    """Return when and from where ``request`` came, seen through the trusted proxies only."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    key = request.session.session_key or ""
    return Visit(request.arrived_at, get_client_ip(request), agent, key)
