"""What becomes of each application at its endorser: recommended, declined, returned, corrected, left lying."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.queries import answers_of, specification_of
from keqiao.web.endorsement import actions, queries
from keqiao.web.season.stages.correcting import correct, correction_of
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Fate, QueueDrawn, World

Fates = Mapping[tuple[UUID, str], Fate]


def fates(world: World, scene: Scene) -> Fates:
    """Return what is to become of each drawn application, by unit and title."""
    return {(scene.parties[each.unit].pk, each.title): each.fate for each in world.applications}


def decide(drawn: QueueDrawn, queue: Any, known: Fates, scene: Scene) -> Iterator[bool | str]:
    """Decide what was drawn, waits in a queue and was never in hand; one application, one transaction."""
    actor = scene.account(drawn.mail)
    for line in queries.lines_of(queue):
        passage = line.passage
        application: Any = line.application
        fate = known.get((application.unit_id, application.title), Fate.LEFT)
        is_new = passage.state == PassageState.WAITING.value and passage.handled_at is None
        yield is_new and fate is not Fate.LEFT and _decided(fate, passage, actor, scene)


@transaction.atomic
def _decided(fate: Fate, passage: Any, actor: Any, scene: Scene) -> str:
    for act in ACTS[fate]:
        act(passage, actor, scene)
    return fate.value


def _recommend(passage: Any, actor: Any, scene: Scene) -> None:
    actions.recommend(passage.pk, words("endorsing")["recommend"], actor=actor, at=scene.at)


def _decline(passage: Any, actor: Any, scene: Scene) -> None:
    actions.decline(passage.pk, words("endorsing")["decline"], actor=actor, at=scene.at)


def _give_back(passage: Any, actor: Any, scene: Scene) -> None:
    application = passage.application
    specification = specification_of(application)
    if specification is None:
        raise LookupError(application.pk)
    correction = correction_of(specification, answers_of(application), scene)
    actions.give_back(passage.pk, correction, actor=actor, at=scene.at)


def _correct(passage: Any, _actor: Any, scene: Scene) -> None:
    correct(passage.application, scene)


ACTS: Mapping[Fate, tuple[Callable[[Any, Any, Scene], None], ...]] = {
    Fate.RECOMMENDED: (_recommend,),
    Fate.DECLINED: (_decline,),
    Fate.RETURNED: (_give_back,),
    Fate.CORRECTED: (_give_back, _correct, _recommend),
    Fate.LEFT: (),
}
"""What is done at an endorser until an application stands where it is to stand."""
