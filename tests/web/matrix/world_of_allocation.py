"""A decision in the world, about a call of which one application passed; its title and reason are private words."""

from typing import Any

from django.utils import timezone

from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.models import Selection
from tests.web import make
from tests.web.allocation import makers as making
from tests.web.applications import makers


def fill(world: Any) -> None:
    """Put it into the world; the title and the reason hold private words."""
    programme = makers.definition(
        title=f"第{world.number}号遴选通知", deadline={"on": make.LATER.isoformat()}
    )
    call = make.published_call(world.association, programme)
    application = making.application(call, "c1", f"{world.owned}流动展")
    decision = actions.begin(call.pk, actor=world.officer, at=timezone.now())
    row = queries.selection_of(application.pk)
    Selection.objects.filter(pk=row.pk).update(reason=world.owned)
    world.objects |= {"decided_call": call.pk, "decision": decision.pk, "selection": row.pk}
    staff = frozenset({"officer", "leader"})
    world.readers |= {"decision": staff, "selection": staff}
