"""The private link of somebody who objected: a secret that only the link holds, and its digest that the table holds."""

import hashlib
import secrets

SECRET_BYTES = 24
DIGITS = 8


def new_secret() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(SECRET_BYTES)


def key_of(secret: str) -> str:
    """Return what the table keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_number(year: int) -> str:
    """Return a number that tells neither how many objections came before it nor to what."""
    return f"YY{year}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
