"""Where an application is on its way: every stage, done, now or later, as its applicant and the office are told it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.endorsing.stages import Stage
from keqiao.core.findings import Source
from keqiao.core.lifecycle.endorsement import ARRIVED, PassageState, shown_to_applicant
from keqiao.core.workdays import last_moment
from keqiao.web.endorsement.definitions import Way, way_at
from keqiao.web.endorsement.models import BatchLine, Endorsement, Passage
from keqiao.web.scope import crossing

WHY = "whoever waits is told where the application lies, since when and until when"


class Progress(StrEnum):
    """How far a stage is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class WayStage:
    """One stage as those who wait see it: no names of people, and no decision before it has been forwarded.

    ``taker`` is the name of the body, or what the call calls it. ``state`` is that of the passage at this stage, "" for
    stages done or to come. ``words`` are the opinion, ``opinion_on`` its day.
    """

    number: int
    steps: tuple[str, ...]
    taker: str
    progress: Progress
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None
    done_at: datetime | None = None
    opinion: str = ""
    opinion_on: date | None = None
    is_on_paper: bool = False
    is_late: bool = False
    is_unassigned: bool = False
    source: Source | None = None


def way_of(application_id: UUID, at: datetime) -> list[WayStage]:
    """Return the stages of the chain of an application before it is filed; none where it needs none.

    Whoever calls has asked whether the viewer may see the application.
    """
    with crossing(WHY):
        passage = (
            Passage.objects.filter(application_id=application_id)
            .select_related("queue", "taker", "application")
            .first()
        )
        if passage is None or passage.state == PassageState.WITHDRAWN.value:
            return []
        way = way_at(passage.revision_id, passage.application.node, passage.chain) if passage.chain else None
        if way is None:
            return [_unknown(passage)]
        seen = _Seen(passage, way, _done(passage), at)
        return [_stage(number, stage, seen) for number, stage in enumerate(way.stages, 1)]


def state_shown(passage: Passage) -> PassageState:
    """Return the state that the applicant is told."""
    return shown_to_applicant(PassageState(passage.state), is_told=passage.told_at is not None)


def _unknown(passage: Passage) -> WayStage:
    return WayStage(1, (), "", Progress.NOW, state_shown(passage).value, passage.since, is_unassigned=True)


def _done(passage: Passage) -> dict[int, dict[str, Any]]:
    """What is known of the stages behind: by whom, when, with which opinion."""
    lines = BatchLine.objects.filter(passage=passage, stands=True).select_related(
        "batch", "queue__taker", "endorsement"
    )
    found: dict[int, dict[str, Any]] = {
        line.queue.stage: {
            "taker": line.queue.taker.name,
            "done_at": line.batch.forwarded_at,
            "opinion": line.endorsement.words,
            "opinion_on": line.endorsement.on,
        }
        for line in lines
    }
    signed = Endorsement.objects.filter(passage=passage, act=Endorsement.Act.SIGN.value).select_related(
        "unit"
    )
    for each in signed.order_by("ordinal"):
        said = {"done_at": each.at, "opinion_on": each.on, "is_on_paper": True}
        found[each.stage] = said | ({"taker": each.unit.name} if each.unit else {})
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """A passage on its way, with what is known of the stages behind it."""

    passage: Passage
    way: Way
    done: dict[int, dict[str, Any]]
    at: datetime


def _stage(number: int, stage: Stage, seen: _Seen) -> WayStage:
    passage, source = seen.passage, seen.way.source
    until = last_moment(stage.deadline) if stage.deadline else None
    if number < passage.stage or PassageState(passage.state) in ARRIVED:
        said = {"taker": stage.by, **seen.done.get(number, {})}
        return WayStage(number, stage.words, progress=Progress.DONE, until=until, source=source, **said)
    if number > passage.stage:
        later, paper = Progress.LATER, stage.is_on_paper
        return WayStage(number, stage.words, stage.by, later, until=until, is_on_paper=paper, source=source)
    return _now(number, stage, seen)


def _now(number: int, stage: Stage, seen: _Seen) -> WayStage:
    passage = seen.passage
    until = passage.queue.deadline_at if passage.queue else None
    if until is None and stage.deadline:
        until = last_moment(stage.deadline)
    shown = state_shown(passage)
    opinion = _told_opinion(passage) if shown is PassageState.DECLINED else None
    return WayStage(
        number,
        stage.words,
        passage.taker.name if passage.taker else stage.by,
        Progress.NOW,
        shown.value,
        passage.since,
        until,
        opinion=opinion.words if opinion else "",
        opinion_on=opinion.on if opinion else None,
        is_on_paper=passage.manner == Manner.PAPER.value,
        is_late=until is not None and seen.at > until and shown is not PassageState.DECLINED,
        is_unassigned=passage.manner == Manner.UNASSIGNED.value,
        source=seen.way.source,
    )


def _told_opinion(passage: Passage) -> Endorsement | None:
    return passage.endorsements.filter(act=Endorsement.Act.DECLINE.value).order_by("-ordinal").first()
