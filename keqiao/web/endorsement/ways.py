"""The stages of the way of an application as pages show them: to its unit, to its endorser, to the office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.endorsement.queries import WayStage

S = PassageState
STATE_KINDS = {
    S.WAITING: "active",
    S.RECOMMENDED: "done",
    S.DECLINED: "refuse",
    S.RETURNED: "warn",
    S.FILED: "done",
    S.RECEIVED: "done",
    S.WITHDRAWN: "",
}
"""The kind of chip of each state of a passage."""


@dataclass(frozen=True, slots=True)
class StageShown:
    """One stage: what is done, by whom, done, now or later; since when, until when, with which opinion."""

    words: str
    taker: str
    state: str
    since: datetime | None
    until: datetime | None
    done_at: datetime | None
    opinion: str
    is_paper: bool
    is_late: bool
    is_unassigned: bool


def stages_shown(way: Iterable[WayStage]) -> list[StageShown]:
    """Return the stages of a way in words."""
    return [
        StageShown(
            words="、".join(stage.steps),
            taker=stage.taker,
            state=stage.progress.value,
            since=stage.since,
            until=stage.until,
            done_at=stage.done_at,
            opinion=stage.opinion,
            is_paper=stage.is_on_paper,
            is_late=stage.is_late,
            is_unassigned=stage.is_unassigned,
        )
        for stage in way
    ]
