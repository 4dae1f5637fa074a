"""How a number of a register is spelt: one width, no blanks, so that what is on a certificate finds it."""

import unicodedata

LONGEST = 60  # characters


def plain_number(typed: str) -> str:
    """Return a number as registers hold it."""
    return "".join(unicodedata.normalize("NFKC", typed).split())[:LONGEST]
