"""Read the people of units, for those who keep them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import Grant, Invitation, User
from keqiao.web.accounts.permissions import is_security_admin, may_keep_people, units_of
from keqiao.web.accounts.roles import OF_A_UNIT, Role
from keqiao.web.parties.queries import Organisation, all_organisations

Words = str | Promise


def invitations_by_program() -> QuerySet[Invitation]:
    """Return the invitations with which the program itself set the installation up, oldest first."""
    return Invitation.objects.filter(invited_by__isnull=True).order_by("invited_at", "pk")


def invitation_to(viewer: User, pk: UUID) -> Invitation:
    """Return an invitation that was written to the address of ``viewer``; otherwise 404."""
    rows = Invitation.objects.filter(email=(viewer.email or "").lower()).exclude(email="")
    return get_object_or_404(rows, pk=pk)


def invitations_of(person_id: UUID, organisation_id: UUID, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that wait for a person of the register. Who may see them was asked before."""
    rows = Invitation.objects.filter(person_id=person_id, organisation_id=organisation_id, expires_at__gt=at)
    return rows.filter(accepted_at__isnull=True, revoked_at__isnull=True).order_by("-invited_at")


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


def all_invitations_for(viewer: User, organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations of a unit, whatever came of them, those ``viewer`` looks after."""
    rows = Invitation.objects.filter(_looked_after(viewer, at), organisation=organisation)
    return rows.select_related("invited_by")


def invitations_for(viewer: User, organisation: Organisation, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations of a unit that can still be accepted, newest first."""
    _words, waiting = invitation_states(at)["waiting"]
    return all_invitations_for(viewer, organisation, at).filter(waiting).order_by("-invited_at")


def invitation_states(at: datetime) -> dict[str, tuple[Words, Q]]:
    """Return what may have become of an invitation at ``at``: words, and what picks those rows."""
    unanswered = Q(accepted_at__isnull=True, revoked_at__isnull=True)
    return {
        "waiting": (_("待接受"), unanswered & Q(expires_at__gt=at)),
        "accepted": (_("已接受"), Q(accepted_at__isnull=False)),
        "revoked": (_("已撤销"), Q(revoked_at__isnull=False)),
        "expired": (_("已过期"), unanswered & Q(expires_at__lte=at)),
    }


def state_of(invitation: Invitation, at: datetime) -> Words:
    """Return in words what has become of an invitation at ``at``."""
    if invitation.accepted_at is not None:
        state = "accepted"
    elif invitation.revoked_at is not None:
        state = "revoked"
    else:
        state = "waiting" if invitation.is_open(at) else "expired"
    return invitation_states(at)[state][0]


def with_role(role: str) -> Q:
    """Return what picks grants or invitations of one role."""
    return Q(role=role)


def grants_of_somebody_called(word: str) -> Q:
    """Return what picks the grants of people called so, in part."""
    return Q(user__display_name__icontains=word)


def invitations_with(word: str) -> Q:
    """Return what picks invitations to such an address, or by somebody called so, in part."""
    return Q(email__icontains=word) | Q(invited_by__display_name__icontains=word)


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
