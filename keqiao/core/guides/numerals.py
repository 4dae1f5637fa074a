"""Numbers as call documents write them: Arabic with thousands, Chinese, mixed with 万 and 亿."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import cn2an

CHINESE = "零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,12}}(?:\.\d{{1,6}})?|[{CHINESE}]{{1,12}})"
SCALE = r"(?:百万|千万|[百千万亿])"
_SCALES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_ZEROS = str.maketrans("〇○壹贰叁肆伍陆柒捌玖拾", "零零一二三四五六七八九十")
_DIGITS = re.compile(r"^[零一二三四五六七八九]{2,}$")
_PLAIN = "零一二三四五六七八九"


@lru_cache(maxsize=4096)
def number(words: str, scale: str = "") -> Decimal | None:
    """Return the value of ``words`` (``1,000``, ``3.5``, ``十五``, ``二〇二二``) times ``scale``, or None."""
    value = _arabic(words) if words[:1].isdigit() else _chinese(words.translate(_ZEROS))
    if value is None:
        return None
    return value * _SCALES.get(scale, 1)


def _arabic(words: str) -> Decimal | None:
    try:
        return Decimal(words.replace(",", ""))
    except InvalidOperation:
        return None


def _chinese(words: str) -> Decimal | None:
    if _DIGITS.match(words):
        return Decimal("".join(str(_PLAIN.index(digit)) for digit in words))
    try:
        return Decimal(str(cn2an.cn2an(words, "smart")))
    except ValueError:
        return None
