"""A project that stands in for those of the rooms above: a record, its evidence, its targets, frozen once."""

from typing import Any

from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.activities import actions
from keqiao.web.activities.actions import Begun
from keqiao.web.activities.permissions import EVERYBODY
from keqiao.web.indicators.actions import freeze
from tests.web.activities import makers

TARGET: dict[str, Any] = {
    "id": "t1",
    "metric": "活动",
    "comparator": ">=",
    "value": 2,
    "measure": {"kind": "count", "facts": "activity"},
}


def fill(world: Any) -> None:
    """Put it into the world; the title of the project and of its record hold private words."""
    project = makers.project(world.association, world.unit, title=f"{world.owned}项目")
    by = {"actor": world.people[Role.APPLICANT.value], "at": timezone.now()}
    record = actions.enter(
        project, makers.content(title=f"{world.owned}进乡镇"), Begun(links=["https://example.org/1"]), **by
    )
    asked = makers.asks(project, TARGET)
    snapshot = freeze(project, asked, actor=world.officer, at=timezone.now())
    world.objects |= {
        "project": project.id,
        "activity": record.pk,
        "evidence": record.evidence.get().pk,
        "snapshot": snapshot.pk,
    }
    mine = frozenset(EVERYBODY)
    world.readers |= dict.fromkeys(("project", "activity", "evidence", "snapshot"), mine)
