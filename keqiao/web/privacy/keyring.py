"""The keys of personal values: a file of its own beside the secret key, outside the database and its backups.

One ring holds every key that some row may still need, the newest in use for writing, and the key of the blind indexes.
There is no second layer of keys per association: people and organisations are shared by all associations, so such a
key would protect nothing from the one next door (docs/decisions says more). The algorithm belongs to the key, so that
another one (SM4-GCM) is a new kind of key and no change of the rows.
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

AES = "AES-256-GCM"
KEY_BYTES = 32
PRIVATE = 0o600
FINGERPRINT_SAYS = b"keqiao keyring fingerprint"


class KeyMissing(Exception):
    """A key that is needed is not in the ring; the text says which and what to do."""


class RingUnfit(Exception):
    """The key file cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Key:
    """One key. ``fingerprint`` tells two keys apart and tells nothing of the key."""

    id: str
    algorithm: str
    secret: bytes

    @property
    def fingerprint(self) -> str:
        """Return sixteen hexadecimal digits that the database may know."""
        return hmac.new(self.secret, FINGERPRINT_SAYS, hashlib.sha256).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"<key {self.id}>"


@dataclass(frozen=True)
class Ring:
    """All keys, oldest first; the last one writes. ``index`` makes the blind indexes; ``older_indexes`` made them."""

    keys: tuple[Key, ...]
    index: Key
    older_indexes: tuple[Key, ...] = ()

    @property
    def current(self) -> Key:
        """Return the key that new values are written with."""
        return self.keys[-1]

    def key(self, key_id: str) -> Key:
        """Return the key with this id.

        Raises:
            KeyMissing: the ring has none.
        """
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyMissing(
            f"The key {key_id} is not in {ring_path()}. Put back the file keyring.json that was kept with this "
            "database; without that key the encrypted values cannot be read by anybody."
        )

    def all(self) -> tuple[Key, ...]:
        """Return every key, those of the indexes included."""
        return (*self.keys, self.index, *self.older_indexes)


def ring_path() -> Path:
    """Return where the ring lies."""
    return Path(settings.KEYRING_FILE)


def ring() -> Ring:
    """Return the ring as its file stands now; another process may have turned a key in the meantime.

    Raises:
        KeyMissing: there is no file.
        RingUnfit: it is none of ours, or others may read it.
    """
    path = ring_path()
    try:
        found = path.stat()
    except FileNotFoundError as absent:
        raise KeyMissing(
            f"There is no key file {path}. Put back the one kept with this database; in a new installation say "
            "`keqiao init` or `keqiao serve` first, which makes it."
        ) from absent
    if found.st_mode & 0o077:
        raise RingUnfit(f"{path} can be read by others. Say: chmod 600 {path}")
    return _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=4)
def _read(path: Path, _state: tuple[int, int, int]) -> Ring:
    try:
        said = json.loads(path.read_text(encoding="ascii"))
        older = tuple(_key(entry) for entry in said.get("older_indexes", ()))
        ring_read = Ring(tuple(_key(entry) for entry in said["keys"]), _key(said["index"]), older)
    except (ValueError, KeyError, TypeError, binascii.Error) as wrong:
        raise RingUnfit(
            f"{path} is no key file of Keqiao, or it is damaged. Put back the copy you keep."
        ) from wrong
    if not ring_read.keys:
        raise RingUnfit(f"{path} holds no key. Put back the copy you keep.")
    return ring_read


def _key(entry: dict[str, Any]) -> Key:
    key = Key(entry["id"], entry["algorithm"], base64.b64decode(entry["secret"], validate=True))
    if len(key.secret) != KEY_BYTES:
        raise ValueError(key.id)
    return key


def draw_key(prefix: str) -> Key:
    """Return a new key with an id that no other key has."""
    return Key(f"{prefix}{secrets.token_hex(4)}", AES, secrets.token_bytes(KEY_BYTES))


def draw_ring() -> Ring:
    """Write the first ring of an installation and return it; an existing one stays and is returned."""
    with _alone():
        if not ring_path().exists():
            _write(Ring((draw_key("k"),), draw_key("i")))
    return ring()


def add_key() -> Ring:
    """Add a key that writes from now on, and return the ring. The older ones go on reading."""
    with _alone():
        before = ring()
        _write(replace(before, keys=(*before.keys, draw_key("k"))))
    return ring()


def add_index_key() -> Ring:
    """Add a key that makes the indexes from now on, and return the ring. The older ones stay, for old backups."""
    with _alone():
        before = ring()
        older = (*before.older_indexes, before.index)
        _write(replace(before, index=draw_key("i"), older_indexes=older))
    return ring()


def drop_key(key_id: str) -> Ring:
    """Take a key out of the ring for good. Whoever calls has made sure that no row needs it.

    Raises:
        RingUnfit: it is the one that writes.
    """
    with _alone():
        before = ring()
        if before.current.id == key_id:
            raise RingUnfit(f"{key_id} is the key in use. Add a new one first: keqiao keys rotate")
        dropped = before.key(key_id)
        _write(replace(before, keys=tuple(key for key in before.keys if key.id != dropped.id)))
    return ring()


@contextmanager
def _alone() -> Iterator[None]:
    """Two processes that want to write the ring do it one after the other."""
    path = ring_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(wanted: Ring) -> None:
    """Replace the file in one step, so that no reader and no power cut sees half of it."""
    path = ring_path()
    fresh = path.with_name(f"{path.name}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        said = {
            "keys": [_entry(key) for key in wanted.keys],
            "index": _entry(wanted.index),
            "older_indexes": [_entry(key) for key in wanted.older_indexes],
        }
        file.write(json.dumps(said, indent=1))
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _entry(key: Key) -> dict[str, str]:
    secret = base64.b64encode(key.secret).decode()
    return {"id": key.id, "algorithm": key.algorithm, "secret": secret}
