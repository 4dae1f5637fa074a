"""What becomes of the list of an endorsing unit: over its quota, agreed to by a treasury or not, recalled, late."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.core.workdays import last_moment
from keqiao.web.applications.refusals import Refused
from keqiao.web.endorsement import actions, queries
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Ending, QueueDrawn

LATE, OVER_QUOTA = "endorsement.late", "endorsement.over_quota"


def end_in_time(ending: Ending, scene: Scene) -> datetime | None:
    """Return the last moment that the office sets for a list with this ending; None: it sets none."""
    days = words("endorsing")["days_for_lists"].get(ending.value)
    return None if days is None else last_moment(scene.days_on(days))


def end(drawn: QueueDrawn, queue: Any, scene: Scene) -> bool | str:
    """Let become of a list what was drawn, once. False: it has, or there is nothing on it."""
    if not _recommended(queue) or queries.batches_of(queue).exists():
        return False
    return ENDINGS[drawn.ending](drawn, queue, scene)


def _recommended(queue: Any) -> list[Any]:
    """The passages on the list, the first one first."""
    lines = [line for line in queries.lines_of(queue) if line.rank is not None]
    return [line.passage for line in lines if line.passage.state == PassageState.RECOMMENDED.value]


def _open(_drawn: QueueDrawn, _queue: Any, _scene: Scene) -> bool:
    return False


@transaction.atomic
def _proposed(drawn: QueueDrawn, queue: Any, scene: Scene) -> str:
    _ranked(drawn, queue, scene)
    actions.propose(queue.pk, actor=scene.account(drawn.mail), at=scene.at)
    return "proposed"


@transaction.atomic
def _disputed(drawn: QueueDrawn, queue: Any, scene: Scene) -> str:
    """The treasury refuses once; the list is put in another order, proposed again and agreed to."""
    actor, treasury = scene.account(drawn.mail), scene.account(drawn.treasury_mail)
    batch = actions.propose(queue.pk, actor=actor, at=scene.at)
    actions.refuse(batch.pk, words("endorsing")["refuse_list"], actor=treasury, at=scene.at)
    _ranked(drawn, queue, scene)
    again = actions.propose(queue.pk, actor=actor, at=scene.at)
    actions.agree(again.pk, actor=treasury, at=scene.at)
    actions.forward(queue.pk, actor=actor, at=scene.at)
    return "disputed"


@transaction.atomic
def _forwarded(drawn: QueueDrawn, queue: Any, scene: Scene) -> str:
    actor, said = scene.account(drawn.mail), words("endorsing")
    _within_quota(drawn, queue, scene)
    if queue.co_signing:
        batch = actions.propose(queue.pk, actor=actor, at=scene.at)
        actions.agree_on_paper(batch.pk, said["on_paper"], actor=actor, at=scene.at)
    actions.forward(queue.pk, actor=actor, at=scene.at)
    return "forwarded"


@transaction.atomic
def _recalled(drawn: QueueDrawn, queue: Any, scene: Scene) -> str:
    """It is forwarded, taken back, put in another order and forwarded again."""
    actor = scene.account(drawn.mail)
    _within_quota(drawn, queue, scene)
    batch = actions.forward(queue.pk, actor=actor, at=scene.at)
    actions.recall(batch.pk, words("endorsing")["recall"], actor=actor, at=scene.at)
    _ranked(drawn, queue, scene)
    actions.forward(queue.pk, actor=actor, at=scene.at)
    return "recalled"


def _late(drawn: QueueDrawn, queue: Any, scene: Scene) -> bool | str:
    """Somebody tries after the time is over, as far as the play has come, at every play; the list stays where it is."""
    if scene.until is None or queue.deadline_at is None or scene.until <= queue.deadline_at:
        return False
    _is_refused(queue, scene.account(drawn.mail), scene.until, LATE)
    return "late"


def _ranked(drawn: QueueDrawn, queue: Any, scene: Scene) -> None:
    """The last one comes first."""
    order = [passage.pk for passage in reversed(_recommended(queue))]
    actions.rank(queue.pk, order, actor=scene.account(drawn.mail), at=scene.at)


def _within_quota(drawn: QueueDrawn, queue: Any, scene: Scene) -> None:
    """Whoever stands behind the quota is left out, with the words that say so; before that, nothing goes."""
    actor, listed = scene.account(drawn.mail), _recommended(queue)
    if queue.quota is None or len(listed) <= queue.quota:
        return
    _is_refused(queue, actor, scene.at, OVER_QUOTA)
    for passage in listed[queue.quota :]:
        actions.reconsider(passage.pk, actor=actor, at=scene.at)
        actions.decline(passage.pk, words("endorsing")["over_quota"], actor=actor, at=scene.at)


def _is_refused(queue: Any, actor: Any, at: datetime, code: str) -> None:
    """Try to forward what may not be forwarded. Raises AssertionError: the program let it through."""
    try:
        actions.forward(queue.pk, actor=actor, at=at)
    except Refused as refused:
        if code in {each.code for each in refused.findings}:
            return
        raise
    raise AssertionError(f"{queue.pk}: forwarded in spite of {code}")


ENDINGS: Mapping[Ending, Callable[[QueueDrawn, Any, Scene], bool | str]] = {
    Ending.OPEN: _open,
    Ending.PROPOSED: _proposed,
    Ending.FORWARDED: _forwarded,
    Ending.RECALLED: _recalled,
    Ending.DISPUTED: _disputed,
    Ending.LATE: _late,
}
"""What is done with a list."""
