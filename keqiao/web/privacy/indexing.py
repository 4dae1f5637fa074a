"""Make the blind indexes anew with another key: all rows at once, while the program is stopped.

Not step by step beside the running program, as values are turned: for a while one number would have two digests, and
a person could be registered twice. Opening and digesting takes some minutes for a million rows.
"""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db import models, transaction

from keqiao.web.audit import log
from keqiao.web.privacy.fields import BlindIndex
from keqiao.web.privacy.keyring import add_index_key, ring
from keqiao.web.privacy.keys import CASE, establish, indexes_wait
from keqiao.web.privacy.models import CipherKey

ROWS_AT_ONCE = 500  # in memory


def reindex(at: datetime) -> int:
    """Draw a key for the indexes, make them all anew, retire the key before; return how many rows changed.

    One transaction. Broken off in between, the program does not start until this was said again; then it goes on with
    the key that was drawn.

    Raises:
        KeyMissing, RingUnfit: the key file does not fit the database.
        ValueDamaged: a value cannot be opened; nothing is changed.
    """
    if not indexes_wait(CipherKey.objects.all()):
        establish(at)
        add_index_key()
    with transaction.atomic():
        changed = sum(_reindex_column(field) for field in indexes())
        _take_over(at)
    return changed


def indexes() -> Iterator[BlindIndex]:
    """Yield every blind index of all installed rooms."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, BlindIndex):
                yield field


def _reindex_column(field: BlindIndex) -> int:
    changed = 0
    filled = field.model._base_manager.exclude(**{field.source: ""}).order_by("pk")
    rows = list(filled[:ROWS_AT_ONCE])
    while rows:
        for row in rows:
            changed += _reindex_row(field, row)
        rows = list(filled.filter(pk__gt=rows[-1].pk)[:ROWS_AT_ONCE])
    return changed


def _reindex_row(field: BlindIndex, row: models.Model) -> int:
    digest = field.digest_of(getattr(row, field.source).plain())
    same = field.model._base_manager.filter(pk=row.pk)
    return same.exclude(**{field.name: digest}).update(**{field.name: digest})


def _take_over(at: datetime) -> None:
    key = ring().index
    older = [each.id for each in ring().older_indexes]
    CipherKey.objects.create(id=key.id, fingerprint=key.fingerprint, made_at=at)
    for row in CipherKey.objects.filter(pk__in=older, retired_at__isnull=True):
        row.retired_at = max(at, row.made_at)
        row.save(update_fields=["retired_at"])
    log.record("indexes_made_anew", CASE, actor=None, role="keys", at=at, data={"key": key.id})
