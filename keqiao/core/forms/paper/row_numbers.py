"""Numbers that stand before the rows of a list on paper, in the ways offices write them."""

import re
from typing import Final

import cn2an

_NUMERALS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(
    rf"(?P<before>[（(])(?P<inside>\d{{1,3}}|[{_NUMERALS}]{{1,3}})(?P<after>[）)])"
    rf"|(?P<plain>\d{{1,3}})(?P<dot>[.．、]?)|(?P<circled>[①-⑳])"
)
_FIRST_CIRCLED, _LAST_CIRCLED = ord("①"), ord("⑳")


def is_row_number(text: str) -> bool:
    """Is this only the number of a row: 3, 3. or （3）, （三）, ③?"""
    return _NUMBER.fullmatch(text.strip()) is not None


def row_number_after(text: str, steps: int) -> str:
    """Return the number that stands ``steps`` rows below this one, written alike.

    Raises:
        ValueError: it is no number of a row.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    if found["circled"]:
        circled = ord(found["circled"]) + steps
        return chr(circled) if circled <= _LAST_CIRCLED else str(circled - _FIRST_CIRCLED + 1)
    if found["plain"]:
        return f"{int(found['plain']) + steps}{found['dot']}"
    inside = found["inside"]
    said = str(int(inside) + steps) if inside.isdigit() else _in_numerals(_value(inside) + steps)
    return f"{found['before']}{said}{found['after']}"


def _value(numerals: str) -> int:
    return int(cn2an.cn2an(numerals, "smart"))


def _in_numerals(number: int) -> str:
    """As offices count: 十一, not 一十一."""
    said = str(cn2an.an2cn(number))
    return said.removeprefix("一") if 10 <= number < 20 else said
