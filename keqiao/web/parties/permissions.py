"""Who may see and change what of the room.

A viewer is an account (or nobody). This room stands below the accounts and asks the viewer itself.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from keqiao.web.parties.models import Organisation, Region, Tie, TieKind
from keqiao.web.parties.periods import on_day

OFFICER, LEADER = "officer", "leader"
SEE_ALL_ORGANISATIONS = frozenset(
    {OFFICER, "leader", "finance", "system_admin", "security_admin", "audit_admin"}
)
BELONG = ("officer", "leader", "finance", "endorser", "applicant", "unit_admin", "expert")
OF_UNITS = ("endorser", "applicant", "unit_admin")
"""Roles by which somebody works for a unit and sees its people."""
BELONGING = (TieKind.AFFILIATION.value, TieKind.MEMBER.value, TieKind.SUPERVISOR.value)
"""Ties by which a unit belongs to an association, whose officers then look after it and its people."""
ABOVE = tuple("parent__" * step for step in range(5))
"""Ways up from a region to those it lies in: a township stands four levels below the nation."""
NOTHING = Q(pk__in=[])


class Viewer(Protocol):
    """What this room asks an account."""

    pk: Any
    is_authenticated: bool
    person_id: UUID | None

    def roles_at(self, moment: datetime) -> frozenset[str]: ...

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


def visible_organisations(viewer: Viewer, at: datetime) -> Q:
    """Associations are public. Staff of associations see all organisations, others those they belong to."""
    public = Q(association__isnull=False)
    if not viewer.is_authenticated:
        return public
    if viewer.roles_at(at) & SEE_ALL_ORGANISATIONS:
        return Q()
    mine = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in BELONG))
    return public | Q(pk__in=mine)


def keeps_association(viewer: Viewer, at: datetime) -> Q:
    """Associations whose pages the viewer may change: those the viewer is an officer of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(pk__in=viewer.organisations_as(OFFICER, at))


def sees_association(viewer: Viewer, at: datetime) -> Q:
    """Associations whose pages the viewer may see: those the viewer is an officer or a leader of."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(pk__in=viewer.organisations_as(OFFICER, at) | viewer.organisations_as(LEADER, at))


def may_decide_on_second_person(viewer: Viewer, association_id: UUID, *, wanted: bool, at: datetime) -> bool:
    """May the viewer say that publishing needs a second person, or (``wanted`` false) that it needs none?

    Officers and leaders may ask for more care; only a leader may ask for less.
    """
    roles = (OFFICER, LEADER) if wanted else (LEADER,)
    return any(association_id in viewer.organisations_as(role, at) for role in roles)


def visible_offices(viewer: Viewer, at: datetime) -> Q:
    """Offices shown on the pages where they are kept (what the public sees of them stands in a call)."""
    if not viewer.is_authenticated:
        return NOTHING
    return Q(association_id__in=viewer.organisations_as(OFFICER, at))


def kept_organisations(viewer: Viewer, at: datetime) -> Q:
    """Organisations that the viewer may change: an officer those of the association's area, those that belong to it,
    and those whose area nobody has stated yet.
    """
    if not viewer.is_authenticated:
        return NOTHING
    mine = viewer.organisations_as(OFFICER, at)
    if not mine:
        return NOTHING
    nowhere = Q(region__isnull=True, association__isnull=True)
    belongs = Tie.objects.filter(organisation_id__in=mine, kind__in=BELONGING, valid_until__isnull=True)
    return nowhere | in_area_of(mine, "region__") | Q(pk__in=mine) | Q(pk__in=belongs.values("party_id"))


def shown_evidence(viewer: Viewer, at: datetime) -> Q:
    """Organisations whose papers the viewer may read: those the viewer may change, and those the viewer works for."""
    if not viewer.is_authenticated:
        return NOTHING
    mine = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in BELONG))
    return kept_organisations(viewer, at) | Q(pk__in=mine)


def kept_regions(viewer: Viewer, at: datetime) -> Q:
    """Regions whose base figures the viewer may enter: an officer those of the association's area."""
    if not viewer.is_authenticated:
        return NOTHING
    return in_area_of(viewer.organisations_as(OFFICER, at))


def in_area_of(associations: Collection[UUID], prefix: str = "") -> Q:
    """Return what picks regions in the areas of these associations; ``prefix`` leads over a relation (``region__``).

    By code, because a region that was renamed begins a new row.
    """
    codes = Region.objects.filter(organisations__in=associations).values("code")
    return Q(*(Q(**{f"{prefix}{above}code__in": codes}) for above in ABOVE), _connector=Q.OR)


def visible_people(viewer: Viewer, at: datetime) -> Q:
    """People whom the viewer may see: officers and leaders those of the units of their area, units their own people,
    everybody themselves.
    """
    if not viewer.is_authenticated:
        return NOTHING
    own = Q(pk=viewer.person_id) if viewer.person_id else NOTHING
    units = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in OF_UNITS))
    of_units = Tie.objects.filter(on_day(timezone.localtime(at).date()), organisation_id__in=units)
    return own | Q(pk__in=of_units.values("party_id")) | kept_people(viewer, at, (OFFICER, LEADER))


def kept_people(viewer: Viewer, at: datetime, roles: tuple[str, ...] = (OFFICER,)) -> Q:
    """People whom the viewer may change: those with a tie, now or before, to a unit of the area or the association,
    and those who have no tie yet.
    """
    if not viewer.is_authenticated:
        return NOTHING
    mine = frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in roles))
    if not mine:
        return NOTHING
    belongs = Tie.objects.filter(organisation_id__in=mine, kind__in=BELONGING).values("party_id")
    units = Organisation.objects.filter(in_area_of(mine, "region__") | Q(pk__in=mine) | Q(pk__in=belongs))
    tied = Tie.objects.filter(organisation_id__in=units.values("pk")).values("party_id")
    return Q(pk__in=tied) | Q(ties__isnull=True)
