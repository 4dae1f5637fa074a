"""The stage of deciding: doubts are found out, topics joined, pilots decided, a departure made; it comes back once, and
then both keys are turned.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from keqiao.core.allocation import AT_THE_LINE
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.approving import waiting_for
from keqiao.web.allocation.bundled import bundle_at
from keqiao.web.allocation.frozen import thawed
from keqiao.web.allocation.gathering import preferences_at
from keqiao.web.approvals.actions import approve, refuse
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import World

S = SelectionState
AGAIN = timedelta(hours=3)
"""After the leader sent a decision back, the office has put it together again."""
ALIKE, STRONG, FRAUD = "alike", "strong", "fraud"
Courses = Mapping[tuple[UUID, str], str]


def play_allocating(world: World, scene: Scene) -> Iterator[bool | str]:
    """Decide about every call of which something was reviewed, as far as the play has come."""
    if not world.experts or not scene.has_come(scene.moments.decided):
        return
    deciding = scene.on(scene.moments.decided)
    courses = {(scene.parties[each.unit].pk, each.title): each.course for each in world.applications}
    for row in queries.calls_to_decide(scene.officer, deciding.at):
        is_done = row.decision is not None and row.decision.approved_at is not None
        if is_done:
            yield False
        else:
            decision = actions.begin(row.call.pk, actor=scene.officer, at=deciding.at)
            yield from _decided(_Table(decision, courses, deciding))


@dataclass
class _Table:
    """A decision in hand; each step reads it anew."""

    decision: Any
    courses: Courses
    scene: Scene

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.scene.officer, "at": self.scene.at}

    @property
    def rows(self) -> list[Any]:
        return list(queries.rows_in(self.decision))

    @property
    def seen(self) -> tuple[UUID, int]:
        self.decision.refresh_from_db()
        return self.decision.pk, self.decision.version

    def course(self, row: Any) -> str:
        return self.courses.get((row.application.unit_id, row.application.title), "")


def _decided(table: _Table) -> Iterator[str]:
    yield "begun"
    yield from _joined(table)
    yield from _pilots(table)
    yield from _found_out(table)
    yield from _put_together(table)
    yield from _sent_back(table)
    yield from _put_together(table)
    yield from _approved(table)


def _put_together(table: _Table) -> Iterator[str]:
    """What is proposed is accepted, but for what an officer decides otherwise."""
    actions.accept(*table.seen, **table.by)
    yield "accepted"
    yield from _settled(table)
    yield from _departed(table)


def _sent_back(table: _Table) -> Iterator[str]:
    """The leader does not agree the first time, and the office has it again."""
    scene, said = table.scene, words("allocating")
    asked = actions.ask_for_approval(*table.seen, said["ask"], **table.by)
    refuse(asked.pk, actor=scene.leader, at=scene.at, reason=said["sends_back"])
    yield "sent_back"
    table.scene = scene.on(scene.at + AGAIN)


def _joined(table: _Table) -> Iterator[str]:
    """What is alike goes into the strong one of its category."""
    strong = {row.application.node: row for row in table.rows if table.course(row) == STRONG}
    for row in table.rows:
        into = strong.get(row.application.node)
        if table.course(row) == ALIKE and into is not None and row.state == S.RANKED.value:
            joining = actions.Joining(row.pk, into.pk, words("allocating")["alike"], is_duplicate=True)
            actions.merge(*table.seen, joining, **table.by)
            yield "joined"


def _pilots(table: _Table) -> Iterator[str]:
    """The first pilot is won, every other one lost."""
    leading = [row for row in table.rows if bundle_at(table.decision, row) is not None]
    decided = {str(row.application_id): place == 0 for place, row in enumerate(leading)}
    if decided:
        actions.decide_pilots(*table.seen, decided, **table.by)
        yield from ("pilot_won" if won else "pilot_lost" for won in decided.values())


def _found_out(table: _Table) -> Iterator[str]:
    said, rows = words("allocating"), table.rows
    doubted = _doubted(table)
    found = {
        row.pk: actions.Found(
            bars=dict.fromkeys(doubted.get(str(row.application_id), ()), table.course(row) == FRAUD),
            met={str(number): place % said["met_every"] == 0 for number in _preferences(table, row)},
            votes=len(rows) - place,
        )
        for place, row in enumerate(rows)
    }
    actions.find_out(table.seen, found, reason=said["found_out"], **table.by)
    yield "found_out"


def _doubted(table: _Table) -> dict[str, tuple[str, ...]]:
    """Bars of which nobody knows, by application."""
    frozen = thawed(table.decision.proposed)
    if frozen is None:
        return {}
    return {
        each.id: tuple(bar.kind.value for bar in each.bars if bar.holds is None)
        for each in frozen.case.candidates
    }


def _preferences(table: _Table, row: Any) -> Sequence[int]:
    ready = ready_call(table.decision.revision_id)
    return range(len(preferences_at(ready.programme, ready.path(row.application.node))))


def _settled(table: _Table) -> Iterator[str]:
    """What is open still is not chosen; a person says so."""
    still = [row for row in table.rows if row.state == S.RANKED.value]
    reason = words("allocating")["settled"]
    for row in still:
        actions.depart(*table.seen, [actions.Departure(row.pk, S.NOT_CHOSEN, reason=reason)], **table.by)
        yield "settled"


def _departed(table: _Table) -> Iterator[str]:
    """In the first list with a reserve, the last who is in and the first in reserve change places."""
    by_node: dict[str, list[Any]] = {}
    if any(row.reason == words("allocating")["departs"] for row in table.rows):
        return
    for row in table.rows:
        by_node.setdefault(row.application.node, []).append(row)
    for rows in by_node.values():
        inside = [row for row in rows if row.state == S.PROPOSED.value]
        reserve = [row for row in rows if row.state == S.RESERVE.value and row.rank is not None]
        if inside and reserve and _at_the_line(table, reserve[0]):
            out, reason = inside[-1], words("allocating")["departs"]
            wanted = [
                actions.Departure(out.pk, S.RESERVE, reason=reason),
                actions.Departure(reserve[0].pk, S.PROPOSED, out.amount_fen, reason=reason),
            ]
            actions.depart(*table.seen, wanted, **table.by)
            yield "departed"
            return


def _at_the_line(table: _Table, row: Any) -> bool:
    frozen = thawed(table.decision.proposed)
    verdict = frozen.proposal.verdicts.get(str(row.application_id)) if frozen else None
    return verdict is not None and verdict.reason in AT_THE_LINE


def _approved(table: _Table) -> Iterator[str]:
    """The leader turns the first key, the finance bureau the second one where the call wants it."""
    scene, reason = table.scene, words("allocating")["ask"]
    asked = actions.ask_for_approval(*table.seen, reason, **table.by)
    approve(asked.pk, actor=scene.leader, at=scene.at)
    yield "approved"
    second = waiting_for(table.decision, scene.at)
    if second is not None:
        approve(second.pk, actor=scene.bureau, at=scene.at)
        yield "second_key"
