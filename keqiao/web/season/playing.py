"""Plays a world for an association, stage by stage. Only in a demonstration: the units and people are invented."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
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
    """How far a stage has come: pieces that were ``made``, and that were ``there`` before."""

    stage: str
    made: int
    there: int


def play(
    world: World,
    association: Any,
    *,
    at: datetime,
    password: str = "",
    report: Callable[[Progress], None] | None = None,
) -> list[Progress]:
    """Bring a world into the rooms and return what became of each stage. Again: passes over what is there.

    ``report`` hears after each piece.

    Raises:
        RealInstallation: the program or the association works with real data. Nothing is written then.
    """
    _require_demonstration(association)
    scene = Scene(association, at, password)
    return [_play_stage(name, world, scene, report) for name in STAGES]


def _require_demonstration(association: Any) -> None:
    if not (settings.DEMONSTRATION and association.is_demonstration):
        raise RealInstallation(
            f"{association.slug}: generated units belong into a demonstration only (KEQIAO_DEMONSTRATION=1)."
        )


def _play_stage(name: str, world: World, scene: Scene, report: Callable[[Progress], None] | None) -> Progress:
    done: Counter[bool] = Counter()
    for made in STAGES[name](world, scene):
        done[made] += 1
        if report is not None:
            report(Progress(name, done[True], done[False]))
    return Progress(name, done[True], done[False])
