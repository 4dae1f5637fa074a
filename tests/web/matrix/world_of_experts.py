"""An expert of the association in the world, with a private word in the name of somebody they are kin of."""

from typing import Any

from django.utils import timezone

from keqiao.web.parties.actions import PersonDetails, register_person
from keqiao.web.parties.models import Tie
from keqiao.web.review.actions.experts import ExpertDetails, enter_expert
from keqiao.web.review.actions.relations import Declared, declare
from tests.web import make


def fill(world: Any) -> None:
    """Put both into the world."""
    at = timezone.now()
    person = register_person(PersonDetails(f"{world.owned}专家"), actor=world.officer, role="officer", at=at)
    body = world.association.organisation
    Tie.objects.create(
        party=person, organisation=body, kind="expert", valid_from=make.LONG_AGO.date(), source="测试"
    )
    details = ExpertDetails("教授", ("physics",))
    expert = enter_expert(world.association.pk, person.pk, details, "测试", by=(world.officer, at))
    relation = declare(expert.pk, Declared("tutor", f"{world.owned}学生"), actor=world.officer, at=at)
    world.objects |= {"expert_entered": expert.pk, "relation": relation.pk}
