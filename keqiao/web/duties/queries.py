"""What waits for whom: open duties by date, counts, what was done lately."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
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
    def until(self) -> datetime | None:
        """The last moment to do it."""
        return self.duty.due_at

    @property
    def association_id(self) -> UUID:
        """By whose calendar the days are counted."""
        return self.duty.association_id

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
    until: datetime | None
    overdue: int
    association_id: UUID

    @property
    def address(self) -> str:
        """Where they are done one after the other; nothing where there is no such list."""
        return self.kind.list_link() if self.kind.list_link else ""


@dataclass(frozen=True)
class Waiting:
    """All that waits for a viewer: lines by date, undated ones last, and the number of each kind."""

    lines: tuple[Line, ...]
    together: tuple[Together, ...]

    @cached_property
    def entries(self) -> list[Line | Together]:
        """Lines of both sorts by date; what has none comes last."""
        return sorted((*self.together, *self.lines), key=lambda each: (each.until is None, each.until))

    @cached_property
    def overdue(self) -> int:
        """How many of them are late."""
        return sum(line.is_overdue for line in self.lines) + sum(each.overdue for each in self.together)

    @cached_property
    def by_kind(self) -> list[tuple[Kind, int]]:
        """How many of each kind wait, the most first."""
        counted = Counter({each.kind.code: each.count for each in self.together})
        counted.update(line.kind.code for line in self.lines)
        return [(all_kinds()[code], count) for code, count in counted.most_common()]

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
    together = tuple(each for each in counted if each.count >= TOGETHER_FROM)
    single = mine.exclude(kind__in=[each.kind.code for each in together])
    return Waiting(lines_of(single[: 2 * SHOWN], at) if len(together) < len(counted) else (), together)


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
    return sum(each.count for each in _counted(duties_of(viewer, at), at))


def lines_of(duties: QuerySet[Duty], at: datetime) -> tuple[Line, ...]:
    """Return duties as pages show them, each case once."""
    once: dict[tuple[str, str], Line] = {}
    for duty in duties:
        once.setdefault((duty.kind, duty.about_id), Line(duty, all_kinds()[duty.kind], duty.state_at(at)))
    return tuple(once.values())


def _counted(mine: QuerySet[Duty], at: datetime) -> list[Together]:
    """What waits, by kind and association: each case counts once, whoever may do it."""
    cases = Count("about_id", distinct=True)
    late = Count("about_id", distinct=True, filter=Q(due_at__lt=at))
    rows = mine.order_by().values("kind", "association_id")
    found: dict[str, Together] = {}
    for row in rows.annotate(count=cases, until=Min("due_at"), late=late).order_by("kind", "association_id"):
        kind = all_kinds()[row["kind"]]
        these = Together(kind, row["count"], row["until"], row["late"], row["association_id"])
        found[kind.code] = _both(found[kind.code], these) if kind.code in found else these
    return list(found.values())


def _both(one: Together, other: Together) -> Together:
    first = min(one, other, key=lambda each: (each.until is None, each.until))
    return replace(first, count=one.count + other.count, overdue=one.overdue + other.overdue)
