"""Notices in every state, an objection, an award with its letters; private words in what nobody outside may read."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.models import ResultLetter
from tests.web import make
from tests.web.applications.makers import definition
from tests.web.public_notice import makers

RULE = {**makers.FIVE_DAYS, "day_kind": "calendar"}
DAYS = {"days": 5, "day_kind": "calendar"}


def fill(world: Any) -> None:
    """Put it into the world. What is public holds no private word; drafts, grounds and reasons do."""
    now = timezone.now()
    officer, leader = world.officer, world.people[Role.LEADER.value]
    call = make.published_call(
        world.association,
        definition(
            title=f"第{world.number}号公示通知", deadline={"on": make.LATER.isoformat()}, rules=[RULE]
        ),
    )
    rows = makers.selections(call, approved=5, reserve=1)
    running = makers.posted(rows[:2], officer, leader, at=now, **DAYS)
    past = makers.posted(rows[2:3], officer, leader, at=now - timedelta(days=10), **DAYS)
    actions.end_due(now)
    actions.conclude(past.pk, actor=officer, at=now)
    award = actions.draft_award(call.pk, actions.AwardWording("立项通知"), actor=officer, at=now)
    makers.agreed(approving.ISSUE, award, leader, officer=officer, at=now)
    draft = makers.drafted(rows[3:4], officer, title=f"{world.owned}公示", **DAYS)
    item = queries.listed_in(running)[0]
    objection, _secret = makers.objected(item, at=now, name=world.owned, grounds=f"{world.owned}的事实和理由")
    makers.move(rows[4], "drop", role="leader", actor=leader, at=now, reason=world.owned)
    world.objects |= {
        "noticed_call": call.pk,
        "notice": running.pk,
        "draft_notice": draft.pk,
        "past_notice": past.pk,
        "notice_item": item.pk,
        "objection": objection.pk,
        "dropped": rows[4].pk,
        "award": award.pk,
        "letter": ResultLetter.objects.get(award=award).pk,
    }
    world.readers["letter"] = frozenset({Role.OFFICER.value, Role.LEADER.value})
