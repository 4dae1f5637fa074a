"""What ``rush`` compares: the product filled with drafts, the bare reference, and the clients that press submit."""

UNITS, EACH = 400, 16
"""Units that apply, and drafts of each: as many submissions as a run can use up."""
LIMIT = EACH
"""The limit per unit of the call: it is asked at each submission and never refuses one."""
SECTIONS = 6
CHARACTERS = 700
"""Long answers of a form and their length: about 13 kB of text, as the applications of the five calls have."""


def words(seed: int, length: int = CHARACTERS) -> str:
    """Chinese text that differs with ``seed``."""
    return "".join(chr(0x4E00 + (seed * 7919 + place * 104729) % 3000) for place in range(length))


def key_of(number: int) -> str:
    """The key of the n-th submission."""
    return f"{number:032x}"
