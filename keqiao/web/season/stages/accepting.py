"""The stage of the acceptance: papers handed in, conclusions by two people, settlements, what follows a failure.

Which way a project goes its course tells (``keqiao/data/season/working.yaml``); the rest stands in ``accepting.yaml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from keqiao.core.lifecycle.acceptance import AcceptanceState
from keqiao.web.acceptance import actions
from keqiao.web.acceptance.actions import Prepared, Said, Wanted
from keqiao.web.acceptance.facts import facts_of
from keqiao.web.acceptance.papers import PURPOSE, Length
from keqiao.web.acceptance.queries import acceptance_of
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions import history
from keqiao.web.season.stages.following import follow, found_of, found_out
from keqiao.web.season.stages.projects import Project, agreed, projects
from keqiao.web.season.stages.scene import SOURCE, Scene
from keqiao.web.season.stages.settling import settle, settle_failed
from keqiao.web.season.stages.working import work
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Aim, World

PAPER = "paper.pdf"
DAY = timedelta(days=1)
LATE_BY, PUT_RIGHT_IN, LOOKED_AT_AGAIN = 2 * DAY, 7 * DAY, 10 * DAY
"""After units report, after the conclusion; all of it before the next call."""
S = AcceptanceState


@dataclass(frozen=True, slots=True)
class _Closing:
    """A project that is accepted or not, in which world, and what is found out of it besides."""

    project: Project
    world: World
    breaches: Sequence[str]

    @property
    def row(self) -> Any:
        """Its acceptance as it stands now."""
        return acceptance_of(self.project.grant.application_id)

    @property
    def accepted(self) -> datetime:
        """When the office concludes."""
        return self.project.scene.moments.accepted


def play_accepting(world: World, scene: Scene) -> Iterator[bool | str]:
    """Accept the projects whose work is over, or fail them, with all that follows."""
    if not world.applications or not scene.has_come(scene.moments.next_call):
        return
    over = [each for each in projects(world, scene) if each.is_over]
    for turn, project in enumerate(over):
        closing = _Closing(project, world, found_of(scene, turn, len(over)))
        yield from _played(closing) if closing.row is None else [False]


@transaction.atomic
def _played(closing: _Closing) -> list[str]:
    """A project is accepted as a whole or not at all: no state of it says which act came last."""
    return list(_acts(closing))


def _acts(closing: _Closing) -> Iterator[str]:
    project, office = closing.project, closing.project.office(closing.project.scene.moments.working)
    actions.open_for(project.grant.pk, **office)
    yield "opened"
    is_late = project.course["aim"] == words("accepting")["late"]
    at = project.scene.moments.reported + LATE_BY if is_late else project.done_at
    _hand_in(closing, at)
    yield "handed_in_late" if is_late else "handed_in"
    yield from COURSES[project.aim](closing)
    project.grant.refresh_from_db()
    yield from found_out(project, closing.row, closing.breaches, closing.accepted + LOOKED_AT_AGAIN)


def _hand_in(closing: _Closing, at: datetime) -> None:
    """The unit says what it did, hands in what is owed, gives reasons for what it missed."""
    project, row, said = closing.project, closing.row, words("accepting")
    ends = project.grant.ends_on or local_day(at)
    rows = [each.row.key for part in facts_of(row, at).table.parts for each in part.rows]
    reasons = dict.fromkeys(rows, said["row"])
    prepared = Prepared(min(ends, local_day(at)), said["finished"], reasons, {})
    actions.prepare(row.pk, prepared, **project.by(at))
    length = Length(said["length"]["characters"], said["length"]["pages"])
    for paper in row.papers.all():
        actions.hand_in_paper(paper.pk, _file(project, paper.name, at), length, **project.by(at))
    actions.submit(row.pk, **project.by(at))


def _file(project: Project, name: str, at: datetime) -> Any:
    content = files("keqiao.data").joinpath("season", PAPER).read_bytes()
    announced = Announced(PURPOSE, f"{name[:40]}.pdf", len(content), project.grant.association_id)
    return store_upload(SimpleUploadedFile(announced.name, content), announced, **project.by(at))


def _pass(closing: _Closing, at: datetime) -> Iterator[str]:
    """Points where the facts give none, then the conclusion, the money, the end."""
    project, row, said = closing.project, closing.row, words("accepting")
    open_rows = [
        Said(each.row.key, each.points, said["finished"])
        for part in facts_of(row, at).table.parts
        for each in part.rows
        if each.score is None
    ]
    if open_rows:
        actions.give_points(row.pk, open_rows, **project.office(at))
        yield "points_given"
    wanted = Wanted("pass", said["pass_anyway"])
    agreed(actions.ask_conclusion(row.pk, wanted, **project.office(at)), at)
    yield "passed"
    yield from settle(project, at)
    actions.close_project(row.pk, **project.office(at))
    _note_result(closing, "good", at)
    yield "closed"


def _pass_at_once(closing: _Closing) -> Iterator[str]:
    yield from _pass(closing, closing.accepted)


def _rectify(closing: _Closing, at: datetime) -> str:
    said, row, project = words("accepting"), closing.row, closing.project
    until = local_day(at + PUT_RIGHT_IN)
    wanted = Wanted("rectify", said["rectify"], until)
    agreed(actions.ask_conclusion(row.pk, wanted, **project.office(at)), at)
    return "put_right_until"


def _put_right(closing: _Closing) -> Iterator[str]:
    """What was missing is recorded in time, and the project passes."""
    yield _rectify(closing, closing.accepted)
    at = closing.accepted + PUT_RIGHT_IN - DAY
    yield from (act for act in work(closing.project, closing.world, Aim.MET, at) if isinstance(act, str))
    _hand_in(closing, at)
    yield "put_right"
    yield from _pass(closing, closing.accepted + LOOKED_AT_AGAIN)


def _fail(closing: _Closing) -> Iterator[str]:
    """Nothing comes until the day: it fails, and what the call says follows."""
    yield _rectify(closing, closing.accepted)
    project, said, at = closing.project, words("accepting"), closing.accepted + LOOKED_AT_AGAIN
    wanted = Wanted("fail", said["fail"])
    agreed(actions.ask_conclusion(closing.row.pk, wanted, **project.office(at)), at)
    yield "failed"
    _note_result(closing, "poor", at)
    project.grant.refresh_from_db()
    yield from settle_failed(project, at)
    yield from follow(project, closing.row, at)


COURSES: Mapping[Aim, Any] = {
    Aim.MET: _pass_at_once,
    Aim.EXCEEDED: _pass_at_once,
    Aim.NARROW: _put_right,
    Aim.BEGUN: _fail,
}
"""What becomes of a project whose work came to this."""


def _note_result(closing: _Closing, outcome: str, at: datetime) -> None:
    """The office writes the result into its register of past projects: calls that go on with one ask there."""
    grant = closing.project.grant
    scene = closing.project.scene.on(at)
    wanted = history.PastProject(
        party_id=grant.unit_id,
        title=f"{grant.number} {grant.application.title}"[:200],
        family=grant.category or grant.call.title,
        year=local_day(scene.moments.agreed).year,
        source=SOURCE,
        call=grant.call.slug or "",
        path=ready_call(grant.revision_id).path(grant.application.node),
        amount_fen=grant.amount_fen or None,
        outcome=outcome,
        concluded_on=local_day(at),
    )
    history.add_past_project(scene.association.pk, wanted, by=scene.registrar)
