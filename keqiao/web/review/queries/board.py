"""The board on which a round is assigned: experts beside applications, who judges what, who must not, who is full."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from keqiao.core.assignment.proposing import propose
from keqiao.core.assignment.values import Judge, Limits, Pair, Proposal, Wanted
from keqiao.core.conflicts.matrix import Conflicts
from keqiao.core.findings import Verdict
from keqiao.core.lifecycle.review_round import LIVE
from keqiao.core.lifecycle.review_task import LOAD, ReviewTaskState
from keqiao.core.programme.selection import Scorecard
from keqiao.readers.expert_fields import field_words
from keqiao.web.parties.posts import PostHeld, posts_held
from keqiao.web.parties.queries import local_day
from keqiao.web.review.models import Entry, Expert, ExpertState, Round, Task
from keqiao.web.review.queries.barring import barred_pairs, conflicts_now
from keqiao.web.review.queries.entering import entries_judged
from keqiao.web.review.scorecards import card_of, name_of

COUNTED = [state.value for state in LOAD]
UNSEALED = [state.value for state in LOAD - {ReviewTaskState.SEALED}]
IN_ROUNDS = [state.value for state in LIVE]


@dataclass(frozen=True, slots=True)
class Board:
    """All that an assignment of a round goes by. ``tasks`` by pair of ids, those that were declined among them.

    ``room`` is how many tasks each expert takes in this round altogether, None: any number. ``of_one_body``: so many
    experts of one body an application may have as the call states it (None: any number); ``bodies``: where each expert
    works by the register on this day, nothing where that is not known or where nobody asks.
    """

    round: Round
    entries: Sequence[Entry]
    experts: Sequence[Expert]
    conflicts: Conflicts
    tasks: Mapping[Pair, Task]
    room: Mapping[str, int | None]
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    of_one_body: int | None = None
    bodies: Mapping[str, str] = field(default_factory=dict)

    def load(self, expert: str) -> int:
        """How many tasks of this round an expert has."""
        return sum(task.state in COUNTED and pair[0] == expert for pair, task in self.tasks.items())

    def judging(self, application: str) -> int:
        """How many experts an application has."""
        return sum(task.state in COUNTED and pair[1] == application for pair, task in self.tasks.items())

    def of_body(self, application: str, body: str) -> int:
        """How many experts of this body an application has."""
        judging = (
            pair[0] for pair, task in self.tasks.items() if task.state in COUNTED and pair[1] == application
        )
        return sum(self.bodies.get(expert) == body for expert in judging)

    def verdict(self, pair: Pair) -> Verdict:
        """May this expert judge this application?"""
        return self.conflicts.verdict(*pair)


def board_of(found: Round, at: datetime) -> Board:
    """Return the board of a round. Who may see it was asked before; a constant number of queries."""
    entries = list(entries_judged(found.pk).select_related("application__unit", "application__leader"))
    tasks = {
        (str(task.expert_id), str(task.application_id)): task
        for task in Task.objects.filter(round=found).select_related("expert__person", "application")
    }
    experts = _experts(found, {UUID(pair[0]) for pair in tasks})
    applications = [each.application for each in entries]
    most = _of_one_body(found)
    return Board(
        round=found,
        entries=entries,
        experts=experts,
        conflicts=conflicts_now(found.call, experts, applications, at),
        tasks=tasks,
        room=_room(found, experts),
        fields={str(each.application_id): _fields(each) for each in entries},
        of_one_body=most,
        bodies=_bodies(experts, local_day(at)) if most is not None else {},
    )


def proposal_of(board: Board) -> Proposal:
    """Return the balanced proposal: what stands is kept, whoever declined or was taken out is not asked again."""
    left = {pair: ("declared",) for pair, task in board.tasks.items() if task.state not in COUNTED}
    barred = {**left, **barred_pairs(board.conflicts)}
    fixed = frozenset(pair for pair, task in board.tasks.items() if task.state in COUNTED)
    judged = {str(each.application_id) for each in board.entries}
    known = {str(each.pk) for each in board.experts}
    fixed = frozenset(pair for pair in fixed if pair[0] in known and pair[1] in judged and pair not in barred)
    judges = [
        Judge(
            str(each.pk),
            board.room[str(each.pk)],
            fields=frozenset(map(str, each.fields)),
            body=board.bodies.get(str(each.pk), ""),
            turn=str(each),
        )
        for each in board.experts
    ]
    wanted = [
        Wanted(
            str(each.application_id),
            board.round.experts,
            board.fields[str(each.application_id)],
            turn=str(each.application.number),
        )
        for each in board.entries
    ]
    return propose(judges, wanted, Limits(barred, fixed, board.of_one_body))


def _of_one_body(found: Round) -> int | None:
    """What the card says that the round has frozen, or the one in force while it is put together."""
    if found.card:
        return Scorecard.model_validate(found.card).of_one_body
    cards = [card_of(found.revision_id, node) for node in found.nodes]
    stated = [card.of_one_body for card in cards if card is not None and card.of_one_body is not None]
    return min(stated, default=None)


def _bodies(experts: Sequence[Expert], day: date) -> dict[str, str]:
    """Where each expert works on a day; of several posts the one held longest."""
    posts = posts_held([each.person_id for each in experts])
    found = {}
    for each in experts:
        now = (post for post in posts.get(each.person_id, ()) if post.is_work and _on(post, day))
        if (post := next(now, None)) is not None:
            found[str(each.pk)] = str(post.body_id)
    return found


def _on(post: PostHeld, day: date) -> bool:
    return (post.since is None or post.since <= day) and (post.until is None or day <= post.until)


def _experts(found: Round, asked: set[UUID]) -> list[Expert]:
    """Those who may be asked now: in the register, with an account; and those who were asked already."""
    rows = Expert.objects.filter(association_id=found.association_id).select_related("person__account")
    return [
        each
        for each in rows
        if each.pk in asked or (each.state == ExpertState.ACTIVE.value and may_be_asked(each))
    ]


def may_be_asked(expert: Any) -> bool:
    """Can the expert log in to judge?"""
    account = getattr(expert.person, "account", None)
    return account is not None and account.is_active


def without_account(association_id: UUID) -> list[str]:
    """Return the names of experts of the register who have no account and are not asked therefore."""
    rows = Expert.objects.filter(association_id=association_id, state=ExpertState.ACTIVE.value)
    return [str(each) for each in rows.select_related("person__account") if not may_be_asked(each)]


def _room(found: Round, experts: Sequence[Expert]) -> dict[str, int | None]:
    elsewhere = Counter(
        Task.objects.filter(state__in=UNSEALED, round__state__in=IN_ROUNDS, expert__in=experts)
        .exclude(round=found)
        .values_list("expert_id", flat=True)
    )
    return {str(each.pk): _most(found.most, each.most, elsewhere[each.pk]) for each in experts}


def _most(of_round: int | None, own: int | None, elsewhere: int) -> int | None:
    """How many an expert takes here: what the round allows, and of what the expert takes at once what is left."""
    left = None if own is None else max(0, own - elsewhere)
    known = [each for each in (of_round, left) if each is not None]
    return min(known) if known else None


def _fields(entry: Entry) -> frozenset[str]:
    """Fields of work whose word stands in the title or category of an application; none: nobody said."""
    application: Any = entry.application
    said = f"{application.title} {name_of(application.revision_id, application.node)}"
    return frozenset(code for code, words in field_words().items() if words["zh"] in said)
