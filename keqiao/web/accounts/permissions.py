"""Who may see, give and end what of an account."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.roles import GUARDS, OF_A_UNIT, Role
from keqiao.web.parties.queries import units_tied_to

NOTHING = Q(pk__in=[])


def own_log_ins(viewer: User) -> Q:
    """Everybody sees the record of their own log-ins; the audit administrator's page comes with its part."""
    return Q(user_id=viewer.pk)


def is_security_admin(viewer: User, at: datetime) -> bool:
    """Does ``viewer`` keep accounts and roles of the installation at ``at``?"""
    return Role.SECURITY_ADMIN.value in viewer.roles_at(at)


def gives_as(actor: User, role: Role, organisation_id: UUID | None, at: datetime) -> Role | None:
    """Return as what ``actor`` may give or end ``role`` for an organisation, or None.

    The security administrator gives every role, guard roles with a second person. Roles of a unit are given by
    its administrator as well, and by officers of the association it belongs to. Officers make somebody an expert of
    their own association. Nobody else gives any.
    """
    if is_security_admin(actor, at):
        return Role.SECURITY_ADMIN
    if role is Role.EXPERT and organisation_id in actor.organisations_as(Role.OFFICER, at):
        return Role.OFFICER
    if role not in OF_A_UNIT or organisation_id is None:
        return None
    if organisation_id in actor.organisations_as(Role.UNIT_ADMIN, at) and _unit_may_hold(
        role, organisation_id, at
    ):
        return Role.UNIT_ADMIN
    offices = actor.organisations_as(Role.OFFICER, at)
    return Role.OFFICER if organisation_id in units_of(offices, at) else None


def roles_to_give(actor: User, organisation_id: UUID, at: datetime) -> list[Role]:
    """Return the roles that ``actor`` may give for an organisation, guard roles left out."""
    return [
        role for role in Role if role not in GUARDS and gives_as(actor, role, organisation_id, at) is not None
    ]


def units_of(association_ids: Collection[UUID], at: datetime) -> Collection[UUID]:
    """Return the ids of the units whose people the associations' officers look after: those tied to them."""
    return units_tied_to(association_ids, at) if association_ids else frozenset()


def may_keep_people(viewer: User, organisation_id: UUID, at: datetime) -> bool:
    """May ``viewer`` see and change who works for an organisation?"""
    return gives_as(viewer, Role.APPLICANT, organisation_id, at) is not None


def _unit_may_hold(role: Role, organisation_id: UUID, at: datetime) -> bool:
    """A unit's administrator passes on what the unit is: endorsing, only where somebody endorses for it already."""
    if role is not Role.ENDORSER:
        return True
    return Grant.objects.in_force(at).filter(role=role.value, organisation_id=organisation_id).exists()
