"""The keys as database and key file know them: they must agree before the program starts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models, transaction

from keqiao.web.audit import log
from keqiao.web.privacy.ciphers import SEPARATOR, ValueDamaged
from keqiao.web.privacy.fields import EncryptedText
from keqiao.web.privacy.keyring import (
    Key,
    KeyMissing,
    Ring,
    RingUnfit,
    add_key,
    draw_ring,
    drop_key,
    ring,
    ring_path,
)
from keqiao.web.privacy.models import CipherKey

CASE = log.Chain("privacy.keyring", "1")
"""The one chain on which everything about keys is recorded."""


@dataclass(frozen=True)
class Column:
    """One encrypted column of the installation."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def filled(self) -> models.QuerySet:  # type: ignore[type-arg]
        """Return the rows that have a value there."""
        return self.model._base_manager.exclude(**{self.name: ""})

    def not_under(self, key_id: str) -> models.QuerySet:  # type: ignore[type-arg]
        """Return the rows whose value another key locked, in the order of their ids."""
        rows = self.filled().exclude(**{f"{self.name}__startswith": f"{key_id}{SEPARATOR}"})
        return rows.order_by("pk")


def columns() -> Iterator[Column]:
    """Yield every encrypted column of all installed rooms."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedText):
                yield Column(model, field.name)


def establish(at: datetime) -> Ring:
    """Make key file and database agree, at the start of the program.

    The first start draws the ring. Later ones compare: a key that the database knows and the file has not, or has
    otherwise, stops the start.

    Raises:
        KeyMissing: the file, or a key in it, is missing.
        RingUnfit: the file is of another installation, damaged, or readable by others.
    """
    known = {row.id: row for row in CipherKey.objects.all()}
    if not ring_path().exists():
        _require_nothing_locked(known)
        draw_ring()
    held = {key.id: key for key in ring().all()}
    for row in known.values():
        if row.retired_at is None or row.id in held:
            _require_same(row, held.get(row.id))
    _require_readable()
    if indexes_wait(known.values()):
        raise RingUnfit(
            "The indexes of encrypted values are of an older key: making them anew was broken off, or an older backup "
            "was restored. Say: keqiao keys index --stopped"
        )
    with transaction.atomic():
        for key in held.values():
            if key.id not in known:
                _note(key, at)
    return ring()


def indexes_wait(known: Iterable[CipherKey]) -> bool:
    """Has the file a key for the indexes that the database has not taken over yet?"""
    ids = {row.id for row in known}
    return ring().index.id not in ids and any(key.id in ids for key in ring().older_indexes)


def fingerprints_needed() -> dict[str, str]:
    """Return the fingerprints of the keys that the database needs, by their ids."""
    return dict(CipherKey.objects.filter(retired_at__isnull=True).values_list("id", "fingerprint"))


def require_keys(fingerprints: Mapping[str, str]) -> None:
    """Refuse to bring in values whose keys are not in the ring.

    Raises:
        KeyMissing: a key is missing.
        RingUnfit: another key bears its name.
    """
    held = {key.id: key for key in ring().all()} if fingerprints else {}
    for key_id, fingerprint in fingerprints.items():
        _require_same(CipherKey(id=key_id, fingerprint=fingerprint), held.get(key_id))


def turn(*, at: datetime) -> Key:
    """Add a key that locks from now on, and return it. ``turning`` brings the rows over to it.

    Raises:
        KeyMissing: there is no ring yet.
    """
    establish(at)
    key = add_key().current
    with transaction.atomic():
        _note(key, at)
    return key


def retire_unused(at: datetime) -> list[str]:
    """Retire every older key that no row uses any longer; return their ids. They stay in the file, for old backups."""
    current = ring().current.id
    used = {key_id for column in columns() for key_id in keys_in_use(column)}
    waiting = CipherKey.objects.filter(retired_at__isnull=True).exclude(
        id__in={*used, current, ring().index.id, *(key.id for key in ring().older_indexes)}
    )
    done = []
    with transaction.atomic():
        for row in waiting.select_for_update():
            row.retired_at = max(at, row.made_at)
            row.save(update_fields=["retired_at"])
            log.record("key_retired", CASE, actor=None, role="keys", at=at, data={"key": row.id})
            done.append(row.id)
    return done


def keys_in_use(column: Column) -> dict[str, int]:
    """Return how many rows of a column each key of the ring locks; rows of unknown keys stand under ``""``."""
    filled = column.filled()
    counts = {
        key.id: filled.filter(**{f"{column.name}__startswith": f"{key.id}{SEPARATOR}"}).count()
        for key in ring().keys
    }
    counts[""] = filled.count() - sum(counts.values())
    return {key_id: count for key_id, count in counts.items() if count}


def forget(key_id: str, *, at: datetime) -> None:
    """Destroy a retired key: backups that still need it can never be read again.

    Raises:
        RingUnfit: it is in use.
    """
    row = CipherKey.objects.filter(pk=key_id).first()
    if row is None or row.retired_at is None:
        raise RingUnfit(f"{key_id} is not a retired key. `keqiao keys status` lists them.")
    if any(key_id in keys_in_use(column) for column in columns()):
        raise RingUnfit(f"Rows are still locked with {key_id}. Say: keqiao keys rotate")
    drop_key(key_id)
    with transaction.atomic():
        log.record("key_destroyed", CASE, actor=None, role="keys", at=at, data={"key": key_id})


def _note(key: Key, at: datetime) -> None:
    CipherKey.objects.create(id=key.id, fingerprint=key.fingerprint, made_at=at)
    log.record("key_added", CASE, actor=None, role="keys", at=at, data={"key": key.id})


def _require_nothing_locked(known: dict[str, CipherKey]) -> None:
    if known or any(column.filled().exists() for column in columns()):
        raise KeyMissing(
            f"The key file {ring_path()} of this database is missing. Put back the copy of keyring.json that was kept "
            "with it. No new keys are made: they could not read the encrypted personal values."
        )


def _require_same(row: CipherKey, held: Key | None) -> None:
    if held is None:
        raise KeyMissing(
            f"The database was encrypted with key {row.id}, which {ring_path()} does not hold. Put back the copy of "
            "keyring.json that was kept with this database."
        )
    if held.fingerprint != row.fingerprint:
        raise RingUnfit(
            f"{ring_path()} holds another key under the name {row.id} than this database was encrypted with. Put back "
            "the copy that was kept with this database."
        )


def _require_readable() -> None:
    """Open one value of each column: also a database that knows no keys must fit the file."""
    for column in columns():
        row = column.filled().first()
        if row is not None:
            try:
                getattr(row, column.name).plain()
            except ValueDamaged as wrong:
                raise RingUnfit(
                    f"{wrong} The key file {ring_path()} does not belong to this database."
                ) from wrong
