"""The stage of endorsing: whoever takes a stage decides what lies before them, paper is noted, lists go on.

What nobody takes, the office assigns; what is taken on paper, it notes; then each endorsing unit decides
(``keqiao.web.season.stages.deciding``) and something becomes of its list (``keqiao.web.season.stages.lists``).
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from keqiao.web.endorsement import actions, queries
from keqiao.web.season.stages.deciding import Fates, decide, fates
from keqiao.web.season.stages.lists import end, end_in_time
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import QueueDrawn, UnitDrawn, World

BODY = "county_association"


def play_endorsing(world: World, scene: Scene) -> Iterator[bool | str]:
    """Bring what was submitted to the association, as far as the drawn fates let it."""
    if not world.applications:
        return
    known = fates(world, scene)
    yield from _office(world, known, scene)
    for drawn in world.queues:
        for queue in queues_of(drawn, scene):
            yield from _limited(drawn, queue, scene)
            yield from decide(drawn, queue, known, scene)
            yield end(drawn, queue, scene)


def queues_of(drawn: QueueDrawn, scene: Scene) -> list[Any]:
    """Return the queues of a drawn body, as its people see them."""
    actor = scene.account(drawn.mail)
    seen = queries.queues_for(actor, scene.at).filter(association=scene.association)
    return list(seen.filter(taker_id=scene.parties[drawn.taker].pk))


def _office(world: World, known: Fates, scene: Scene) -> Iterator[bool | str]:
    for call in queries.calls_overseen(scene.officer, scene.at):
        yield from _assigned(call.pk, world, known, scene)
        on_paper = queries.office_overview(scene.officer, call.pk, scene.at).on_paper
        for way in _drawn(on_paper, known):
            yield _signed(way.passage.pk, scene)


def _drawn(ways: Iterable[queries.OnTheWay], known: Fates) -> list[queries.OnTheWay]:
    """Those of applications that were drawn: what visitors of a demonstration filed is left alone."""
    return [way for way in ways if _key(way.passage.application) in known]


def _key(application: Any) -> tuple[UUID, str]:
    return application.unit_id, application.title


def _assigned(call_id: UUID, world: World, known: Fates, scene: Scene) -> Iterator[bool | str]:
    takers = _takers(world, scene)
    overview = queries.office_overview(scene.officer, call_id, scene.at)
    for way in _drawn(overview.unassigned, known):
        taker = takers.get(way.passage.unit_id)
        chain = next((each.chain.id for each in way.ways if each.stages), "")
        if taker is None:
            yield False
        else:
            assigned = actions.Assigned(taker, chain)
            actions.assign(way.passage.pk, assigned, actor=scene.officer, at=scene.at)
            yield "assigned"


def _takers(world: World, scene: Scene) -> dict[UUID, UUID]:
    """Whom the office names for a unit: who recommended it, itself, the body of its area, the first one."""
    bodies = [unit for unit in world.units if unit.mould == BODY]
    of_area = {unit.area.code: unit.key for unit in reversed(bodies)}
    return {
        scene.parties[unit.key].pk: scene.parties[key].pk
        for unit in world.everybody
        if (key := _taker(unit, of_area, bodies))
    }


def _taker(unit: UnitDrawn, of_area: dict[str, str], bodies: list[UnitDrawn]) -> str:
    if unit.mould == BODY:
        return unit.key
    first = bodies[0].key if bodies else ""
    return unit.recommender or of_area.get(unit.area.code, first)


def _signed(passage_id: UUID, scene: Scene) -> str:
    paper = actions.Paper(words("endorsing")["signed"])
    actions.sign_on_paper(passage_id, paper, actor=scene.officer, at=scene.at)
    return "signed"


def _limited(drawn: QueueDrawn, queue: Any, scene: Scene) -> Iterator[bool | str]:
    """The office sets the time by which a list has to come, where it sets one."""
    last = end_in_time(drawn.ending, scene)
    if last is None:
        return
    is_new = queue.deadline_at is None
    if is_new:
        settled = actions.Settled(queue.quota, last, words("endorsing")["settle"])
        actions.settle_queue(queue.pk, settled, actor=scene.officer, at=scene.at)
        queue.deadline_at = last
    yield is_new and "limited"
