"""The small values of a flat reading: texts, numbers, dates, money, places of words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

import cn2an

from keqiao.core.findings import Place, Source
from keqiao.core.money import NotAnAmount, fen_from_yuan
from keqiao.core.programme.facts import MOST_DIGITS

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\s]+")
_PLACEHOLDER = re.compile(r"([0-9]{4}|xxxx)-([0-9]{1,2}|xx)-([0-9]{1,2}|xx)")
_CITE = re.compile(r"^(?P<clause>[^「；]*?)\s*(?:L(?P<line>[1-9][0-9]*))?\s*(?:[「；]|$)")
_TERM = re.compile(
    r"(?P<number>[0-9]+|[零一二两三四五六七八九十]+)(?P<half>半)?(?P<unit>个?月|周?年)(?P<rest>半)?"
)
_LEAD = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[类章条]|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[、.])+"
)
LONGEST = 2000
EXCERPT = 200


def text(value: object) -> str | None:
    """One line of text, or None where nothing is there. Lists are joined with 、."""
    if isinstance(value, list | tuple):
        value = "、".join(str(part) for part in value)
    if value is None or isinstance(value, Mapping):
        return None
    return _CONTROL.sub(" ", str(value)).strip()[:LONGEST] or None


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or of a single value."""
    parts = value if isinstance(value, list | tuple) else [value]
    return tuple(found for part in parts if (found := text(part)))


def exact(value: Any) -> Any:
    """The same value with floats as decimals and texts on one line, all the way down."""
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, str):
        return text(value) or ""
    if isinstance(value, list | tuple):
        return tuple(exact(part) for part in value)
    if isinstance(value, Mapping):
        return {str(key): exact(part) for key, part in value.items()}
    return value


def excerpt(value: object) -> str:
    """What a reading said, short enough for a question about it."""
    return (text(str(value)) or "")[:EXCERPT]


def mapping(value: object) -> Mapping[str, Any]:
    """The mapping itself; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def number(value: object) -> int | Decimal | None:
    """A quantity that a definition can hold: finite, below 10^15, at most six decimals; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact_value = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not exact_value.is_finite() or exact_value.adjusted() >= MOST_DIGITS:
        return None
    if exact_value == exact_value.to_integral_value():
        return int(exact_value)
    digits = len(exact_value.as_tuple().digits)
    return exact_value if digits <= MOST_DIGITS and exact_value == round(exact_value, 6) else None


def whole(value: object) -> int | None:
    """A whole number of 0 or more, also where it is written as text; else None."""
    if isinstance(value, bool) or value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,15})(?:\.0+)?", str(value).strip())
    return int(found.group(1)) if found else None


def fen(yuan: object) -> int | None:
    """An amount in yuan as fen; None where there is none or it is no amount."""
    if yuan is None or isinstance(yuan, bool):
        return None
    try:
        return fen_from_yuan(Decimal(str(yuan)) if isinstance(yuan, float) else str(yuan).replace(",", ""))
    except NotAnAmount:
        return None


def possible_date(value: object) -> date | str | None:
    """A date, a date with unknown parts as written, or None where it is neither."""
    if isinstance(value, date):
        return value
    found = _PLACEHOLDER.match(unicodedata.normalize("NFKC", str(value or "")).lower())
    if found is None:
        return None
    year, month, day = found.group(1), found.group(2).zfill(2), found.group(3).zfill(2)
    if "x" in f"{year}{month}{day}":
        return f"{year}-{month}-{day}"
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def time_of_day(value: object) -> time | None:
    """The time behind the T of ``2023-04-30T17:30``; None where the day counts in full."""
    found = re.search(r"T([01][0-9]|2[0-3]):([0-5][0-9])", str(value))
    return time(int(found.group(1)), int(found.group(2))) if found else None


def months(value: object) -> int | None:
    """The months of a term in words: ``2年``, ``一年半``, ``18个月``, ``半年``; None where it is something
    else.
    """
    words = re.sub(r"\s", "", str(value))
    if words in {"半年", "0.5年"}:
        return 6
    found = _TERM.fullmatch(words)
    if found is None or found["half"]:
        return None
    number = found["number"].replace("两", "二")
    count = int(number) if number.isdigit() else int(cn2an.cn2an(number, "smart"))
    if "月" in found["unit"]:
        return None if found["rest"] else count
    return count * 12 + (6 if found["rest"] else 0)


def source(cite: object) -> Source | None:
    """The first place of a citation such as ``附件·一1 L7「…」``; the quoted words are left behind."""
    if not cite:
        return None
    found = _CITE.match(text(cite) or "")
    if found is None:
        return None
    line = int(found["line"]) if found["line"] else None
    clause = found["clause"].strip()[:200] or (f"L{line}" if line else "")
    if not clause:
        return None
    return Source(clause=clause, place=Place(line=line) if line else None)


def bare_name(name: str) -> str:
    """A name for comparing: without quotes, spaces and list marks in front, widths folded."""
    folded = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"""[“”„"'‘’「」『』《》〈〉<>\s]""", "", folded)
    return _LEAD.sub("", plain) or plain
