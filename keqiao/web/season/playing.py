"""Plays a world for an association, stage by stage. Only in a demonstration: the units and people are invented."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from keqiao.web.season.stages import STAGES
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import World


class RealInstallation(Exception):
    """A world was to be played among real data."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come: pieces that were ``made``, and that were ``there`` before.

    ``acts`` counts what was done by the words of the stage, where it has words.
    """

    stage: str
    made: int
    there: int
    acts: Mapping[str, int] = field(default_factory=dict)


def play(
    world: World, association: Any, *, at: datetime, password: str = "", until: datetime | None = None
) -> list[Progress]:
    """Bring a world into the rooms and return what became of each stage. Again: passes over what is there.

    ``until`` is when the play looks back: what somebody was late with by then, is missed.

    Raises:
        RealInstallation: the program or the association works with real data. Nothing is written then.
    """
    return play_scene(world, Scene(association, at, password, until))


def play_scene(
    world: World, scene: Scene, report: Callable[[Progress], None] | None = None
) -> list[Progress]:
    """Do the same in a scene; ``report`` hears after each piece. Raises as ``play`` does."""
    _require_demonstration(scene.association)
    return [_play_stage(name, world, scene, report) for name in STAGES]


def _require_demonstration(association: Any) -> None:
    if not (settings.DEMONSTRATION and association.is_demonstration):
        raise RealInstallation(
            f"{association.slug}: generated units belong into a demonstration only (KEQIAO_DEMONSTRATION=1)."
        )


def _play_stage(name: str, world: World, scene: Scene, report: Callable[[Progress], None] | None) -> Progress:
    done: Counter[bool] = Counter()
    acts: Counter[str] = Counter()
    for made in STAGES[name](world, scene):
        done[bool(made)] += 1
        if isinstance(made, str):
            acts[made] += 1
        if report is not None:
            report(Progress(name, done[True], done[False]))
    return Progress(name, done[True], done[False], dict(sorted(acts.items())))
