"""Give and end roles. Who may give which to whom is ``permissions.may_give``."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.permissions import gives_as
from keqiao.web.accounts.roles import GUARDS, LABELS, Role
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.parties.queries import all_organisations

OUTLIVES_CALL = timedelta(days=30)
"""How long a role for one call still holds after the call has ended: time for a last question, no more."""


@dataclass(frozen=True)
class Terms:
    """A role as it is to be held: for which organisation and call, from when until when.

    ``valid_from`` None: from now on; ``valid_until`` None: open.
    """

    role: Role
    organisation_id: UUID | None = None
    call_id: UUID | None = None
    valid_until: datetime | None = None
    valid_from: datetime | None = None


class By(TypedDict):
    """Who did it, as what, when and why."""

    actor: User | None
    role: str
    at: datetime
    reason: str


@transaction.atomic
def grant(user: User, terms: Terms, *, actor: User | None, at: datetime, reason: str) -> Grant:
    """Give ``user`` a role and return the grant.

    ``actor`` is None when the program itself sets up an installation or its demonstration.

    Raises:
        ValidationError: the actor may not give this role, it is a guard role (a second person agrees to those,
            :func:`grant_guard`), the role stands without or beside an organisation, or it is held already.
    """
    if actor is not None and terms.role in GUARDS:
        raise ValidationError(_("三员角色须经第二人审批。"), code="grant.needs_second_person")
    as_role = _role_that_gives(terms.role, terms.organisation_id, actor, at)
    held = _give(user, terms, actor, at, reason)
    _record("role_granted", held, actor=actor, role=as_role, at=at, reason=reason)
    if actor is not None:
        _tell(held, at)
    return held


@transaction.atomic
def grant_as(user: User, terms: Terms, **by: Unpack[By]) -> Grant:
    """Give a role by an act that has asked the right itself: a registration verified, an invitation accepted.

    Raises:
        ValidationError: it is a guard role, stands without its organisation, or is held already.
    """
    if terms.role in GUARDS and by["actor"] is not None:
        raise ValidationError(_("三员角色须经第二人审批。"), code="grant.needs_second_person")
    held = _give(user, terms, by["actor"], by["at"], by["reason"])
    _record("role_granted", held, **by)
    return held


@transaction.atomic
def grant_guard(user: User, role: Role, *, proposer: User, at: datetime, reason: str) -> Grant:
    """Give a guard role that a second person has agreed to. Called by ``second_person`` alone.

    Raises:
        ValidationError: two guard roles would meet in one account, or the proposer may no longer give roles.
    """
    _role_that_gives(role, None, proposer, at)
    held = _give(user, Terms(role), proposer, at, reason)
    _record("role_granted", held, actor=proposer, role=Role.SECURITY_ADMIN.value, at=at, reason=reason)
    _tell(held, at)
    return held


@transaction.atomic
def end_grant(grant_id: UUID, *, actor: User | None, at: datetime, reason: str) -> Grant:
    """End a grant at once: the next request of its holder is without it.

    Raises:
        ValidationError: the actor may not, it has ended already, it is the last administrator's of a unit
            (:func:`hand_over` first; the association may), or a guard's (:func:`end_guard`).
    """
    held = Grant.objects.select_for_update().get(pk=grant_id)
    if actor is not None and held.role in GUARDS:
        raise ValidationError(_("三员角色须经第二人审批。"), code="grant.needs_second_person")
    as_role = _role_that_gives(Role(held.role), held.organisation_id, actor, at)
    if as_role == Role.UNIT_ADMIN and _is_last_admin(held, at):
        raise ValidationError(
            _("这是本单位唯一的管理员，请先移交给接任者，或请科协办理。"), code="grant.last_admin"
        )
    _end(held, actor=actor, role=as_role, at=at, reason=reason)
    return held


@transaction.atomic
def end_guard(grant_id: UUID, *, proposer: User, at: datetime, reason: str) -> Grant:
    """End a guard's grant that a second person has agreed to. Called by ``second_person`` alone.

    Raises:
        ValidationError: it has ended already, it is the last of its role, or the proposer may no longer end roles.
    """
    held = Grant.objects.select_for_update().get(pk=grant_id)
    as_role = _role_that_gives(Role(held.role), None, proposer, at)
    if _is_last_guard(held, at):
        raise ValidationError(_("这是该角色的最后一名，请先授予接任者。"), code="grant.last_guard")
    _end(held, actor=proposer, role=as_role, at=at, reason=reason)
    return held


@transaction.atomic
def hand_over(grant_id: UUID, successor: User, on: datetime, *, actor: User, at: datetime) -> Grant:
    """Hand the administration of a unit to ``successor`` from ``on``; the old grant ends at that moment.

    Raises:
        ValidationError: it is not an administrator's grant in force, ``on`` lies before ``at``, the successor is
            its holder or administers the unit already, or the actor may not.
    """
    held = Grant.objects.select_for_update().get(pk=grant_id)
    if held.role != Role.UNIT_ADMIN or (held.valid_until is not None and held.valid_until <= at):
        raise ValidationError(_("该管理员角色已经终止。"), code="grant.ended")
    as_role = _role_that_gives(Role.UNIT_ADMIN, held.organisation_id, actor, at)
    if successor.pk == held.user_id or on < at:
        raise ValidationError(_("请选择另一人，日期不早于今天。"), code="hand_over.impossible")
    reason = str(_("移交管理员"))
    terms = Terms(Role.UNIT_ADMIN, held.organisation_id, valid_from=on)
    following = _give(successor, terms, actor, at, reason)
    held.valid_until = on
    held.save(update_fields=["valid_until"])
    _record("role_handed_over", held, actor=actor, role=as_role, at=at, reason=reason)
    _record("role_granted", following, actor=actor, role=as_role, at=at, reason=reason)
    _tell(following, at)
    return following


@transaction.atomic
def let_grants_end_with_call(call_id: UUID, ended_at: datetime, *, actor: User | None, at: datetime) -> int:
    """Let every grant for one call end :data:`OUTLIVES_CALL` after the call; earlier ends stay.

    Called by the act that ends the call. Returns how many grants it shortened.
    """
    last = ended_at + OUTLIVES_CALL
    longer = Q(valid_until__isnull=True) | Q(valid_until__gt=last)
    rows = list(Grant.objects.select_for_update().filter(longer, call_id=call_id, valid_from__lte=last))
    for held in rows:
        held.valid_until = last
        held.save(update_fields=["valid_until"])
        _record("role_ends_with_call", held, actor=actor, role="call", at=at, reason="")
    return len(rows)


def _end(held: Grant, **by: Unpack[By]) -> None:
    if held.valid_until is not None and held.valid_until <= by["at"]:
        raise ValidationError(_("该角色已经终止。"), code="grant.ended")
    held.valid_until = max(by["at"], held.valid_from)
    held.save(update_fields=["valid_until"])
    _record("role_ended", held, **by)


def _give(user: User, terms: Terms, actor: User | None, at: datetime, reason: str) -> Grant:
    User.objects.select_for_update().get(pk=user.pk)
    held = Grant(
        user=user,
        role=terms.role.value,
        organisation_id=terms.organisation_id,
        call_id=terms.call_id,
        valid_from=terms.valid_from or at,
        valid_until=terms.valid_until,
        granted_by=actor,
        reason=reason,
    )
    _keep_guards_apart(held)
    held.full_clean()
    held.save(force_insert=True)
    return held


def _role_that_gives(role: Role, organisation_id: UUID | None, actor: User | None, at: datetime) -> str:
    """Return as what ``actor`` gives or ends ``role``, or refuse."""
    if actor is None:
        return "installation"
    as_role = gives_as(actor, role, organisation_id, at)
    if as_role is None:
        raise ValidationError(_("您不能授予或终止这个角色。"), code="grant.not_allowed")
    return as_role.value


def _is_last_admin(held: Grant, at: datetime) -> bool:
    if held.role != Role.UNIT_ADMIN:
        return False
    # locked, so that two administrators who leave at once do not each count the other
    all_organisations().select_for_update().get(pk=held.organisation_id)
    others = Grant.objects.in_force(at).filter(role=held.role, organisation_id=held.organisation_id)
    return not others.filter(user__is_active=True).exclude(user_id=held.user_id).exists()


def _is_last_guard(held: Grant, at: datetime) -> bool:
    others = Grant.objects.in_force(at).filter(role=held.role, user__is_active=True)
    return not others.exclude(pk=held.pk).exists()


def _keep_guards_apart(wanted: Grant) -> None:
    if wanted.role not in GUARDS:
        return
    overlapping = Q(valid_until__isnull=True) | Q(valid_until__gt=wanted.valid_from)
    if Grant.objects.filter(overlapping, user=wanted.user, role__in=list(GUARDS)).exists():
        raise ValidationError(
            _("系统管理员、安全管理员、审计管理员不得由同一账号担任，且不得重复授予。"),
            code="grant.guards_meet",
        )


def _record(act: str, held: Grant, **by: Unpack[By]) -> None:
    data = {"grant": str(held.pk), "role": held.role, "organisation": str(held.organisation_id or "")}
    log.record(act, held.user, **by, data=data)


def _tell(held: Grant, at: datetime) -> None:
    user = held.user
    with override(user.language):
        words = {
            "role": str(LABELS[Role(held.role)]),
            "organisation": str(held.organisation or _("本系统")),
        }
    letter = Letter(
        "account.role_granted",
        recipient_id=user.pk,
        address=user.email or "",
        language=user.language,
        variables=words,
    )
    queue(letter, key=f"account.role_granted:{held.pk}", at=at)
