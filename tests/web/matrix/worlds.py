"""One association with an object of every kind that an address can name, all its private words marked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.parties import actions as parties
from keqiao.web.parties.models import Association, Organisation, TieKind
from tests.web import make
from tests.web.matrix import (
    world_of_acceptance,
    world_of_activities,
    world_of_allocation,
    world_of_applications,
    world_of_calls,
    world_of_endorsing,
    world_of_experts,
    world_of_filing,
    world_of_grants,
    world_of_notices,
    world_of_people,
    world_of_registers,
    world_of_review,
    world_of_rounds,
)

ROOMS = (
    world_of_calls,
    world_of_registers,
    world_of_people,
    world_of_applications,
    world_of_filing,
    world_of_endorsing,
    world_of_review,
    world_of_experts,
    world_of_activities,
    world_of_rounds,
    world_of_allocation,
    world_of_notices,
    world_of_grants,
    world_of_acceptance,
)
"""In the order in which their rows need each other."""
OWNED, SHARED, DRAFTED = "qxowned{}xq", "qxshared{}xq", "qxdrafted{}xq"
"""Marks of private words: in rows of an association, in rows about people that other associations may not see, and in
what a unit is still writing.
"""

UNIT_ROLES = (Role.ENDORSER, Role.APPLICANT, Role.UNIT_ADMIN, Role.EXPERT)


@dataclass
class World:
    """An association, its people by role, and its objects by kind (the value that stands in an address)."""

    number: int
    association: Association
    unit: Organisation
    people: dict[str, User] = field(default_factory=dict)
    objects: dict[str, Any] = field(default_factory=dict)
    owners: dict[str, UUID] = field(default_factory=dict)
    """Kinds that belong to one account, and to which."""
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    """Kinds that only some roles of the world may see, and which."""

    @property
    def owned(self) -> str:
        """The mark of rows of the association."""
        return OWNED.format(self.number)

    @property
    def shared(self) -> str:
        """The mark of rows about its people."""
        return SHARED.format(self.number)

    @property
    def drafted(self) -> str:
        """The mark of what its unit is still writing."""
        return DRAFTED.format(self.number)

    @property
    def officer(self) -> User:
        """Who works on everything."""
        return self.people[Role.OFFICER.value]


def made_world(number: int) -> World:
    """An association with everything."""
    region = make.region(f"41{number:02}00", f"第{number}市", "prefecture")
    association = make.association(slug=f"world-{number}", keeps_the_site=number == 1)
    association.organisation.region = region
    association.organisation.save(update_fields=["region"])
    unit = make.organisation(f"第{number}市果树学会", region=region)
    unit.bank_account = f"62220000000000{number:04}"
    unit.save(update_fields=["bank_account"])
    world = World(number, association, unit)
    with transaction.atomic():
        belongs = parties.NewTie(
            unit, association.organisation, TieKind.AFFILIATION, date(2020, 1, 1), "测试"
        )
        tie = parties.tie(belongs, actor=None, role="tests", at=make.LONG_AGO)
        _people(world)
        world.objects |= {
            "association": association.pk,
            "unit": unit.pk,
            "tie": tie.pk,
            "region": region.code,
        }
        world.objects |= {"association_slug": association.slug}
        for room in ROOMS:
            room.fill(world)
    return world


def _people(world: World) -> None:
    """An account for each role, whose name is marked."""
    for role in Role:
        of_unit = role in UNIT_ROLES
        if role.value.endswith("_admin") and not of_unit:
            continue  # the three administrators are of the installation
        account = make.user(f"{world.shared}{role.value}")
        make.role_of(account, role, world.unit if of_unit else world.association.organisation)
        world.people[role.value] = account
