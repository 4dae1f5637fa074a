"""Whose duties the database itself shows: the association's, and those of whoever has to do them."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from keqiao.core.workdays import SHANGHAI
from keqiao.web.accounts.roles import Role
from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.duties.actions import owe, settle
from keqiao.web.duties.kinds import Owed, for_person, for_role
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import waiting_for
from keqiao.web.scope import NOBODY, working_as
from tests.web import make

AT = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


def due(holder, association_id, case):
    owe(Owed("tests.look", case, ("tests.case", case), holder, association_id, AT, variables={"title": case}))


def seen(viewer):
    """What the pages of somebody show, and what the wall would let through."""
    with working_as(scope_of(viewer, AT)):
        shown = {line.title for line in waiting_for(viewer, AT).lines}
        return shown, set(Duty.objects.values_list("about_id", flat=True))


@pytest.fixture
def world():
    """A city that runs a call, a county that endorses for it, a unit that applies, and another unit."""
    city, county, unit, other = (
        make.association(),
        make.organisation(),
        make.organisation(),
        make.organisation(),
    )
    people = {
        "officer": make.officer(city),
        "endorser": make.holder(Role.ENDORSER, county),
        "applicant": make.holder(Role.APPLICANT, unit),
        "stranger": make.holder(Role.APPLICANT, other),
        "elsewhere": make.officer(make.association()),
    }
    due(for_role("officer", city.pk), city.pk, "office")
    due(for_role("endorser", county.pk), city.pk, "county")
    due(for_role("applicant", unit.pk), city.pk, "unit")
    due(for_person(people["elsewhere"].pk), city.pk, "person")
    return people


def test_everybody_sees_the_own_and_nothing_of_others(world):
    assert {name: seen(viewer)[0] for name, viewer in world.items()} == {
        "officer": {"核对office"},
        "endorser": {"核对county"},
        "applicant": {"核对unit"},
        "stranger": set(),
        "elsewhere": {"核对person"},
    }


@pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security")
def test_behind_the_queries_stands_a_wall(world):
    assert {name: seen(viewer)[1] for name, viewer in world.items()} == {
        "officer": {"office", "county", "unit", "person"},
        "endorser": {"county"},
        "applicant": {"unit"},
        "stranger": set(),
        "elsewhere": {"person"},
    }
    with working_as(NOBODY):
        assert Duty.objects.count() == 0


def test_whoever_acts_opens_and_closes_what_others_have_to_do(world):
    case = str(uuid4())
    with working_as(scope_of(world["applicant"], AT)):
        due(for_person(world["officer"].pk), uuid4(), case)
    assert Duty.objects.filter(about_id=case, settled_at=None).count() == 1

    with working_as(scope_of(world["stranger"], AT)):
        assert settle("tests.look", ("tests.case", case), at=AT) == 1
