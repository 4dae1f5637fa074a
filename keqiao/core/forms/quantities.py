"""Numbers and amounts as people type them, and as they are printed. Exact: nothing is a float, nothing is rounded."""

import re
import unicodedata
from decimal import Decimal
from typing import Any, Literal

from keqiao.core.money import NotAnAmount, parse_amount
from keqiao.core.programme.facts import MOST_DIGITS

FEN: dict[str, int] = {"元": 100, "万元": 1_000_000}
"""Fen in one of the units that forms count money in."""

MoneyUnit = Literal["元", "万元"]

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_NUMBER = re.compile(rf"(-?{_DIGITS})(万|亿)?")
_AMOUNT = re.compile(rf"(?:[¥]|人民币)?({_DIGITS})(亿元|万元|元|亿|万)?(?:整|人民币)?")
_STORED = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{0,5}[1-9]")
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}
MOST_PLACES = 6
LONGEST = 60
"""Characters of a number or an amount as typed, spaces and unit included; what is longer is none."""


class NotANumber(ValueError):
    """The text is no number, or has more digits than can be kept (15, of these 6 behind the point)."""


def parse_number(text: str, unit: str | None = None) -> int | str:
    """The number that was typed, with or without its unit: ``1,200``, ``１２.５``, ``1.2万``, ``200人``.

    A whole number as int, another as the text of its decimal without needless zeros.

    Raises:
        NotANumber: it is something else, or longer than can be kept.
    """
    plain = _plain(text[:LONGEST])
    if unit is not None and plain.endswith(_plain(unit)):
        plain = plain.removesuffix(_plain(unit))
    found = _NUMBER.fullmatch(plain)
    if found is None or len(text) > LONGEST:
        raise NotANumber(text)
    number = Decimal(found[1].replace(",", "")) * _SCALES[found[2] or ""]
    if number.adjusted() >= MOST_DIGITS or number != round(number, MOST_PLACES):
        raise NotANumber(text)
    return kept_number(number)


def kept_number(number: Decimal) -> int | str:
    """A number as answers keep it."""
    if number == number.to_integral_value():
        return int(number)
    return f"{number:f}".rstrip("0")


def number_of(value: Any) -> Decimal | None:
    """The number that an answer keeps; None where it is not kept as answers keep numbers."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MOST_DIGITS:
        return Decimal(value)
    if isinstance(value, str) and _STORED.fullmatch(value):
        return Decimal(value)
    return None


def parse_money(text: str, unit: MoneyUnit = "元") -> int:
    """The fen of an amount; a bare number is in ``unit``: ``5`` of a field in 万元 is 50,000 yuan.

    Raises:
        NotAnAmount: it is something else, negative, or finer than a fen.
    """
    found = _AMOUNT.fullmatch(_plain(text[:LONGEST]))
    if found is None or len(text) > LONGEST:
        raise NotAnAmount(text)
    return parse_amount(found[1] + (found[2] or unit))


def is_money(value: Any) -> bool:
    """Is it an amount as answers keep it: a whole number of fen, not below nothing?"""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**MOST_DIGITS


def in_unit(fen: int, unit: MoneyUnit) -> str:
    """The exact number of an amount in ``unit``: ``5``, ``0.000001``."""
    return trimmed(Decimal(fen) / FEN[unit])


def written_money(fen: int, unit: MoneyUnit) -> str:
    """The exact amount in ``unit`` as printed: ``5万元``, ``12.5元``."""
    return in_unit(fen, unit) + unit


def trimmed(number: Decimal) -> str:
    """A number without needless zeros: ``12.5``, ``3``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_of(number: Decimal) -> int:
    """How many digits stand behind the point."""
    return max(0, -int(number.normalize().as_tuple().exponent))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("−", "-")
