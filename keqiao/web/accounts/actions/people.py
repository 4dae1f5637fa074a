"""Open and close accounts; change what they prove themselves with."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions.log_ins import end_other_sessions
from keqiao.web.accounts.models import User
from keqiao.web.accounts.names import clean_email, clean_phone
from keqiao.web.accounts.permissions import is_security_admin
from keqiao.web.accounts.roles import Role
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue


@dataclass(frozen=True)
class NewAccount:
    """Who is to have an account: with at least one of ``email`` and ``phone``.

    Without a password the holder logs in by a code, or sets one by the link in a mail.
    """

    display_name: str
    email: str = ""
    phone: str = ""
    password: str = ""
    is_demonstration: bool = False


@transaction.atomic
def open_account(wanted: NewAccount, *, actor: User | None, role: str, at: datetime) -> User:
    """Open an account and return it.

    Raises:
        ValidationError: no way to log in, the address or number is malformed or taken, or the
            password is weak.
    """
    user = User(
        display_name=wanted.display_name.strip(),
        email=clean_email(wanted.email) or None,
        phone=clean_phone(wanted.phone) if wanted.phone else None,
        is_demonstration=wanted.is_demonstration,
        joined_at=at,
    )
    if wanted.password:
        if not wanted.is_demonstration:  # those passwords are printed for everybody to read
            validate_password(wanted.password, user)
        user.set_password(wanted.password)
    else:
        user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    log.record("account_opened", user, actor=actor, role=role, at=at)
    return user


@transaction.atomic
def choose_language(user: User, language: str, *, at: datetime) -> None:
    """Keep the language in which ``user`` wants pages and mail."""
    user.language = language
    user.full_clean()
    user.save(update_fields=["language"])
    log.record("language_chosen", user, actor=user, role="self", at=at, data={"language": language})


@transaction.atomic
def change_password(user: User, password: str, *, keep: str | None, at: datetime) -> None:
    """Set a password; all sessions end but the one with key ``keep``."""
    user.set_password(password)
    user.save(update_fields=["password"])
    log.record("password_changed", user, actor=user, role="self", at=at)
    end_other_sessions(user, keep, at=at)


@transaction.atomic
def reset_second_factor(user: User, *, actor: User, at: datetime, reason: str) -> None:
    """Take the second factor from somebody who lost it with the recovery codes. All sessions end.

    The next log-in leads to setting up a new one before anything else opens.

    Raises:
        ValidationError: the actor is no security administrator, it is the actor's own, or there is no reason.
    """
    _require_guard(user, actor, at, reason)
    Authenticator.objects.filter(user=user).delete()
    log.record("second_factor_reset", user, actor=actor, role=Role.SECURITY_ADMIN.value, at=at, reason=reason)
    end_other_sessions(user, None, at=at, actor=actor)
    _tell(user, "account.second_factor_changed", at)


@transaction.atomic
def close_account(user: User, *, actor: User, at: datetime, reason: str) -> None:
    """Close an account: nobody logs in by it any longer; its rows and events stay.

    Raises:
        ValidationError: the actor is no security administrator, it is the actor's own, or there is no reason.
    """
    _require_guard(user, actor, at, reason)
    _set_active(user, active=False)
    log.record("account_closed", user, actor=actor, role=Role.SECURITY_ADMIN.value, at=at, reason=reason)
    end_other_sessions(user, None, at=at, actor=actor)


@transaction.atomic
def reopen_account(user: User, *, actor: User, at: datetime, reason: str) -> None:
    """Open a closed account again, with the roles that still hold.

    Raises:
        ValidationError: the actor is no security administrator, or there is no reason.
    """
    _require_guard(user, actor, at, reason)
    _set_active(user, active=True)
    log.record("account_reopened", user, actor=actor, role=Role.SECURITY_ADMIN.value, at=at, reason=reason)


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _require_guard(user: User, actor: User, at: datetime, reason: str) -> None:
    if not is_security_admin(actor, at):
        raise ValidationError(_("只有安全管理员可以这样做。"), code="account.not_allowed")
    if user.pk == actor.pk:
        raise ValidationError(_("不能对自己的账号这样做，请由另一名管理员办理。"), code="account.own")
    if not reason.strip():
        raise ValidationError(_("请说明理由。"), code="account.reason_missing")


def _tell(user: User, template: str, at: datetime) -> None:
    letter = Letter(
        template,
        recipient_id=user.pk,
        address=user.email or "",
        language=user.language,
        variables={"site": settings.SITE_URL},
    )
    queue(letter, key=f"{template}:{user.pk}:{at.isoformat()}", at=at)
