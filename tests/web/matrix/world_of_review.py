"""A formal check in the world: begun on an application that has arrived, with a private word in its answers."""

from typing import Any

from django.utils import timezone

from keqiao.core.rules.formal_check import Said
from keqiao.web.review import actions
from keqiao.web.review.actions import Answered
from tests.web import make
from tests.web.applications import makers


def fill(world: Any) -> None:
    """Put it into the world; the title and the reason of an answer hold private words."""
    programme = makers.definition(
        title=f"第{world.number}号审查通知", deadline={"on": make.LATER.isoformat()}
    )
    call = make.published_call(world.association, programme)
    applicant = makers.applicant(makers.unit())
    application = makers.submitted(call, applicant, project=f"{world.owned}进社区")
    by = {"actor": world.officer, "at": timezone.now()}
    check = actions.begin(application.pk, **by)
    answers = [Answered("always.category_fits", Said.FAILS, world.owned)]
    actions.answer(check.pk, check.digest, answers, **by)
    world.objects |= {"checked_call": call.pk, "formal_check": check.pk}
