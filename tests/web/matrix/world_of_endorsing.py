"""A queue that the unit of the world takes: one application waits in it, one was forwarded, one nobody has taken."""

from typing import Any

from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.models import Passage
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.makers import ANSWERS, definition

CHAIN: dict[str, Any] = {
    "id": "recommender",
    "steps": [{"words": "原推荐单位审核盖章", "by": "原推荐单位", "act": "check"}],
}


def fill(world: Any) -> None:
    """Put them into the world; opinions and titles hold private words."""
    programme = definition(
        title=f"第{world.number}号推荐通知",
        deadline={"on": make.LATER.isoformat()},
        applicants={"kinds": ["学会"]},
        endorsement=[CHAIN],
    )
    call = make.published_call(world.association, programme)
    by = {"actor": world.people[Role.ENDORSER.value], "at": timezone.now()}
    open_one, waiting, sent = (_passage(world, call) for _ in range(3))
    for passage in (waiting, sent):
        assigned = actions.Assigned(world.unit.pk)
        actions.assign(passage.pk, assigned, actor=world.officer, at=by["at"])
    actions.recommend(sent.pk, world.owned, **by)
    queue_id = Passage.objects.get(pk=sent.pk).queue_id
    batch = actions.forward(queue_id, **by)
    world.objects |= {
        "endorsed_call": call.pk,
        "queue": queue_id,
        "passage": waiting.pk,
        "open_passage": open_one.pk,
        "batch": batch.pk,
    }


def _passage(world: Any, call: Any) -> Passage:
    """An application of another unit, whose recommender nobody knows."""
    applicant = makers.applicant(makers.unit())
    leader = {**ANSWERS["leader"], "name": f"张{world.owned}"}
    application = makers.submitted(call, applicant, project=f"{world.owned}进乡镇", leader=leader)
    return Passage.objects.get(application=application)
