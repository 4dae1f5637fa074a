"""Who may see and record what: the people of the unit that carries a project out, and the office that pays for it."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle.roles import APPLICANT, OFFICER
from keqiao.web.activities.projects import Project, access_to

LEADER = "leader"
IN_CHARGE = (OFFICER, LEADER)
OF_A_UNIT = ("applicant", "unit_admin")
EVERYBODY = (*OF_A_UNIT, *IN_CHARGE)


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def own_units(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the units for which the viewer works."""
    return _organisations(viewer, OF_A_UNIT, at)


def associations_in_charge(viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Return the associations whose records the viewer reads."""
    return _organisations(viewer, IN_CHARGE, at)


def _organisations(viewer: Viewer, roles: tuple[str, ...], at: datetime) -> frozenset[UUID]:
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in roles))


def records_seen(viewer: Viewer, at: datetime) -> Q:
    """Records of the viewer's units, and of the associations on whose staff the viewer is."""
    return Q(owner_id__in=own_units(viewer, at)) | in_the_office(viewer, at)


def in_the_office(viewer: Viewer, at: datetime) -> Q:
    """Records of the associations on whose staff the viewer is."""
    return Q(association_id__in=associations_in_charge(viewer, at))


def sees_project(viewer: Viewer, project: Project, at: datetime) -> bool:
    """May the viewer see the records of a project?"""
    return project.owner_id in own_units(viewer, at) or project.association_id in associations_in_charge(
        viewer, at
    )


def may_record(viewer: Viewer, project: Project, at: datetime) -> bool:
    """May the viewer record for a project? Its unit's people, as the room of the project says."""
    access = access_to(project.kind)
    if access is None or project.owner_id not in own_units(viewer, at):
        return False
    return access.may_record(viewer, project, at)


def is_officer(viewer: Viewer, association_id: UUID, at: datetime) -> bool:
    """Is the viewer an officer of this association?"""
    return viewer.is_authenticated and association_id in viewer.organisations_as(OFFICER, at)


def roles_towards(viewer: Viewer, project: Project, at: datetime) -> frozenset[str]:
    """Return the roles of the viewer that the life of a record asks about."""
    found = {APPLICANT} if may_record(viewer, project, at) else set()
    if is_officer(viewer, project.association_id, at):
        found.add(OFFICER)
    return frozenset(found)
