"""How allauth meets this house: log-in by mail address or telephone number, its mail through our outbox."""

from hashlib import sha256
from typing import Any
from urllib.parse import urljoin

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions import Visit, note_log_in
from keqiao.web.accounts.models import Outcome, User
from keqiao.web.accounts.names import clean_phone
from keqiao.web.notifications.actions import Letter, queue_mail

TEMPLATES = {
    "account/email/password_reset_key": "account.password_reset",
    "account/email/unknown_account": "account.unknown",
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
        """Accounts are opened by administrators; units cannot register themselves yet."""
        return False

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneField(label=_("手机号码"), **kwargs)

    def clean_phone(self, phone: str) -> str:
        return clean_phone(phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

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

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in (which gives the session a new key) and write it down."""
        super().login(request, user)
        note_log_in(user, Outcome.IN, visit_of(request))

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

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail: always the configured site, whatever Host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return urljoin(settings.SITE_URL, path.replace("UID-KEY", key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in the outbox, so that known and unknown addresses take the same time."""
        template = TEMPLATES.get(template_prefix)
        if template is None:
            raise LookupError(f"{template_prefix}: no template of ours takes its place; add one to TEMPLATES")
        user = context.get("user")
        variables = {"site": settings.SITE_URL}
        if "password_reset_url" in context:
            variables["url"] = context["password_reset_url"]
        now = self.request.arrived_at
        known = isinstance(user, User)
        letter = Letter(
            template=template,
            address=email,
            recipient_id=user.pk if known else None,
            language=user.language if known else self.request.LANGUAGE_CODE,
            variables=variables,
        )
        addressee = sha256(email.encode()).hexdigest()[:16]
        queue_mail(letter, key=f"{template}:{addressee}:{now.isoformat()}", at=now)


def visit_of(request: HttpRequest) -> Visit:
    """Return when and from where ``request`` came, seen through the trusted proxies only."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    key = request.session.session_key or ""
    return Visit(request.arrived_at, get_client_ip(request), agent, key)
