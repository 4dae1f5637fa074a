"""The stage of reviewing: experts are entered, rounds made and assigned, sheets sealed, outcomes written.

One expert declines and another is asked; one is late and replaced; one misses a sheet, which comes after the closing
with the word of a second person (``keqiao/data/season/reviewing.yaml``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.review_round import ReviewRoundState
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.programme.selection import Scorecard
from keqiao.web.approvals.actions import approve
from keqiao.web.programmes.queries import revision_in_force
from keqiao.web.review import actions, queries
from keqiao.web.review.scorecards import card_of, experts_stated
from keqiao.web.season.stages.experts import play_experts
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.stages.sheets import sheet_for
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

ANSWERED, SCORED, REPLACED = timedelta(hours=1), timedelta(days=2), timedelta(days=4)
"""After a round opened: invitations are answered, sheets sealed, whoever is late replaced."""
CLOSED, ASKED, AGREED, CAME = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=2), timedelta(days=1)
"""After the last moment of a round: it closes; a late sheet is asked for, agreed to, comes. It may come until:"""
UNTIL = timedelta(days=2)
S = ReviewTaskState


@dataclass(frozen=True, slots=True)
class Desk:
    """An expert at work: the number, the account, how each application is to be found (by unit and title)."""

    number: int
    account: Any
    courses: Mapping[tuple[UUID, str], str]
    stream: str

    def course(self, task: Any) -> str:
        """How the expert finds the application of a task."""
        return self.courses.get((task.application.unit_id, task.application.title), "")


def play_reviewing(world: World, scene: Scene) -> Iterator[bool | str]:
    """Review what passed the formal check, as far as the play has come."""
    moments = scene.moments
    if not world.experts or not scene.has_come(moments.reviewed):
        return
    opening = scene.on(moments.reviewed)
    yield from play_experts(world, opening)
    desks = _desks(world, scene)
    for call in queries.calls_with_passed(scene.officer, opening.at):
        for nodes in _together(call):
            found = _round_of(call, nodes, opening)
            yield found is None and _opened(call, nodes, opening)
            found = found or _round_of(call, nodes, opening)
            if found.state != ReviewRoundState.CLOSED.value:
                yield from _judged(found, desks, opening)
                if scene.has_come(moments.sealed):
                    yield from _closed(found, desks, scene.on(moments.sealed))


def _desks(world: World, scene: Scene) -> tuple[Desk, ...]:
    courses = {(scene.parties[each.unit].pk, each.title): each.course for each in world.applications}
    return tuple(
        Desk(number, scene.account(each.mail), courses, world.stream)
        for number, each in enumerate(world.experts)
    )


def _together(call: Any) -> list[list[str]]:
    """The categories that share a scorecard, of those of which something passed."""
    revision: Any = revision_in_force(call)
    found: list[tuple[Scorecard, list[str]]] = []
    for node in queries.nodes_with_passed(call.pk):
        card = card_of(revision.pk, node)
        group = next((nodes for known, nodes in found if known == card), None)
        if card is not None and group is None:
            found.append((card, [node]))
        elif group is not None:
            group.append(node)
    return [nodes for _card, nodes in found]


def _round_of(call: Any, nodes: Sequence[str], scene: Scene) -> Any:
    rows = queries.rounds_for(scene.officer, scene.at).filter(call=call)
    return next((row for row in rows if set(row.nodes) & set(nodes)), None)


@transaction.atomic
def _opened(call: Any, nodes: Sequence[str], scene: Scene) -> str:
    """Make a round, invite as proposed, and open it."""
    revision: Any = revision_in_force(call)
    experts = experts_stated(card_of(revision.pk, nodes[0]))
    wanted = actions.NewRound(
        words("reviewing")["round"], nodes, experts, scene.at, scene.moments.sealed, blind=True
    )
    by = {"actor": scene.officer, "at": scene.at}
    made = actions.make_round(call.pk, wanted, **by)
    _invited(made, scene.officer, scene.at)
    actions.open_round(made.pk, **by)
    return "opened"


def _invited(found: Any, officer: Any, at: Any) -> None:
    proposal = queries.proposal_of(queries.board_of(found, at))
    pairs = {(each.expert, each.application) for each in proposal.given}
    actions.invite(found.pk, pairs, actor=officer, at=at)


def _judged(found: Any, desks: Sequence[Desk], scene: Scene) -> Iterator[str]:
    said, officer = words("reviewing"), scene.officer
    for desk in desks:
        yield from _answered(found, desk, scene.at + ANSWERED)
    if _has_declined(found, desks[said["declining"]]):
        _invited(found, officer, scene.at + SCORED)
    for desk in desks:
        yield from _answered(found, desk, scene.at + SCORED)
        keeps = desk.number in (said["replaced"], said["missing"])
        yield from _sealed(found, desk, scene.at + SCORED, left=int(keeps))
    yield from _replaced(found, desks, scene)


def _tasks(found: Any, desk: Desk, *states: ReviewTaskState) -> list[Any]:
    rows = queries.tasks_of_expert(desk.account).filter(round=found)
    wanted = {state.value for state in states}
    return sorted((row for row in rows if row.state in wanted), key=lambda row: str(row.application.number))


def _has_declined(found: Any, desk: Desk) -> bool:
    return bool(_tasks(found, desk, S.DECLINED))


def _answered(found: Any, desk: Desk, at: Any) -> Iterator[str]:
    """Accept every invitation; one expert declines the first one ever."""
    said = words("reviewing")
    for task in _tasks(found, desk, S.INVITED):
        if desk.number == said["declining"] and not _has_declined(found, desk):
            actions.leave_task(task.pk, "decline", said["declines"], actor=desk.account, at=at)
            yield "declined"
        else:
            actions.accept_task(task.pk, pledged=True, actor=desk.account, at=at)
            yield "accepted"


def _sealed(found: Any, desk: Desk, at: Any, left: int = 0) -> Iterator[str]:
    """Seal the sheets, but for the first ``left`` of them."""
    card = Scorecard.model_validate(found.card)
    for task in _tasks(found, desk, S.ACCEPTED)[left:]:
        course = desk.course(task)
        answers = sheet_for(card, course, f"{desk.stream}/{task.application.title}/{desk.number}")
        actions.seal_sheet(task.pk, actions.Typed(0, answers), actor=desk.account, at=at)
        yield course if course in ("fraud", "vetoed") else "sealed"


@transaction.atomic
def _replaced(found: Any, desks: Sequence[Desk], scene: Scene) -> Iterator[str]:
    """Take back what lies with the expert who is late; somebody else is asked, accepts and seals."""
    said, at = words("reviewing"), scene.at + REPLACED
    late = _tasks(found, desks[said["replaced"]], S.ACCEPTED)
    for task in late:
        actions.take_back(task.pk, "cancel", said["late"], actor=scene.officer, at=at)
        yield "replaced"
    if late:
        _invited(found, scene.officer, at)
        for desk in desks:
            yield from _answered(found, desk, at + ANSWERED)
            yield from _sealed(found, desk, at + ANSWERED, left=int(desk.number == said["missing"]))


def _closed(found: Any, desks: Sequence[Desk], scene: Scene) -> Iterator[str]:
    """Close a round; a sheet that was missed comes late, and it closes again."""
    said, by = words("reviewing"), {"actor": scene.officer}
    missing = desks[said["missing"]]
    if found.state == ReviewRoundState.OPEN.value and not _tasks(found, missing, S.MISSED):
        actions.close_round(found.pk, at=scene.at + CLOSED, **by)
        yield "closed"
    pledged = [task for task in _tasks(found, missing, S.MISSED) if task.pledged_at is not None]
    for task in pledged[:1]:
        wanted = actions.Reopening("allow_late", scene.at + UNTIL, said["allow_late"])
        asked = actions.ask_to_reopen(task.pk, wanted, at=scene.at + ASKED, **by)
        approve(asked.pk, actor=scene.leader, at=scene.at + AGREED)
        found.refresh_from_db()
        yield from ("late" for _each in _sealed(found, missing, scene.at + CAME))
        actions.close_round(found.pk, at=scene.at + CAME + CLOSED, **by)
        yield "closed"
