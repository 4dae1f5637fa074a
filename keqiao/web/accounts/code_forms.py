"""Log-in by a code: one field for mail address or number, six digits, tries counted before they are compared.

The forms stand apart from ``forms`` because allauth loads them by name before any view is there.
"""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.limits import allows, code_allowed
from keqiao.web.accounts.names import clean_email, clean_phone
from keqiao.web.accounts.queries import account_to_log_in
from keqiao.web.notifications import sms

TOO_OFTEN = _("请求过于频繁，请稍后再试。")


class AddressField(forms.CharField):
    """A mail address or a mobile number; gives the channel and the one spelling that is stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("邮箱或手机号码") if sms.is_offered() else _("邮箱"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[str, str]:
        """Return (``email`` or ``phone``, address).

        Raises:
            ValidationError: it is neither, or a number where the site sends no text messages.
        """
        text = super().clean(value)
        if "@" in text:
            address = clean_email(text)
            validate_email(address)
            return "email", address
        number = clean_phone(text)
        if not sms.is_offered():
            raise ValidationError(_("本系统尚未开通短信，请填写邮箱。"), code="phone.not_offered")
        return "phone", number


class RequestCodeForm(forms.Form):
    """Where the code goes. Says the same of addresses that have an account and of those that have none."""

    _user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()

    def clean(self) -> dict[str, Any]:
        """Hand allauth's view what it asks for: ``email`` or ``phone``, and the account behind it, if any."""
        cleaned = super().clean() or {}
        if "login" not in cleaned:
            return cleaned
        kind, address = cleaned["login"]
        request = context.request
        counted = ratelimit.consume(
            request, app="allauth.account", action="request_login_code", key=address
        ) and code_allowed(request, by_phone=kind == "phone")
        if not counted:
            raise ValidationError(TOO_OFTEN, code="code.too_often")
        self._user = account_to_log_in(kind, address)
        return {**cleaned, kind: address}


class ConfirmCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The six digits."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Count the try under its session first: allauth counts in the session, which parallel tries outrun."""
        key = f"log-in:{context.request.session.session_key}"
        if not allows(context.request, "code_try", key=key):
            raise ValidationError(TOO_OFTEN, code="code.too_often")
        return super().clean_code()


class ActivateSecondFactorForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new second factor; whoever can give it has proved the factor in this session."""

    code = forms.CharField(
        label=_("应用显示的 6 位数字"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Note the proof, which allauth notes at log-in only."""
        code: str = super().clean_code()
        record_authentication(context.request, self.user, method="mfa", type="totp")
        return code
