"""The last stage: the call of the next year is open, and its first screens say who is refused there, and why.

A call of the association that is open at the end of the play is the one; where none is, the first call of the season is
published again with its days moved. What is counted is only read, at every play: by rule, how many units it refuses.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.consequences import Hit
from keqiao.web.acceptance.queries import acceptance_of
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.eligibility.queries import Wish, answer_for, decisions_for, offer_open, offers_open, tried
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.actions import publish, start_from_definition
from keqiao.web.programmes.queries import draft_of
from keqiao.web.season.moved_calls import running
from keqiao.web.season.stages.projects import Project, projects
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

IN_FORCE = ("in_force", "appealed", "upheld")
BARS = ("debarment", "sanction", "continuation")
"""Types of rules by which a project of before bars one of the next year."""


def play_next_year(world: World, scene: Scene) -> Iterator[bool | str]:
    """Open the next call, and say whom it refuses by which rule."""
    if not world.applications or scene.until is None or not scene.has_come(scene.moments.next_call):
        return
    over = list(projects(world, scene))
    at = scene.until
    is_new = bool(over) and not _open_offers(scene, at)
    if is_new:
        _published(over[0].grant.revision_id, scene, at)
    yield is_new and "opened"
    offers = _open_offers(scene, at)
    yield from _refused(world, scene, offers)
    yield from _barred(over, offers, at)


def _open_offers(scene: Scene, at: datetime) -> list[int]:
    """The open categories of the association."""
    return list(offers_open(at).filter(call__association=scene.association).values_list("pk", flat=True))


@transaction.atomic
def _published(revision_id: UUID, scene: Scene, at: datetime) -> None:
    """The call of this revision comes again."""
    programme = running(ready_call(revision_id).programme, local_day(at))
    by: dict[str, Any] = {"actor": scene.officer, "at": at}
    call = start_from_definition(scene.association.pk, programme, **by)
    draft = draft_of(call)
    if draft is None:
        raise LookupError(f"{programme.id}: no draft")
    publish(call.pk, draft.version, note=words("accepting")["again"], **by)


def _refused(world: World, scene: Scene, offers: list[int]) -> Iterator[str]:
    """By the rule that decides, for each unit once."""
    at, wanted = scene.until, set(offers)
    if at is None:
        return
    for unit in world.everybody:
        found: Counter[str] = Counter()
        for pk, decision in decisions_for(scene.parties[unit.key].pk, at).items():
            if pk in wanted and decision.verdict is Verdict.FAILS and decision.by is not None:
                reason = decision.reason()
                found[reason.type if reason else ""] += 1
        yield from (f"refuses_{kind}" for kind in sorted(found))


def _barred(over: list[Project], offers: list[int], at: datetime) -> Iterator[str]:
    """Of the units of projects that failed, and of those who led them: every rule with its clause."""
    for project in over:
        acceptance: Any = acceptance_of(project.grant.application_id)
        entries = acceptance.credit.filter(state__in=IN_FORCE, debarment__isnull=False) if acceptance else []
        for entry in entries:
            asking = _applies(project, entry, [each.grant.unit_id for each in over])
            yield from _bars(asking, entry, offers, at)


def _applies(project: Project, entry: Any, units: list[UUID]) -> UUID:
    """Who asks: the unit itself; for a leader another unit, which nothing bars but who is to lead."""
    if entry.hit != Hit.LEADER.value:
        return project.grant.unit_id  # type: ignore[no-any-return]
    return next((unit for unit in units if unit != project.grant.unit_id), project.grant.unit_id)


def _bars(asking: UUID, entry: Any, offers: list[int], at: datetime) -> Iterator[str]:
    """The rules that stand against whom an entry is about, somewhere in the call; each has its clause."""
    found: set[str] = set()
    for pk in offers:
        asked = answer_for(asking, offer_open(pk, at), at)
        answer = asked.answer
        if entry.hit == Hit.LEADER.value:
            wished = tried(asked, Wish(words("accepting")["leader_role"], entry.party_id), at)
            answer = wished.difference.after if wished else answer
        found |= {one.type for one in answer.judged if one.verdict is Verdict.FAILS and one.type in BARS}
    if not found:
        raise AssertionError(f"{entry.pk}: debarred by {entry.clause}, and refused nowhere")
    yield from (f"{entry.hit}_{kind}" for kind in sorted(found))
