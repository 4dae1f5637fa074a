"""What waits for whom: open duties by date, counts, what was done lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.duty import DutyState
from keqiao.web.duties.kinds import Kind, Owed, Words, all_kinds
from keqiao.web.duties.models import Duty
from keqiao.web.duties.permissions import Viewer, held_by

TOGETHER_FROM = 6
"""So many duties of one kind and more are shown as one line with their number."""
SHOWN = 60
"""Lines of single duties on the first screen; the rest stands behind the lines of their kinds."""


LAPSED = "lapsed"
"""The fact that is no act: nothing was done, and the phase is over."""
LATELY, LATELY_SHOWN = timedelta(days=14), 8
"""How long, and how many, the first screen tells of what is done."""
FACTS = {"done": _("已办结"), LAPSED: _("已过期"), "cancelled": _("已取消"), "rebuilt": _("已核销")}


@dataclass(frozen=True)
class Line:
    """One duty as a page shows it."""

    duty: Duty
    kind: Kind
    state: DutyState

    @property
    def title(self) -> str:
        """What is to be done."""
        return str(self.kind.title).format(**self.duty.variables)

    @property
    def otherwise(self) -> str:
        """What happens if nobody does it."""
        return str(self.kind.otherwise).format(**self.duty.variables)

    @property
    def address(self) -> str:
        """Where it is done."""
        return self.kind.link(self.duty.about_id)

    @property
    def fact(self) -> Words:
        """The fact that closed it, in words."""
        return self.kind.facts.get(self.duty.fact) or FACTS.get(self.duty.fact, FACTS["done"])

    @property
    def is_overdue(self) -> bool:
        """Has its date passed?"""
        return self.state is DutyState.OVERDUE


@dataclass(frozen=True)
class Together:
    """Many duties of one kind as one line: how many, the earliest date, how many are overdue."""

    kind: Kind
    count: int
    earliest: datetime | None
    overdue: int


@dataclass(frozen=True)
class Waiting:
    """All that waits for a viewer: lines by date, undated ones last, and the number of each kind."""

    lines: tuple[Line, ...]
    together: tuple[Together, ...]

    @cached_property
    def count(self) -> int:
        """How many things wait."""
        return len(self.lines) + sum(each.count for each in self.together)


def duties_of(viewer: Viewer, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of ``viewer`` that have begun and not lapsed, the nearest date first, undated ones last.

    Where the viewer may do a thing in two roles, both rows are there.
    """
    return Duty.objects.filter(held_by(viewer, at), open_at(at)).order_by(
        F("due_at").asc(nulls_last=True), "opened_at", "pk"
    )


def open_at(at: datetime) -> Q:
    """Return what picks duties to be done at ``at``: begun, not settled, not over with the phase they belong to."""
    lapsing = [kind.code for kind in all_kinds().values() if kind.lapses]
    over = Q(kind__in=lapsing, due_at__lt=at)
    known = Q(kind__in=list(all_kinds()))
    return Q(settled_at__isnull=True, begins_at__lte=at) & known & ~over


def waiting_for(viewer: Viewer, at: datetime) -> Waiting:
    """Return what waits for ``viewer`` at ``at``, in two queries."""
    mine = duties_of(viewer, at)
    counted = _counted(mine, at)
    many = [row for row in counted if row["count"] >= TOGETHER_FROM]
    together = tuple(_together(row) for row in many)
    single = mine.exclude(kind__in=[each.kind.code for each in together])
    return Waiting(lines_of(single[:SHOWN], at) if len(many) < len(counted) else (), together)


def of_kind(viewer: Viewer, code: str, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of ``viewer`` of one kind, the nearest date first."""
    return duties_of(viewer, at).filter(kind=code)


def lately_done(viewer: Viewer, at: datetime) -> tuple[Line, ...]:
    """Return what was done of the duties of ``viewer`` lately, by whomever, the last first."""
    mine = Duty.objects.filter(held_by(viewer, at), settled_at__gte=at - LATELY, settled_at__lte=at)
    shown = mine.filter(kind__in=list(all_kinds())).exclude(fact="rebuilt").order_by("-settled_at", "pk")
    return lines_of(shown[: LATELY_SHOWN * 2], at)[:LATELY_SHOWN]


def asked_of_others(viewer: Viewer, at: datetime) -> tuple[Line, ...]:
    """Return what ``viewer`` asked a second person for: what waits, and what came of it lately."""
    if not viewer.is_authenticated:
        return ()
    asked = Duty.objects.filter(except_id=viewer.pk, kind__in=list(all_kinds()))
    waiting = Q(settled_at__isnull=True) | Q(settled_at__gte=at - LATELY, settled_at__lte=at)
    shown = asked.filter(waiting).exclude(fact__in=["withdrawn", "rebuilt"])
    return lines_of(shown.order_by(F("settled_at").desc(nulls_first=True), "due_at", "pk")[:SHOWN], at)


def differences(kind: Kind) -> tuple[list[Owed], list[UUID]]:
    """Return what is owed by the facts and has no open duty of this date, and the open duties that nobody owes.

    Of a kind that lapses, what has lapsed already on its date is not missed.
    """
    rows = Duty.objects.filter(kind=kind.code, settled_at__isnull=True)
    standing = {(row.key, row.role): row for row in rows}
    lapsed = Duty.objects.filter(kind=kind.code, fact=LAPSED) if kind.lapses else Duty.objects.none()
    over = set(lapsed.values_list("key", "due_at"))
    missing = []
    for owed in kind.owed_now():
        found = [standing.pop((owed.key, role), None) for role in owed.holder.roles or ("",)]
        right = all(row is not None and row.due_at == owed.due_at for row in found)
        if not right and (owed.key, owed.due_at) not in over:
            missing.append(owed)
    return missing, [row.pk for row in standing.values()]


def count_for(viewer: Viewer, at: datetime) -> int:
    """Return how many things wait for ``viewer``, in one query."""
    return sum(row["count"] for row in _counted(duties_of(viewer, at), at))


def lines_of(duties: QuerySet[Duty], at: datetime) -> tuple[Line, ...]:
    """Return duties as pages show them, each case once."""
    once: dict[tuple[str, str], Line] = {}
    for duty in duties:
        once.setdefault((duty.kind, duty.about_id), Line(duty, all_kinds()[duty.kind], duty.state_at(at)))
    return tuple(once.values())


def _counted(mine: QuerySet[Duty], at: datetime) -> list[dict[str, Any]]:
    cases = Count("about_id", distinct=True)
    late = Count("about_id", distinct=True, filter=Q(due_at__lt=at))
    kinds = mine.order_by().values("kind").annotate(count=cases, earliest=Min("due_at"), late=late)
    return list(kinds.order_by(F("earliest").asc(nulls_last=True), "kind"))


def _together(row: dict[str, Any]) -> Together:
    return Together(all_kinds()[row["kind"]], row["count"], row["earliest"], row["late"])
