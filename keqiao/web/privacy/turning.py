"""Bring every encrypted value under the key in use, in small steps that may stop anywhere and go on."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from keqiao.web.privacy import keys
from keqiao.web.privacy.ciphers import lock, unlock
from keqiao.web.privacy.keyring import ring
from keqiao.web.tasks import task

ROWS_AT_ONCE = 500  # one transaction; other writers wait no longer than this


@dataclass(frozen=True)
class Turned:
    """How many values were locked anew, and which keys were retired after it."""

    values: int
    retired: list[str]


def turn_rows(at: datetime) -> Turned:
    """Lock anew every value that an older key locked, then retire the keys that none uses.

    What is left to do is asked of the table each time, so a run that was killed is simply run again. A value that
    somebody changes in between is left to the next round: only the token that was read is replaced.
    """
    values = sum(_turn_column(column) for column in keys.columns())
    return Turned(values, keys.retire_unused(at))


def _turn_column(column: keys.Column) -> int:
    done = 0
    while step := _turn_some(column):
        done += step
    return done


@transaction.atomic
def _turn_some(column: keys.Column) -> int:
    changed = 0
    current = ring().current.id
    field = column.model._meta.get_field(column.name)
    for row in column.not_under(current)[:ROWS_AT_ONCE]:
        place = field.place_in(row)
        old = getattr(row, column.name).raw
        fresh = lock(unlock(old, place), place)
        changed += column.model._base_manager.filter(pk=row.pk, **{column.name: old}).update(
            **{column.name: fresh}
        )
    return changed


@task()
def turn_all_rows() -> None:
    """Bring all values under the key in use. Safe to run again."""
    turn_rows(timezone.now())  # noqa: TID251  a task entry reads the clock once
