"""Keep the record of log-ins; end sessions from afar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Count

from keqiao.web.accounts.models import LogIn, Outcome, User
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue

LOCKED_AFTER, LOCKED_WITHIN = 10, timedelta(minutes=10)
"""After how many wrong passwords an account rests: as ``login_failed`` of the settings has it."""


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


def tell_of_locks(now: datetime) -> None:
    """Tell everybody whose account rests just now, by mail, once an hour at most.

    Due work, and not part of the try that brings an account there: else that one try of a known name would be more
    work than any of an unknown one.
    """
    tried = LogIn.objects.filter(outcome=Outcome.FAILED, at__gt=now - LOCKED_WITHIN, at__lte=now)
    counts = tried.exclude(user=None).order_by().values("user_id").annotate(tries=Count("pk"))
    resting = counts.filter(tries__gte=LOCKED_AFTER).values("user_id")
    for user in User.objects.filter(pk__in=resting).exclude(email=None).exclude(email=""):
        _tell_of_lock(user, now)


@transaction.atomic
def _tell_of_lock(user: User, now: datetime) -> None:
    letter = Letter(
        "account.locked",
        recipient_id=user.pk,
        address=user.email or "",
        language=user.language,
        variables={"site": settings.SITE_URL},
    )
    queue(letter, key=f"account.locked:{user.pk}:{now:%Y%m%d%H}", at=now)


@transaction.atomic
def end_session(user: User, log_in_id: int, *, at: datetime) -> bool:
    """End one of ``user``'s own sessions from afar. Returns whether there was such a session."""
    log_in = LogIn.objects.filter(user=user, outcome=Outcome.IN, pk=log_in_id).exclude(session_key="").first()
    return log_in is not None and _end(log_in, actor=user, at=at)


@transaction.atomic
def end_other_sessions(user: User, keep: str | None, *, at: datetime, actor: User | None = None) -> int:
    """End the sessions of ``user`` but the one with key ``keep``. Returns how many there were.

    ``actor`` is who does it, if not the account's holder.
    """
    others = LogIn.objects.filter(user=user, outcome=Outcome.IN).exclude(session_key="")
    alive = Session.objects.filter(session_key__in=others.values("session_key"), expire_date__gt=at)
    keys = set(alive.values_list("session_key", flat=True)) - {keep}
    rows = list(others.filter(session_key__in=keys))
    return sum(_end(log_in, actor=actor or user, at=at) for log_in in rows)


def _end(log_in: LogIn, *, actor: User, at: datetime) -> bool:
    ended, _rows = Session.objects.filter(session_key=log_in.session_key).delete()
    if ended:
        role = "self" if actor.pk == log_in.user_id else "security_admin"
        log.record("session_ended", log_in.user, actor=actor, role=role, at=at, data={"log_in": log_in.pk})
        note_log_in(log_in.user, Outcome.ENDED, Visit(at, log_in.address, log_in.agent))
    return bool(ended)
