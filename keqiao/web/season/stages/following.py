"""What the call says follows a failure or a breach: told, answered, recorded with its ban, appealed, upheld."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from keqiao.core.rules.consequences import Breach, Hit
from keqiao.web.acceptance import actions
from keqiao.web.applications.refusals import Refused
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.projects import Project, agreed
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words

DAY = timedelta(days=1)
NOTHING = "credit.nothing_follows"


def found_of(scene: Scene, turn: int, count: int) -> list[str]:
    """Return what is found out of the project at this place: one breach each after the first, the rest of the last."""
    breaches = words("accepting")["breaches"][scene.association.slug]
    return [each for place, each in enumerate(breaches, start=1) if min(place, count - 1) == turn]


def found_out(project: Project, acceptance: Any, breaches: Sequence[str], at: datetime) -> Iterator[str]:
    """Something else is found out of a project, and what the call says follows, if it says anything."""
    for breach in breaches:
        try:
            actions.propose(acceptance.pk, Breach(breach), words("accepting")["found"], **project.office(at))
        except Refused as refused:
            if NOTHING not in {each.code for each in refused.findings}:
                raise
            yield "nothing_follows"
        else:
            yield f"found_{breach}"
            yield from follow(project, acceptance, at)


def follow(project: Project, acceptance: Any, at: datetime) -> Iterator[str]:
    """Of each entry: the unit answers, the others let the time pass; it is recorded; the unit appeals, in vain."""
    for entry in acceptance.credit.filter(state="proposed").order_by("hit", "rule"):
        yield f"told_{entry.hit}"
        yield from (
            _of_unit(project, entry, at) if entry.hit == Hit.UNIT.value else _of_others(project, entry, at)
        )


def _of_unit(project: Project, entry: Any, at: datetime) -> Iterator[str]:
    said = words("accepting")
    actions.answer(entry.pk, said["answer"], **project.by(at + DAY))
    yield "answered"
    yield _recorded(project, entry, at + 2 * DAY)
    with transaction.atomic():
        later = at + 3 * DAY
        actions.appeal(entry.pk, said["appeal"], **project.by(later))
        agreed(actions.ask_credit("uphold", entry.pk, said["uphold"], **project.office(later)), later)
    yield "appeal_refused"


def _of_others(project: Project, entry: Any, at: datetime) -> Iterator[str]:
    days = entry.answer_by - local_day(at)
    yield _recorded(project, entry, at + days + DAY)


def _recorded(project: Project, entry: Any, at: datetime) -> str:
    agreed(actions.ask_credit("record", entry.pk, "", **project.office(at)), at)
    return f"recorded_{entry.effect}"
