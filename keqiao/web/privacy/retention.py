"""Erase values whose time is over: what the catalogue says about how long is carried out here.

A value falls due when the data tell that its purpose has ended (``catalogue.Term``) and its period has passed since.
Words are overwritten with :data:`ERASED`, so that nobody takes an erased value for one that was never given; a column
that holds no words becomes empty. One step erases some rows of one table in one transaction with one event, which
holds the ids of the rows. Source: PIPL art. 19 (no longer than needed), 47 (erasing at the end of the period).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Q, QuerySet

from keqiao.web.audit import log
from keqiao.web.audit.log import ERASED
from keqiao.web.audit.queries import timeline
from keqiao.web.privacy.catalogue import Eraser, PersonalField, PersonalTable, Term, tables
from keqiao.web.privacy.permissions import SECURITY_ADMIN
from keqiao.web.scope import crossing
from keqiao.web.tasks import task

ROWS_AT_ONCE = 200  # one transaction and one event; other writers wait no longer than this
EVERY = timedelta(days=1)
ROUNDS = log.Chain("privacy.retention", "rounds")
CLOCK = "clock"
WHY = "values whose time is over are erased, whoever keeps them"


@dataclass(frozen=True)
class Due:
    """The columns of one table that fall due together."""

    table: PersonalTable
    term: Term
    fields: tuple[PersonalField, ...]

    def rows(self, at: datetime) -> QuerySet[Any]:
        """Return the rows that are due at ``at`` and have something left to erase."""
        left = Q()
        for field in self.fields:
            left |= _filled(self._column(field))
        over = self.term.ended(at - self.term.kept)
        return self.table.model._base_manager.filter(over, left).order_by("pk")

    def count(self, at: datetime) -> int:
        """Return how many rows are due."""
        with crossing(WHY):
            return self.rows(at).count()

    @transaction.atomic
    def erase_some(self, by: Eraser) -> int:
        """Erase the values of some rows that are due at ``by.at``; return of how many. Again until none is left."""
        with crossing(WHY):
            rows = list(self._locked(by.at)[:ROWS_AT_ONCE])
            if not rows:
                return 0
            for row in rows:
                self._erase(row, by)
            case = log.Chain("privacy.retention", self.table.label)
            data = {"columns": [field.name for field in self.fields], "rows": [str(row.pk) for row in rows]}
            log.record("erased_in_time", case, actor=by.actor, role=by.role, at=by.at, data=data)
            return len(rows)

    def _locked(self, at: datetime) -> QuerySet[Any]:
        """The rows that are due, for this transaction alone; a table that erases in its own way sees to that itself."""
        rows = self.rows(at)
        return rows if self.table.erase else rows.select_for_update(skip_locked=True)

    def _erase(self, row: Any, by: Eraser) -> None:
        if self.table.erase is not None:
            self.table.erase(row, by)
            return
        for field in self.fields:
            column = self._column(field)
            if getattr(row, field.name):
                setattr(row, field.name, ERASED if _holds_words(column) else None)
        row.save(update_fields=[field.name for field in self.fields])

    def _column(self, field: PersonalField) -> Any:
        return self.table.model._meta.get_field(field.name)


def dues() -> Iterator[Due]:
    """Yield what can fall due: per table, the columns with the same term."""
    for table in tables():
        terms = dict.fromkeys(field.term for field in table.fields if field.term is not None)
        for term in terms:
            yield Due(table, term, tuple(field for field in table.fields if field.term is term))


def endless() -> list[tuple[PersonalTable, PersonalField]]:
    """Return the columns whose end the data do not tell."""
    fields = ((table, field) for table in tables() for field in table.fields)
    return [(table, field) for table, field in fields if field.term is None and not field.cleared_by_room]


def erase_all(by: Eraser) -> dict[str, int]:
    """Erase everything that is due at ``by.at``; return how many rows per table. Safe to break off and run again."""
    done: dict[str, int] = {}
    for due in dues():
        while step := due.erase_some(by):
            done[due.table.label] = done.get(due.table.label, 0) + step
    return done


def erase_due(now: datetime) -> None:
    """Do one step of the daily round of the clock; the worker calls it at every beat."""
    last = timeline(ROUNDS).last()
    if last is not None and now - last.at < EVERY:
        return
    by = Eraser(None, CLOCK, now)
    if not any(due.erase_some(by) for due in dues()):
        with transaction.atomic():
            log.record("round_ended", ROUNDS, actor=None, role=CLOCK, at=now)


@task()
def erase_for(actor_id: str, moment: str) -> None:
    """Erase for a security administrator what was due when it was confirmed (``moment``, ISO 8601)."""
    actor = get_user_model()._default_manager.get(pk=actor_id)
    erase_all(Eraser(actor, SECURITY_ADMIN, datetime.fromisoformat(moment)))


def _holds_words(column: Any) -> bool:
    return isinstance(column, models.CharField | models.TextField)


def _filled(column: Any) -> Q:
    """Pick the rows that have a value in ``column``, other than that it was erased."""
    name = column.name
    if _holds_words(column):
        return ~Q(**{f"{name}__in": ["", ERASED]})
    return Q(**{f"{name}__isnull": False})
