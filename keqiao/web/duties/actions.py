"""Open duties, close them, move their date: inside the transaction of the act that makes it so."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from keqiao.web.duties.kinds import About, Kind, Owed, all_kinds, kind_called
from keqiao.web.duties.models import Duty
from keqiao.web.duties.queries import LAPSED, differences
from keqiao.web.rows import execute, insert, written
from keqiao.web.scope import crossing

LONGEST_KEY = 160
COLUMNS = (
    "id", "association_id", "key", "kind", "about_kind", "about_id", "within_id", "account_id", "role",
    "organisation_id", "except_id", "variables", "opened_at", "begins_at", "due_at", "first_due_at", "settled_at",
    "fact",
)  # fmt: skip
REBUILT = "rebuilt"
"""The fact where the books were put right by ``keqiao duties rebuild``."""
LAPSED_AT_ONCE = 500  # so that a round of due work stays short
ONCE = "ON CONFLICT (key, role) WHERE settled_at IS NULL DO NOTHING"
SAME_DATE = "duties_duty.due_at = excluded.due_at OR (duties_duty.due_at IS NULL AND excluded.due_at IS NULL)"
UP_TO_DATE = (
    "ON CONFLICT (key, role) WHERE settled_at IS NULL DO UPDATE SET due_at = excluded.due_at, "
    "first_due_at = COALESCE(duties_duty.first_due_at, excluded.due_at), variables = excluded.variables, "
    f"moved_at = CASE WHEN {SAME_DATE} THEN duties_duty.moved_at ELSE excluded.opened_at END"
)
SETTLE = "UPDATE duties_duty SET settled_at = %s, fact = %s WHERE about_id = %s AND kind = %s AND settled_at IS NULL"
"""By hand: submitting closes a draft, many times in the last minute before a deadline."""
WHY = "an act makes or closes what others have to do; they may belong to another association"


def owe(*owed: Owed) -> None:
    """Open duties, in one statement; those whose key is open already stay as they are.

    Called inside the transaction of the act that makes them due: nothing is owed unless that commits.

    Raises:
        LookupError: no room names such a kind.
        ValueError: the words of a kind lack a variable.
    """
    _require_transaction()
    rows = [row for each in owed for row in _rows(each)]
    if rows:
        with crossing(WHY):
            insert(Duty, COLUMNS, rows, ONCE)


def follow(
    kinds: Collection[str], about: About, owed: Iterable[Owed], *, at: datetime, fact: str = "done"
) -> None:
    """Make the open duties of ``kinds`` about a case those that ``owed`` gives, in two statements.

    What is owed no longer is closed by ``fact``; what is new is opened; words and date of the rest are brought up to
    date. For rooms that say in one place what a case owes: they call this after each act.
    """
    _require_transaction()
    wanted = list(owed)
    over = Q(kind__in=list(kinds), about_id=str(about[1])) & ~Q(key__in=[each.key for each in wanted])
    _close(over, at, fact)
    bring_up_to_date(wanted)


def bring_up_to_date(owed: Iterable[Owed]) -> None:
    """Open duties, or bring words and dates of the open ones up to date, in one statement."""
    _require_transaction()
    if rows := [row for each in owed for row in _rows(each)]:
        with crossing(WHY):
            insert(Duty, COLUMNS, rows, UP_TO_DATE)


def settle(kind: str, about: About, *, at: datetime, fact: str = "done") -> int:
    """Close the open duties of a kind about a case, whoever holds them; how many there were. One statement.

    Closing again does nothing. ``fact`` is the past-tense act that did it, as its event is called.
    """
    _require_transaction()
    with crossing(WHY):
        return execute(SETTLE, [*written(at), fact, str(about[1]), kind])


def settle_all(kind: str, about_ids: Collection[str], *, at: datetime, fact: str = "done") -> int:
    """Close the open duties of a kind about many cases, in one statement; how many there were."""
    if not about_ids:
        return 0
    return _close(Q(kind=kind, about_id__in=[str(each) for each in about_ids]), at, fact)


def settle_within(kind: str, within_id: str, *, at: datetime, fact: str = "done") -> int:
    """Close all open duties of a kind within a larger case, as all drafts of a call; how many there were."""
    return _close(Q(kind=kind, within_id=str(within_id)), at, fact)


def let_lapse(now: datetime) -> None:
    """Close what was not done while there was time, where the phase is over. Due work: safe to run at any time."""
    codes = [kind.code for kind in all_kinds().values() if kind.lapses]
    over = _open(Q(kind__in=codes, due_at__lt=now)).order_by("due_at").values_list("pk", flat=True)
    if ids := list(over[:LAPSED_AT_ONCE]):
        with transaction.atomic():
            _close(Q(pk__in=ids, due_at__lt=now), now, LAPSED)


@transaction.atomic
def rebuild(kind: Kind, *, at: datetime) -> tuple[int, int]:
    """Make the open duties of a kind those that are owed by the facts; how many were opened, and closed.

    After an upgrade that brings a new kind, and where ``keqiao verify`` says that something differs.
    """
    missing, surplus = differences(kind)
    closed = _close(Q(pk__in=surplus), at, REBUILT)
    bring_up_to_date(missing)
    return len(missing), closed


def move(kind: str, about: About, due_at: datetime | None, *, at: datetime) -> int:
    """Set another date to the open duties of a kind about a case; how many changed.

    What reminds goes by the date of the day it reminds on: it starts anew.
    """
    _require_transaction()
    with crossing(WHY):
        rows = _open(Q(kind=kind, about_id=str(about[1]))).exclude(due_at=due_at)
        return _move(rows, due_at, at)


def move_within(kind: str, within_id: str, due_at: datetime | None, *, at: datetime) -> int:
    """Set another date to all open duties of a kind within a larger case; how many changed."""
    _require_transaction()
    with crossing(WHY):
        return _move(_open(Q(kind=kind, within_id=str(within_id))), due_at, at)


def _rows(owed: Owed) -> Iterator[tuple[Any, ...]]:
    _require_sound(owed)
    about_kind, about_id = owed.about
    holder, begins = owed.holder, owed.begins_at or owed.at
    case = (owed.key, owed.kind, about_kind, str(about_id), str(owed.within_id))
    dates = (owed.at, begins, owed.due_at, owed.due_at, None)
    for role in holder.roles or ("",):
        held_by = (holder.account_id, role, holder.organisation_id, owed.except_id)
        yield (uuid.uuid4(), owed.association_id, *case, *held_by, dict(owed.variables), *dates, "")


def _require_sound(owed: Owed) -> None:
    kind = kind_called(owed.kind)
    if len(owed.key) > LONGEST_KEY:
        raise ValueError(f"{owed.key}: a key has at most {LONGEST_KEY} characters")
    if kind.variables != set(owed.variables):
        raise ValueError(f"{owed.kind}: needs exactly {sorted(kind.variables)}")


def _open(which: Q) -> QuerySet[Duty]:
    return Duty.objects.filter(which, settled_at__isnull=True)


def _close(which: Q, at: datetime, fact: str) -> int:
    _require_transaction()
    with crossing(WHY):
        return _open(which).update(settled_at=at, fact=fact)


def _move(rows: QuerySet[Duty], due_at: datetime | None, at: datetime) -> int:
    first = Coalesce(F("first_due_at"), Value(due_at, DateTimeField()))
    return rows.update(due_at=due_at, first_due_at=first, moved_at=at)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a duty is opened, moved and closed inside the transaction of its act")
