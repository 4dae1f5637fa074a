"""The stage of noticing: what was decided is shown, people object, one project falls out and the next one follows.

Notices are posted, the clock ends them, the office concludes them; then awards are made known with their letters.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.workdays import last_moment
from keqiao.web.allocation.queries import next_in_reserve, selections_of
from keqiao.web.approvals.actions import approve
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import revision_in_force
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.queries.going_up import stated_upward
from keqiao.web.public_notice.starting import (
    register_named,
    start_of_award,
    start_of_notice,
    titles_of,
)
from keqiao.web.registers.queries.lines import schemes_of
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

OBJECTED, LOOKED_INTO, DECIDED = timedelta(hours=5), timedelta(days=1), timedelta(days=2)
"""After a notice was posted: people object, somebody looks into it, the leader decides."""
A_MINUTE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
UPHELD, REJECTED, OPEN = "upheld", "rejected", "open"


def play_noticing(world: World, scene: Scene) -> Iterator[bool | str]:
    """Show what was decided and make known what was confirmed, as far as the play has come."""
    moments = scene.moments
    if not world.experts or not scene.has_come(moments.noticed):
        return
    showing = scene.on(moments.noticed)
    for row in queries.calls_to_notice(scene.officer, showing.at):
        is_new = bool(row.ready) and not queries.notices_for(scene.officer, showing.at).filter(call=row.call)
        if is_new:
            yield from _shown(row.call, showing)
        else:
            yield False
    if scene.has_come(moments.awarded):
        yield from _awarded(scene.on(moments.awarded))


def _shown(call: Any, scene: Scene) -> Iterator[str]:
    said = words("allocating")
    ready = sorted(queries.ready_of(call.pk), key=lambda row: next_in_reserve(row) is None)
    alone = 1 if len(ready) >= said["notice_alone_from"] else 0
    first = _posted(call, ready[: len(ready) - alone], scene)
    yield "posted"
    for row in ready[len(ready) - alone :]:
        notice = _posted(call, [row], scene)
        yield "posted"
        _objected(notice, queries.listed_in(notice)[0], OPEN, scene)
        yield OPEN
    for outcome, item in _targets(first).items():
        _objected(first, item, outcome, scene)
        yield outcome
    over = _ended(first)
    yield "ended"
    actions.conclude(first.pk, actor=scene.officer, at=over + AN_HOUR)
    yield "concluded"
    yield from _substituted(call, scene.on(over + 2 * AN_HOUR))


def _posted(call: Any, rows: Sequence[Any], scene: Scene) -> Any:
    """A notice about these rows, signed by the leader and posted."""
    said, by = words("allocating"), {"actor": scene.officer, "at": scene.at}
    start = start_of_notice(call, rows, number="")
    wording = actions.Wording(
        title=start["title"],
        days=start.get("days", said["days"]),
        day_kind=start["day_kind"],
        first_day_counts=start["first_day_counts"],
        procedure=tuple(said["procedure"]),
        fields=tuple(said["fields"]),
        objections_to={"office": start["office"][:60], "telephone": said["telephone"]},
    )
    notice = actions.draft(call.pk, wording, [row.pk for row in rows], **by)
    _agreed(approving.SIGN, notice, {}, scene)
    return actions.post(notice.pk, **by)


@transaction.atomic
def _agreed(code: str, row: Any, arguments: dict[str, Any], scene: Scene, at: datetime | None = None) -> None:
    """Ask the leader for an act, who agrees."""
    at = at or scene.at
    asked = approving.ask(code, row, arguments, words("allocating")["ask"], by=(scene.officer, at))
    approve(asked.pk, actor=scene.leader, at=at)


def _targets(notice: Any) -> dict[str, Any]:
    """To which lines people object: one that has somebody in reserve behind it, and another one."""
    items = list(queries.listed_in(notice))
    followed = next((item for item in items if next_in_reserve(item.selection) is not None), None)
    others = [item for item in items if item is not followed]
    found = {UPHELD: followed, REJECTED: others[0] if others else None}
    return {outcome: item for outcome, item in found.items() if item is not None}


def _objected(notice: Any, item: Any, outcome: str, scene: Scene) -> None:
    """Somebody objects to a line; it is taken up, looked into and decided, or still looked into."""
    said, officer, posted = words("allocating"), scene.officer, notice.posted_at
    who = said["objectors"][outcome]
    raised = actions.Raised(
        "person", who["name"], who["contact"], who["grounds"], mail=scene.objector_address(outcome)
    )
    objection, _secret = actions.object_to(item, raised, at=posted + OBJECTED)
    at = posted + LOOKED_INTO
    actions.accept(objection.pk, actor=officer, at=at)
    actions.assign(objection.pk, scene.investigator.pk, actor=officer, at=at)
    if outcome == OPEN:
        return
    found = said["findings"][outcome]
    is_upheld = outcome == UPHELD
    actions.find(objection.pk, found, is_founded=is_upheld, actor=scene.investigator, at=posted + DECIDED)
    objection.refresh_from_db()
    arguments = {"upheld": is_upheld, "answer": found}
    _agreed(approving.DECIDE, objection, arguments, scene, posted + DECIDED)


def _ended(notice: Any) -> datetime:
    """The clock ends a notice after its last day; return when."""
    notice.refresh_from_db()
    over = last_moment(notice.last_day) + 9 * AN_HOUR
    actions.end_due(over)
    return over


def _substituted(call: Any, scene: Scene) -> Iterator[str]:
    """The next one in reserve takes the place of what fell out, and is shown in a notice of its own."""
    said = words("allocating")
    for out in selections_of(call.pk).filter(state=SelectionState.DROPPED.value):
        successor = next_in_reserve(out)
        if successor is None:
            continue
        arguments = {"successor": str(successor.pk), "reason": said["substitutes"]}
        _agreed(approving.SUBSTITUTE, out, arguments, scene)
        yield "substituted"
        successor.refresh_from_db()
        notice = _posted(call, [successor], scene)
        yield "posted"
        over = _ended(notice)
        yield "ended"
        actions.conclude(notice.pk, actor=scene.officer, at=over + AN_HOUR)
        yield "concluded"


def _awarded(scene: Scene) -> Iterator[bool | str]:
    """What is confirmed is made known; every unit gets its letter."""
    said = words("allocating")
    for row in queries.calls_to_notice(scene.officer, scene.at):
        if not row.confirmed:
            yield False
            continue
        start, registers = (
            start_of_award(row.call, number=""),
            schemes_of(scene.association.pk, local_day(scene.at)),
        )
        names = registers.values_list("pk", "name")
        named = {title: register_named(title, names) for title in titles_of(row.call)}
        wording = actions.AwardWording(
            title=start["title"],
            procedure=tuple(start["procedure"]),
            fields=tuple(start["fields_shown"]),
            finish_by=start["finish_by"],
            feedback=said["feedback"],
            titles=tuple((title, register) for title, register in named.items() if register),
        )
        award = actions.draft_award(row.call.pk, wording, actor=scene.officer, at=scene.at)
        _agreed(approving.ISSUE, award, {}, scene)
        yield "awarded"
        yield from ("titled" for _each in award.items.exclude(recognition=None))
        yield from _passed_on(award, scene)


def _passed_on(award: Any, scene: Scene) -> Iterator[str]:
    """Where the call says that the best go on to the level above, the first one does."""
    revision: Any = revision_in_force(award.call)
    stated = stated_upward(ready_call(revision.pk).programme)
    if stated:
        first = award.items.order_by("position")[0]
        wanted = actions.Upward(first.pk, words("allocating")["passes_on"], to=stated[0].to[0])
        actions.enter_upward(award.pk, wanted, actor=scene.officer, at=scene.at)
        yield "passed_on"
