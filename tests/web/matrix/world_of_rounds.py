"""A round of review in the world: open, with one application whose title and file hold private words, and one task."""

from typing import Any

from django.utils import timezone

from keqiao.core.rules.formal_check import Said
from keqiao.web.parties.actions import PersonDetails, register_person
from keqiao.web.parties.models import Tie
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import Answered, NewRound
from keqiao.web.review.actions.experts import ExpertDetails, enter_expert
from tests.web import make
from tests.web.applications import makers
from tests.web.review.rounds import CARD


def fill(world: Any) -> None:
    """Put it into the world; the task belongs to an account of its own."""
    programme = makers.definition(
        title=f"第{world.number}号评审通知", deadline={"on": make.LATER.isoformat()}, scorecard=CARD
    )
    call = make.published_call(world.association, programme)
    application = makers.submitted(call, project=f"{world.owned}进校园")
    by: dict[str, Any] = {"actor": world.officer, "at": timezone.now()}
    check = actions.begin(application.pk, **by)
    said = [Answered(each.point.key, Said.MEETS) for each in queries.looked_at(check, by["at"]).points]
    actions.answer(check.pk, check.digest, said, **by)
    actions.pass_check(check.pk, check.digest, **by)
    account = make.user(f"{world.shared}评审")
    person = register_person(
        PersonDetails(name=account.display_name), actor=None, role="tests", at=make.LONG_AGO
    )
    body = world.association.organisation
    Tie.objects.create(
        party=person, organisation=body, kind="expert", valid_from=make.LONG_AGO.date(), source="测试"
    )
    account.person = person
    account.save(update_fields=["person"])
    expert = enter_expert(
        world.association.pk, person.pk, ExpertDetails(), "测试", by=(world.officer, by["at"])
    )
    closes = by["at"].replace(year=2090)
    wanted = NewRound(f"{world.owned}轮", ["c1"], 2, by["at"], closes, blind=False)
    found = actions.make_round(call.pk, wanted, **by)
    actions.open_round(found.pk, **by)
    (task,) = actions.invite(found.pk, {(str(expert.pk), str(application.pk))}, **by)
    world.objects |= {
        "judged_call": call.pk,
        "round": found.pk,
        "review_task": task.pk,
        "own_review_task": task.pk,
        "judging_expert": expert.pk,
        "judged_application": application.pk,
    }
    world.owners["own_review_task"] = account.pk
