"""Numbers as call documents write them: Arabic with thousands, Chinese, mixed with 万 and 亿."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

CHINESE = "零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,12}}(?:\.\d{{1,6}})?|[{CHINESE}]{{1,12}})"
SCALE = r"(?:百万|千万|[百千万亿])"
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PLAIN = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾", "零零一二三四五六七八九十")
_DIGITS = re.compile(r"^[零一二三四五六七八九]{2,}$")
_VALUES = {**{character: value for value, character in enumerate("零一二三四五六七八九")}, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=4096)
def number(words: str, scale: str = "") -> Decimal | None:
    """Return the value of ``words`` (``1,000``, ``3.5``, ``十五``, ``二〇二二``) times ``scale``, or None."""
    value = _arabic(words) if words[:1].isdigit() else _chinese(words.translate(_PLAIN))
    if value is None:
        return None
    return value * _SCALES.get(scale, 1)


def _arabic(words: str) -> Decimal | None:
    try:
        return Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None


def _chinese(words: str) -> Decimal | None:
    """Read by digits (``二零二二``) or by units (``三十五``, ``一百零三``, ``一千五``); None if in disorder."""
    if _DIGITS.match(words):
        return Decimal("".join(str(_VALUES[digit]) for digit in words))
    total, digit, above = 0, 0, 10_000
    for position, character in enumerate(words):
        if unit := _UNITS.get(character):
            if unit >= above or (not digit and (unit != 10 or position)):
                return None
            total, digit, above = total + (digit or 1) * unit, 0, unit
        elif digit:
            return None
        else:
            digit = _VALUES[character]
    if digit and words[-2:-1] in ("百", "千"):
        digit *= above // 10  # 一千五 is 1500
    return Decimal(total + digit)


def plain_number(number: Decimal) -> int | float:
    """Return an int where the number is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
