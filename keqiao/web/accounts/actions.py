"""Open accounts, give and end roles, keep the record of log-ins. One act, one transaction, one event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import Grant, LogIn, Outcome, User
from keqiao.web.accounts.names import clean_email, clean_phone
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.audit import log


@dataclass(frozen=True)
class NewAccount:
    """Who is to have an account: with at least one of ``email`` and ``phone``.

    Without a password the holder sets one by the link in a mail.
    """

    display_name: str
    email: str = ""
    phone: str = ""
    password: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class Terms:
    """A role as it is to be held: for which organisation and call, from when until when (open: None)."""

    role: Role
    organisation_id: UUID | None = None
    call_id: UUID | None = None
    valid_until: datetime | None = None


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
def grant(user: User, terms: Terms, *, actor: User | None, at: datetime, reason: str) -> Grant:
    """Give ``user`` a role from ``at`` on and return the grant.

    ``actor`` is None when the program itself sets up an installation or its demonstration.

    Raises:
        ValidationError: the actor may not give roles, the role would bring two guards into one account,
            the role stands without or beside an organisation, or it is held already.
    """
    _require_security_admin(actor, at)
    User.objects.select_for_update().get(pk=user.pk)
    held = Grant(
        user=user,
        role=terms.role.value,
        organisation_id=terms.organisation_id,
        call_id=terms.call_id,
        valid_from=at,
        valid_until=terms.valid_until,
        granted_by=actor,
        reason=reason,
    )
    _keep_guards_apart(held)
    held.full_clean()
    held.save(force_insert=True)
    _record("role_granted", held, actor=actor, at=at, reason=reason)
    return held


@transaction.atomic
def end_grant(grant_id: UUID, *, actor: User | None, at: datetime, reason: str) -> Grant:
    """End a grant at once: the next request of its holder is without it.

    Raises:
        ValidationError: the actor may not, or the grant has ended already.
    """
    _require_security_admin(actor, at)
    held = Grant.objects.select_for_update().get(pk=grant_id)
    if held.valid_until is not None and held.valid_until <= at:
        raise ValidationError(_("该角色已经终止。"), code="grant.ended")
    held.valid_until = max(at, held.valid_from)
    held.save(update_fields=["valid_until"])
    _record("role_ended", held, actor=actor, at=at, reason=reason)
    return held


@transaction.atomic
def choose_language(user: User, language: str, *, at: datetime) -> None:
    """Keep the language in which ``user`` wants pages and mail."""
    user.language = language
    user.full_clean()
    user.save(update_fields=["language"])
    log.record("language_chosen", user, actor=user, role="self", at=at, data={"language": language})


@dataclass(frozen=True)
class Visit:
    """Where a log-in came from."""

    at: datetime
    address: str | None
    agent: str
    session_key: str = ""


def note_log_in(user: User | None, outcome: Outcome, visit: Visit) -> LogIn:
    """Write one row of the log-in record. Failed tries of unknown names have no account."""
    return LogIn.objects.create(
        user=user,
        outcome=outcome,
        at=visit.at,
        address=visit.address,
        agent=visit.agent[:200],
        session_key=visit.session_key,
    )


@transaction.atomic
def end_session(user: User, log_in_id: int, *, at: datetime) -> bool:
    """End one of ``user``'s own sessions from afar. Returns whether there was such a session."""
    log_in = LogIn.objects.filter(user=user, outcome=Outcome.IN, pk=log_in_id).exclude(session_key="").first()
    if log_in is None:
        return False
    ended, _rows = Session.objects.filter(session_key=log_in.session_key).delete()
    if ended:
        log.record("session_ended", user, actor=user, role="self", at=at, data={"log_in": log_in.pk})
        note_log_in(user, Outcome.ENDED, Visit(at, log_in.address, log_in.agent))
    return bool(ended)


def _require_security_admin(actor: User | None, at: datetime) -> None:
    if actor is not None and Role.SECURITY_ADMIN.value not in actor.roles_at(at):
        raise ValidationError(_("只有安全管理员可以授予或终止角色。"), code="grant.not_allowed")


def _keep_guards_apart(wanted: Grant) -> None:
    if wanted.role not in GUARDS:
        return
    overlapping = Q(valid_until__isnull=True) | Q(valid_until__gt=wanted.valid_from)
    if Grant.objects.filter(overlapping, user=wanted.user, role__in=list(GUARDS)).exists():
        raise ValidationError(
            _("系统管理员、安全管理员、审计管理员不得由同一账号担任，且不得重复授予。"),
            code="grant.guards_meet",
        )


def _record(act: str, held: Grant, *, actor: User | None, at: datetime, reason: str) -> None:
    data = {"grant": str(held.pk), "role": held.role, "organisation": str(held.organisation_id or "")}
    role = Role.SECURITY_ADMIN.value if actor is not None else "installation"
    log.record(act, held.user, actor=actor, role=role, at=at, reason=reason, data=data)
