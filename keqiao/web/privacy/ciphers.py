"""Lock and unlock single values. A value is bound to its row: moved elsewhere it cannot be opened."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from keqiao.web.privacy.keyring import AES, Key, RingUnfit, ring

NONCE_BYTES = 12
SEPARATOR = ":"


class ValueDamaged(Exception):
    """A locked value was changed, cut, or taken from another row; the text names the place, never the value."""


class Token(str):
    """A locked value as it stands in its column: ``<key id>:<base64 of nonce and ciphertext>``."""

    __slots__ = ()

    @property
    def key_id(self) -> str:
        """Return the id of the key that locked it."""
        return self.partition(SEPARATOR)[0]


@dataclass(frozen=True)
class Place:
    """Where a value stands. It is authenticated with the value."""

    table: str
    column: str
    row: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}/{self.row}"


def lock(text: str, place: Place) -> Token:
    """Return ``text`` locked for ``place`` with the key in use. Twice the same text gives two tokens."""
    key, nonce = ring().current, secrets.token_bytes(NONCE_BYTES)
    locked = _cipher(key).encrypt(nonce, text.encode(), str(place).encode())
    return Token(f"{key.id}{SEPARATOR}{base64.b64encode(nonce + locked).decode()}")


def unlock(token: Token, place: Place) -> str:
    """Return the text of a token that was locked for ``place``.

    Raises:
        KeyMissing: its key is not in the ring.
        ValueDamaged: it was changed, or locked for another place.
    """
    key_id, _separator, body = token.partition(SEPARATOR)
    key = ring().key(key_id)
    try:
        sealed = base64.b64decode(body, validate=True)
        return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], str(place).encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as wrong:
        raise ValueDamaged(f"{place}: the encrypted value was changed or comes from another row.") from wrong


def blind_digest(purpose: str, text: str) -> str:
    """Return the keyed digest (HMAC-SHA-256, hexadecimal) of ``text`` for exact search and uniqueness.

    Without the key of the ring nobody can try numbers out. ``purpose`` keeps the digests of different fields apart.
    """
    said = f"{purpose}\0{text}".encode()
    return hmac.new(ring().index.secret, said, hashlib.sha256).hexdigest()


def _cipher(key: Key) -> AESGCM:
    if key.algorithm != AES:
        raise RingUnfit(f"Key {key.id} is for {key.algorithm}, which this release does not know.")
    return AESGCM(key.secret)
