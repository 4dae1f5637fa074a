"""The stage of the formal check: an officer looks at what has arrived; most pass, some do not.

Which fate fits an application its points tell; the fates themselves stand in ``keqiao/data/season/checking.yaml``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from keqiao.core.rules.formal_check import Point, Said
from keqiao.web.applications.actions import return_for_correction
from keqiao.web.applications.queries import answers_of, specification_of
from keqiao.web.review import actions, queries
from keqiao.web.season.stages.correcting import correct, correction_of
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

PASSED = "passed"
PASSES = frozenset({"irrelevant", "excepted"})
"""The fates that an application which experts are to judge can have as well: it passes without a change."""


def play_checking(world: World, scene: Scene) -> Iterator[bool | str]:
    """Check what was drawn and has arrived, in the order in which it was drawn."""
    if not world.applications:
        return
    order = {
        (scene.parties[each.unit].pk, each.title): place for place, each in enumerate(world.applications)
    }
    judged = {(scene.parties[each.unit].pk, each.title) for each in world.applications if each.course}
    fates = list(words("checking")["fates"])
    if judged:
        fates.sort(key=PASSES.__contains__)
    for call in queries.calls_to_check(scene.officer, scene.at):
        rows = list(queries.checks_of_call(scene.officer, call.call.pk, scene.at))
        drawn = [row for row in rows if (row.unit_id, row.title) in order and _can_be_looked_at(row)]
        drawn.sort(key=lambda row: order[row.unit_id, row.title])
        for place, application in enumerate(drawn):
            is_new = queries.check_of(application.pk) is None
            spared = not world.experts and place % 2
            passes = (application.unit_id, application.title) in judged
            open_to = [each for each in fates if not spared and (each in PASSES or not passes)]
            fate = is_new and _checked(application, open_to, scene)
            if fate in fates:
                fates.remove(fate)
            yield fate


def _can_be_looked_at(application: Any) -> bool:
    """Not what the office has returned before it began to look."""
    return queries.has_arrived(application) or queries.check_of(application.pk) is not None


@transaction.atomic
def _checked(application: Any, fates: Sequence[str], scene: Scene) -> str:
    """Check one and return the fate that it takes: the first of these that fits."""
    check = actions.begin(application.pk, actor=scene.officer, at=scene.at)
    points = [seen.point for seen in queries.looked_at(check, scene.at).points]
    fate = next((each for each in fates if FITS[each](points)), PASSED)
    FATES[fate](application, check, scene)
    return fate


def _all_meet(check: Any, scene: Scene, **others: actions.Answered) -> None:
    """Answer every point: those in ``others`` as they say."""
    points = [seen.point for seen in queries.looked_at(check, scene.at).points]
    said = [others.get(point.key) or actions.Answered(point.key, Said.MEETS) for point in points]
    actions.answer(check.pk, check.digest, said, actor=scene.officer, at=scene.at)


def _pass(_application: Any, check: Any, scene: Scene) -> None:
    _all_meet(check, scene)
    actions.pass_check(check.pk, check.digest, actor=scene.officer, at=scene.at)


def _pass_with(said: Said, fits: Callable[[Point], bool]) -> Callable[[Any, Any, Scene], None]:
    """Pass with one point, the first that ``fits``, answered by ``said``."""

    def play(_application: Any, check: Any, scene: Scene) -> None:
        point = _first(check, fits, scene)
        answered = actions.Answered(point.key, said, words("checking")[said.value])
        _all_meet(check, scene, **{point.key: answered})
        actions.pass_check(check.pk, check.digest, actor=scene.officer, at=scene.at)

    return play


def _refuse(_application: Any, check: Any, scene: Scene) -> None:
    point = _first(check, _refuses, scene)
    answered = actions.Answered(point.key, Said.FAILS, words("checking")["fails"])
    _all_meet(check, scene, **{point.key: answered})
    actions.refuse(check.pk, check.digest, words("checking")["refuse"], actor=scene.officer, at=scene.at)


def _first(check: Any, fits: Callable[[Point], bool], scene: Scene) -> Point:
    seen = queries.looked_at(check, scene.at).points
    return next(each.point for each in seen if fits(each.point))


def _give_back(application: Any, _check: Any, scene: Scene) -> None:
    specification = specification_of(application)
    if specification is None:
        raise LookupError(application.pk)
    correction = correction_of(specification, answers_of(application), scene)
    return_for_correction(application.pk, correction, actor=scene.officer, at=scene.at)


def _correct(application: Any, check: Any, scene: Scene) -> None:
    _give_back(application, check, scene)
    correct(application, scene)
    check.refresh_from_db()
    _pass(application, check, scene)


def _leave(_application: Any, _check: Any, _scene: Scene) -> None:
    pass


def _refuses(point: Point) -> bool:
    return not point.is_soft and point.source is not None and bool(point.source.clause)


def _has_exception(point: Point) -> bool:
    return bool(point.exception)


def _is_any(_point: Point) -> bool:
    return True


def _somewhere(fits: Callable[[Point], bool]) -> Callable[[Sequence[Point]], bool]:
    return lambda points: any(map(fits, points))


FITS: Mapping[str, Callable[[Sequence[Point]], bool]] = {
    "refused": _somewhere(_refuses),
    "irrelevant": _somewhere(_is_any),
    "excepted": _somewhere(_has_exception),
    "returned": _somewhere(_is_any),
    "corrected": _somewhere(_is_any),
    "left": _somewhere(_is_any),
}
"""Whether an application with these points can have a fate."""

FATES: Mapping[str, Callable[[Any, Any, Scene], None]] = {
    PASSED: _pass,
    "refused": _refuse,
    "irrelevant": _pass_with(Said.IRRELEVANT, _is_any),
    "excepted": _pass_with(Said.EXCEPTED, _has_exception),
    "returned": _give_back,
    "corrected": _correct,
    "left": _leave,
}
"""What is done with an application that has a fate."""
