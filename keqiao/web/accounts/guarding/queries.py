"""Read accounts for the security administrator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import Grant, Outcome, User
from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import timeline

NEW_FOR = timedelta(days=7)
STALE_AFTER = timedelta(days=90)
"""After how long without a log-in an account should be looked at. Source: GB/T 22239-2019, 8.1.4.2: surplus and
outdated accounts are removed in time; the number of days is the house's."""

ACTS: dict[str, str | Promise] = {
    "account_opened": _("开户"),
    "account_closed": _("停用账号"),
    "account_reopened": _("恢复账号"),
    "role_granted": _("获得角色"),
    "role_ended": _("角色终止"),
    "role_handed_over": _("移交角色"),
    "role_ends_with_call": _("角色随项目结束"),
    "second_factor_reset": _("重置两步验证"),
    "password_changed": _("修改密码"),
    "language_chosen": _("选择语言"),
    "session_ended": _("结束会话"),
    "acting_began": _("开始代表单位"),
    "acting_ended": _("结束代表单位"),
}


def accounts() -> QuerySet[User]:
    """Return all accounts with their last log-in and whether a second factor is set up."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    last = Max("log_ins__at", filter=Q(log_ins__outcome=Outcome.IN))
    return User.objects.annotate(last_seen=last, has_factor=Exists(factor)).order_by("display_name")


def account(pk: UUID) -> User:
    """Return one account as the list has it, or 404."""
    return get_object_or_404(accounts(), pk=pk)


def with_word(word: str) -> Q:
    """Return what picks accounts by a part of the name or address, or by number."""
    return Q(display_name__icontains=word) | Q(email__icontains=word) | Q(phone=word)


def conditions(at: datetime) -> dict[str, tuple[str | Promise, Q]]:
    """Return what the list can be narrowed to: code, words, condition."""
    return {
        "new": (_("新开户"), Q(joined_at__gt=at - NEW_FOR)),
        "unused": (_("从未登录"), Q(last_seen__isnull=True)),
        "stale": (_("90 天未登录"), Q(last_seen__lte=at - STALE_AFTER)),
        "no_factor": (_("未设两步验证"), Q(has_factor=False)),
        "closed": (_("已停用"), Q(is_active=False)),
    }


def holding(role: str, at: datetime) -> Q:
    """Return what picks the accounts that hold ``role`` at ``at``."""
    return Q(pk__in=Grant.objects.in_force(at).filter(role=role).values("user_id"))


def holding_at(word: str, at: datetime) -> Q:
    """Return what picks the accounts that hold a role at ``at`` in an organisation called so, in part."""
    held = Grant.objects.in_force(at).filter(organisation__name__icontains=word)
    return Q(pk__in=held.values("user_id"))


def with_roles(people: Iterable[User], at: datetime) -> list[tuple[User, list[Grant]]]:
    """Return accounts with their roles at ``at``; the roles of all are read in one query."""
    shown = list(people)
    held: dict[UUID, list[Grant]] = {person.pk: [] for person in shown}
    for grant in Grant.objects.in_force(at).filter(user__in=shown).select_related("organisation"):
        held[grant.user_id].append(grant)
    return [(person, held[person.pk]) for person in shown]


def all_grants_of(user: User) -> QuerySet[Grant]:
    """Return every grant an account ever held, newest first."""
    return user.grants.select_related("organisation", "granted_by").order_by("-valid_from")


@dataclass(frozen=True)
class Happening:
    """One event of an account, in words."""

    at: datetime
    words: str | Promise
    who: str
    reason: str


def happened_to(user: User) -> list[Happening]:
    """Return what happened to an account, newest first; people are read in one query."""
    events = list(timeline(Chain("accounts.user", str(user.pk))).order_by("-sequence")[:50])
    people = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
    return [
        Happening(
            event.at,
            ACTS.get(event.act, event.act),
            str(people.get(event.actor_id, "")) if event.actor_id else "",
            event.reason_words,
        )
        for event in events
    ]
