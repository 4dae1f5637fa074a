"""The number of an application, by the pattern of the call: {mark} {call} {year} {category} {number}."""

import re
from collections.abc import Mapping

DEFAULT = "{call}-{number:04}"
PLACE = re.compile(r"\{(mark|call|year|category|number)(?::0?(\d))?\}")
LONGEST = 60


def is_pattern(text: str) -> bool:
    """Does it hold the number once, only known places, and nothing that a number may not hold?"""
    places = [match[1] for match in PLACE.finditer(text)]
    rest = PLACE.sub("", text)
    return places.count("number") == 1 and "{" not in rest and "}" not in rest and len(text) <= LONGEST


def stem_of(pattern: str, values: Mapping[str, str]) -> str:
    """Return the pattern with everything put in but the number: calls that share a stem share its numbers."""
    return PLACE.sub(lambda match: match[0] if match[1] == "number" else values[match[1]], pattern)


def number_of(stem: str, number: int) -> str:
    """Return the number itself."""
    return PLACE.sub(lambda match: f"{number:0{match[2] or 1}d}", stem)
