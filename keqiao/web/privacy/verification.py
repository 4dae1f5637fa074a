"""What must always hold of locked values: they open, and their blind indexes fit them."""

from django.db import models

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.privacy.ciphers import ValueDamaged
from keqiao.web.privacy.fields import BlindIndex
from keqiao.web.privacy.keyring import KeyMissing
from keqiao.web.privacy.keys import Column, columns


def check_locked_values() -> Outcome:
    """Check that every locked value opens in its place, and that what finds it is the digest of it."""
    count = 0
    faults: list[Fault] = []
    for column in columns():
        for row in column.filled().iterator():
            count += 1
            faults.extend(_faults(row, column))
    return Outcome(count, tuple(faults))


def _faults(row: models.Model, column: Column) -> list[Fault]:
    about = f"{column}/{row.pk}"
    try:
        text = getattr(row, column.name).plain()
    except KeyMissing:
        return [Fault("locked.key_missing", about)]
    except ValueDamaged:
        return [Fault("locked.damaged", about)]
    wrong = [index for index in _indexes(column) if row.__dict__[index.attname] != index.digest_of(text)]
    return [Fault("locked.index_differs", f"{about} {index.name}") for index in wrong]


def _indexes(column: Column) -> list[BlindIndex]:
    fields = column.model._meta.local_concrete_fields
    return [field for field in fields if isinstance(field, BlindIndex) and field.source == column.name]


CHECKS: list[tuple[str, Check]] = [("locked values", check_locked_values)]
