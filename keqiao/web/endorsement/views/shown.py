"""What pages show of queues, lines, ways and lists: words and marks, so that templates decide nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy, ngettext

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.core.workdays import Calendar, working_days_left
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.endorsement.definitions import category_of, way_at
from keqiao.web.endorsement.models import STATE_WORDS, Passage, Queue
from keqiao.web.endorsement.permissions import ENDORSER
from keqiao.web.endorsement.queries import LineShown
from keqiao.web.endorsement.ways import STATE_KINDS
from keqiao.web.parties.queries import local_day

S = PassageState
BATCH_KINDS = {
    BatchState.PROPOSED: "active",
    BatchState.AGREED: "done",
    BatchState.REFUSED: "refuse",
    BatchState.VOID: "warn",
    BatchState.FORWARDED: "done",
    BatchState.RECALLED: "warn",
}
STAMPED = {
    "none": ("", gettext_lazy("未收到")),
    "fits": ("done", gettext_lazy("相符")),
    "outdated": ("warn", gettext_lazy("内容已改，需重盖")),
    "unsure": ("warn", gettext_lazy("待核对")),
}
FOUND_KINDS = {Weight.REFUSE: "refuse", Weight.WARN: "warn", Weight.ASK: ""}
COUNTED = ("waiting", "recommended", "declined", "returned", "filed")
"""What queries count in each queue."""
ORDER = (S.RECOMMENDED, S.WAITING, S.RETURNED, S.DECLINED, S.FILED, S.RECEIVED)
"""In which order lines stand on the page; what was withdrawn is not shown."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of a queue: whose it is, of what, how many it may forward, until when."""

    pk: UUID
    call_id: UUID
    call: str
    category: str
    stage: str
    taker: str
    quota: int | None
    until: datetime | None
    work_left: int | None
    is_late: bool
    waiting: int = 0
    recommended: int = 0
    declined: int = 0
    returned: int = 0
    filed: int = 0


def head_of(queue: Queue, at: datetime, calendar: Calendar | None = None) -> Head:
    """Return the head of a queue; ``calendar`` where several of one association are shown."""
    until, today = queue.deadline_at, local_day(at)
    left = None
    if until is not None:
        left = working_days_left(today, local_day(until), calendar or calendar_for(queue.association_id))
    return Head(
        pk=queue.pk,
        call_id=queue.call_id,
        call=queue.call.title,
        category=category_of(queue.revision_id, queue.node) or queue.call.title,
        stage=stage_words(queue.revision_id, queue.node, queue.chain, queue.stage),
        taker=queue.taker.name,
        quota=queue.quota,
        until=until,
        work_left=left,
        is_late=until is not None and until < at,
        **{name: getattr(queue, name, 0) for name in COUNTED},
    )


def heads_of(queues: Iterable[Queue], at: datetime) -> list[Head]:
    """Return the heads of several queues; each calendar is read once."""
    calendars: dict[UUID, Calendar] = {}
    found = []
    for queue in queues:
        known = calendars.get(queue.association_id)
        calendar = known or calendars.setdefault(queue.association_id, calendar_for(queue.association_id))
        found.append(head_of(queue, at, calendar))
    return found


def stage_words(revision_id: UUID, node: str, chain: str, stage: int) -> str:
    """Return what is done at a stage, in the words of the call."""
    way = way_at(revision_id, node, chain)
    return "、".join(way.stage(stage).words) if way and 0 < stage <= len(way.stages) else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A queue as somebody in this role sees it, with what the checks found in its applications."""

    queue: Queue
    role: str
    findings: Mapping[UUID, tuple[Finding, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a queue."""

    pk: UUID
    application_id: UUID
    title: str
    unit: str
    number: str
    place: int | None
    code: str
    state: str
    state_kind: str
    said: str
    said_on: date | None
    found: int
    found_kind: str
    stamped: str
    stamped_kind: str
    is_open: bool = False
    may_move: bool = False
    may_reconsider: bool = False
    may_return: bool = False
    is_told: bool = False
    is_top: bool = False
    is_last: bool = False

    @property
    def may_tick(self) -> bool:
        """Can it be decided, or a decision on it be taken back?"""
        return self.is_open or self.may_reconsider


def row_of(line: LineShown, seen: Seen, *, ranked: int = 0) -> Row:
    """Return a line as it is shown; ``ranked`` is how many have a rank."""
    passage, application = line.passage, line.passage.application
    state, acts = state_here(passage, seen.queue), seen.role == ENDORSER
    kind, words = STAMPED[line.stamped.state if line.stamped else "none"]
    found = seen.findings.get(passage.pk, ())
    return Row(
        pk=passage.pk,
        application_id=application.pk,
        title=application.title or application.number,
        unit=application.unit.name,
        number=application.number,
        place=line.rank,
        code=state.value,
        state=str(STATE_WORDS[state]),
        state_kind=STATE_KINDS[state],
        said=line.opinion.words if line.opinion else "",
        said_on=line.opinion.on if line.opinion else None,
        found=len(found),
        found_kind=_worst(found),
        stamped=str(words),
        stamped_kind=kind,
        is_open=acts and state is S.WAITING,
        may_move=acts and state is S.RECOMMENDED and ranked > 1,
        may_reconsider=acts and state in (S.RECOMMENDED, S.DECLINED),
        may_return=acts and state in (S.WAITING, S.RECOMMENDED, S.DECLINED),
        is_told=passage.told_at is not None,
        is_top=line.rank == 1,
        is_last=line.rank == ranked,
    )


def state_here(passage: Passage, queue: Queue) -> PassageState:
    """Return how a passage stands for a queue: what went on to the next stage is forwarded, however it stands there."""
    return S(passage.state) if passage.queue_id == queue.pk else S.FILED


def _worst(findings: Sequence[Finding]) -> str:
    return next((FOUND_KINDS[w] for w in FOUND_KINDS if any(each.weight is w for each in findings)), "")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a queue: those that the quota takes, the words of the line below them, all others."""

    above: tuple[Row, ...]
    line: str
    below: tuple[Row, ...]
    recommended: int
    free: int | None

    @property
    def is_over(self) -> bool:
        """Are more recommended than the quota takes?"""
        return self.free is not None and self.recommended > self.free


def lines_shown(lines: Iterable[LineShown], seen: Seen, free: int | None = None) -> Lines:
    """Return the lines in the order of the page; ``free`` places are left, None: as many as one likes."""
    by_state: dict[PassageState, list[LineShown]] = {state: [] for state in ORDER}
    for line in lines:
        by_state.get(state_here(line.passage, seen.queue), []).append(line)
    going = by_state[S.RECOMMENDED]
    rows = [row_of(line, seen, ranked=len(going)) for state in ORDER for line in by_state[state]]
    within = len(going) if free is None else min(free, len(going))
    return Lines(tuple(rows[:within]), _line(free, len(going)), tuple(rows[within:]), len(going), free)


def _line(free: int | None, going: int) -> str:
    """What stands on the line of the quota; nothing where there is no quota."""
    if free is None:
        return ""
    if going < free:
        return ngettext("名额线：还可推荐 %(n)s 项", "名额线：还可推荐 %(n)s 项", free - going) % {
            "n": free - going
        }
    if free == 0:
        return gettext("名额线：名额已用完")
    return ngettext("名额线：以上 %(n)s 项在名额内", "名额线：以上 %(n)s 项在名额内", free) % {"n": free}
