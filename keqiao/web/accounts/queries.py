"""Read accounts, grants and log-ins."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from keqiao.web.accounts.models import Grant, LogIn, Outcome, User
from keqiao.web.accounts.permissions import own_log_ins
from keqiao.web.accounts.roles import GUARDS, Role

LOG_INS_SHOWN = 10


def roles_at(user: User, moment: datetime) -> Collection[str]:
    """Return the codes of the roles that ``user`` holds anywhere at ``moment`` (for ``web.access``)."""
    return user.roles_at(moment)


def needs_second_factor(user: User, at: datetime) -> bool:
    """Does one of the roles that ``user`` holds at ``at`` need a second factor?

    Acting for a unit narrows what a person may do, not what the person must prove. People of a demonstration
    are let off while it is shown: their passwords are printed for everybody, a second factor would guard nothing.
    """
    if not settings.SECOND_FACTOR_ROLES or is_let_off(user):
        return False
    return not settings.SECOND_FACTOR_ROLES.isdisjoint(grant.role for grant in user.own_grants_at(at))


def is_let_off(user: User) -> bool:
    """Is ``user`` one of a demonstration that is being shown?"""
    return settings.DEMONSTRATION and user.is_demonstration


def can_be_signed_in(user: User) -> bool:
    """Is it an active account, and one of a demonstration only while that is shown?"""
    return user.is_active and (settings.DEMONSTRATION or not user.is_demonstration)


def account_to_log_in(kind: str, address: str) -> User | None:
    """Return the active account with this ``email`` or ``phone`` in its stored spelling, or nothing."""
    field = {"email": "email__iexact", "phone": "phone"}[kind]
    return User.objects.filter(is_active=True, **{field: address}).first()


def grants_of(user: User, at: datetime) -> QuerySet[Grant]:
    """Return the grants of ``user`` in force at ``at``, each with its organisation."""
    return user.grants.in_force(at).select_related("organisation").order_by("role", "organisation__name")


def holders_of(role: str, organisation_id: UUID, at: datetime) -> QuerySet[User]:
    """Return the active accounts that hold ``role`` for an organisation at ``at``, by name."""
    grants = Grant.objects.in_force(at).filter(role=role, organisation_id=organisation_id)
    return User.objects.filter(pk__in=grants.values("user_id"), is_active=True).order_by("display_name")


def names_of(account_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the names of these accounts, by id."""
    return dict(User.objects.filter(pk__in=account_ids).values_list("pk", "display_name"))


def guards_missing(at: datetime) -> list[Role]:
    """Return the administrator roles that no active account holds at ``at``."""
    held = Grant.objects.in_force(at).filter(user__is_active=True).values_list("role", flat=True).distinct()
    return [role for role in Role if role in GUARDS and role.value not in set(held)]


def user_with_id(user_id: UUID) -> User | None:
    """Return the account with this id, or nothing."""
    return User.objects.filter(pk=user_id).first()


def phone_of(user_id: UUID) -> str:
    """Return the number of an active account, or nothing (for ``notifications``)."""
    return User.objects.filter(pk=user_id, is_active=True).values_list("phone", flat=True).first() or ""


def accounts_of_people() -> QuerySet[User]:
    """Return the accounts that belong to people of the register."""
    return User.objects.filter(person__isnull=False)


def account_of_person(person_id: UUID) -> User | None:
    """Return the account of a person of the register, or nothing."""
    return User.objects.filter(person_id=person_id).first()


def user_with_mail(email: str) -> User | None:
    """Return the account with this mail address, whatever its letters' case, or nothing."""
    return User.objects.filter(email__iexact=email).first()


def demonstration_accounts(at: datetime) -> list[User]:
    """Return the accounts that the log-in page offers in demonstration mode, with their grants read."""
    accounts = User.objects.filter(is_demonstration=True, is_active=True).order_by("joined_at", "email")
    found = list(accounts)
    grants: dict[UUID, list[Grant]] = {}
    for grant in Grant.objects.in_force(at).filter(user__in=found).select_related("organisation"):
        grants.setdefault(grant.user_id, []).append(grant)
    for account in found:
        account.grants_now = grants.get(account.pk, [])
    return found


def demonstration_account(pk: UUID) -> User | None:
    """Return an active account of the demonstration, or nothing."""
    return User.objects.filter(pk=pk, is_demonstration=True, is_active=True).first()


def latest_log_ins(viewer: User) -> QuerySet[LogIn]:
    """Return the latest rows of the viewer's own log-in record, failed tries included."""
    return LogIn.objects.filter(own_log_ins(viewer)).order_by("-at")[:LOG_INS_SHOWN]


def open_sessions(user: User, now: datetime) -> list[LogIn]:
    """Return the log-ins of ``user`` whose session has not ended or run out, newest first."""
    log_ins = LogIn.objects.filter(own_log_ins(user), outcome=Outcome.IN).exclude(session_key="")
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(log_ins.filter(session_key__in=alive).order_by("-at"))
