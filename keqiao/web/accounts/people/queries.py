"""Read the people of units, for those who keep them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from keqiao.web.accounts.models import Grant, Invitation, User
from keqiao.web.accounts.permissions import is_security_admin, may_keep_people, units_of
from keqiao.web.accounts.roles import OF_A_UNIT, Role
from keqiao.web.parties.queries import Organisation, all_organisations


def invitations_by_program() -> QuerySet[Invitation]:
    """Return the invitations with which the program itself set the installation up, oldest first."""
    return Invitation.objects.filter(invited_by__isnull=True).order_by("invited_at", "pk")


def units_kept_by(viewer: User, at: datetime) -> QuerySet[Organisation]:
    """Return the units whose people ``viewer`` keeps: all, those of one's associations, those administered."""
    rows = all_organisations().select_related("region")
    if is_security_admin(viewer, at):
        return rows
    offices = viewer.organisations_as(Role.OFFICER, at)
    mine = viewer.organisations_as(Role.UNIT_ADMIN, at)
    return rows.filter(pk__in=mine | frozenset(units_of(offices, at)))


def unit_kept_by(viewer: User, pk: UUID, at: datetime) -> Organisation:
    """Return one unit whose people ``viewer`` keeps; otherwise 404."""
    found = all_organisations().filter(pk=pk).first()
    if found is None or not may_keep_people(viewer, pk, at):
        raise Http404
    return found


def grants_for(viewer: User, organisation: Organisation, at: datetime) -> QuerySet[Grant]:
    """Return the grants of a unit that hold at ``at`` or will, those ``viewer`` looks after."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    rows = Grant.objects.filter(lasting, _looked_after(viewer, at), organisation=organisation)
    return rows.select_related("user", "granted_by").order_by("user__display_name", "role")


def invitations_for(viewer: User, organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations of a unit that can still be accepted, newest first."""
    rows = Invitation.objects.filter(_looked_after(viewer, at), organisation=organisation)
    waiting = rows.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    return waiting.select_related("invited_by").order_by("-invited_at")


def grant_for(viewer: User, pk: UUID, at: datetime) -> Grant:
    """Return one grant of a unit whose people ``viewer`` keeps; otherwise 404."""
    found = get_object_or_404(Grant.objects.select_related("organisation", "user"), pk=pk)
    return get_object_or_404(
        grants_for(viewer, unit_kept_by(viewer, found.organisation_id, at), at), pk=found.pk
    )


def invitation_for(viewer: User, pk: UUID, at: datetime) -> Invitation:
    """Return one open invitation of a unit whose people ``viewer`` keeps; otherwise 404."""
    found = get_object_or_404(Invitation, pk=pk)
    return get_object_or_404(
        invitations_for(viewer, unit_kept_by(viewer, found.organisation_id, at), at), pk=pk
    )


def colleagues_of(organisation: Organisation, at: datetime) -> QuerySet[User]:
    """Return the active accounts that hold a role for a unit: who can take over its administration."""
    held = Grant.objects.in_force(at).filter(organisation=organisation)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("display_name")


def _looked_after(viewer: User, at: datetime) -> Q:
    """The security administrator sees every role, all others those of a unit."""
    return Q() if is_security_admin(viewer, at) else Q(role__in=[role.value for role in OF_A_UNIT])
