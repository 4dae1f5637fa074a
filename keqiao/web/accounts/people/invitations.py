"""Invite somebody for a role, revoke it, accept it once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keqiao.web.accounts.actions import NewAccount, Terms, open_account
from keqiao.web.accounts.actions.grants import grant_as
from keqiao.web.accounts.models import Grant, Invitation, User
from keqiao.web.accounts.names import clean_email
from keqiao.web.accounts.owed import follow_invitation
from keqiao.web.accounts.people.links import address_of
from keqiao.web.accounts.people.pairings import Meant, ask_whether
from keqiao.web.accounts.permissions import gives_as
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import GUARDS, LABELS, Role
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue_code
from keqiao.web.ui.templatetags.shell import cn_time

LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """Who is to be asked, by mail address, and for what. ``language`` is that of the mail.

    ``person_id`` is who of the register is meant, where that is known.
    """

    email: str
    terms: Terms
    language: str = "zh-hans"
    person_id: UUID | None = None


@transaction.atomic
def invite(wanted: Invited, *, actor: User | None, at: datetime, reason: str) -> Invitation:
    """Offer a role to a mail address and send the link. The same answer whether or not the address has an account.

    ``actor`` is None when the program itself sets up an installation.

    Raises:
        ValidationError: the address is malformed, or the actor may not give this role.
    """
    terms, email = wanted.terms, clean_email(wanted.email)
    validate_email(email)
    as_role = _role_that_invites(terms.role, terms.organisation_id, actor, at)
    invitation = Invitation(
        email=email,
        role=terms.role.value,
        organisation_id=terms.organisation_id,
        person_id=wanted.person_id,
        call_id=terms.call_id,
        valid_until=terms.valid_until,
        reason=reason,
        invited_by=actor,
        invited_at=at,
        expires_at=at + LASTS,
    )
    invitation.full_clean()
    invitation.save(force_insert=True)
    data = {"role": invitation.role, "organisation": str(invitation.organisation_id or "")}
    log.record("invited", invitation, actor=actor, role=as_role, at=at, data=data, reason=reason)
    follow_invitation(invitation, at, "invited")
    _send(invitation, wanted.language, at)
    return invitation


@transaction.atomic
def revoke_invitation(invitation_id: UUID, *, actor: User, at: datetime, reason: str) -> None:
    """Take an invitation back: its link opens nothing any more.

    Raises:
        ValidationError: the actor may not, or it is accepted, revoked or expired.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    as_role = _role_that_invites(Role(invitation.role), invitation.organisation_id, actor, at)
    _require_open(invitation, at)
    invitation.revoked_by, invitation.revoked_at = actor, at
    invitation.save(update_fields=["revoked_by", "revoked_at"])
    log.record("invitation_revoked", invitation, actor=actor, role=as_role, at=at, reason=reason)
    follow_invitation(invitation, at, "invitation_revoked")


@transaction.atomic
def accept_invitation(invitation_id: UUID, *, user: User | None, name: str, at: datetime) -> Grant:
    """Accept an invitation, once: as ``user``, whose address it must be, or with a new account under ``name``.

    Raises:
        ValidationError: it is accepted, revoked or expired, was written to somebody else, the one who invited may
            give the role no longer, or the role is held already.
    """
    locked = Invitation.objects.select_for_update(of=("self",))  # PostgreSQL locks no row that may be missing
    invitation = locked.select_related("invited_by").get(pk=invitation_id)
    _require_open(invitation, at)
    role, inviter = Role(invitation.role), invitation.invited_by
    as_role = _role_that_invites(role, invitation.organisation_id, inviter, at)
    user = _invited_person(invitation, user, name, at)
    terms = Terms(role, invitation.organisation_id, invitation.call_id, invitation.valid_until)
    held = grant_as(user, terms, actor=inviter, role=as_role, at=at, reason=invitation.reason)
    invitation.accepted_by, invitation.accepted_at = user, at
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    data = {"grant": str(held.pk)}
    log.record("invitation_accepted", invitation, actor=user, role="invited", at=at, data=data)
    if inviter is not None and invitation.person_id and invitation.organisation_id:
        ask_whether(
            user, Meant(invitation.person_id, invitation.organisation_id), actor=inviter, role=as_role, at=at
        )
    follow_invitation(invitation, at, "invitation_accepted")
    return held


def _invited_person(invitation: Invitation, user: User | None, name: str, at: datetime) -> User:
    if user is not None:
        if clean_email(user.email or "") != invitation.email:
            raise ValidationError(_("这份邀请是发给另一个邮箱的。"), code="invitation.other_address")
        return user
    if user_with_mail(invitation.email) is not None:
        raise ValidationError(_("本邮箱已有账号，请先登录再接受邀请。"), code="invitation.log_in_first")
    wanted = NewAccount(name, email=invitation.email)
    return open_account(wanted, actor=invitation.invited_by, role="invited", at=at)


def _role_that_invites(role: Role, organisation_id: UUID | None, actor: User | None, at: datetime) -> str:
    if actor is None:
        return "installation"
    as_role = None if role in GUARDS else gives_as(actor, role, organisation_id, at)
    if as_role is None:
        raise ValidationError(_("您不能邀请他人担任这个角色。"), code="invitation.not_allowed")
    return as_role.value


def _require_open(invitation: Invitation, at: datetime) -> None:
    if not invitation.is_open(at):
        raise ValidationError(_("邀请已被使用、撤销或过期。"), code="invitation.over")


def _send(invitation: Invitation, language: str, at: datetime) -> None:
    inviter = invitation.invited_by
    with override(language):
        variables = {
            "who": inviter.get_full_name() if inviter else str(_("科桥系统")),
            "organisation": str(invitation.organisation or _("本系统")),
            "role": str(LABELS[Role(invitation.role)]),
            "until": cn_time(invitation.expires_at),
            "url": address_of(invitation),
        }
    letter = Letter("invitation.sent", address=invitation.email, language=language, variables=variables)
    queue_code(letter, key=f"invitation:{invitation.pk}", at=at)
