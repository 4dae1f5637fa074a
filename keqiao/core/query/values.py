"""Turns what was typed behind a key into the key's values, or says what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TypeVar

from keqiao.core.findings import Value
from keqiao.core.money import NotAnAmount, parse_amount
from keqiao.core.query.fields import ORDERED, Choice, Field, Kind, choices_of
from keqiao.core.query.tree import Between, Is, Node
from keqiao.core.workdays import NotADay, parse_days

RANGE = ".."
MOST_SUGGESTIONS = 5
SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**63 - 1  # what both databases can compare with

T = TypeVar("T", int, date)


class Misread(Exception):
    """A value does not fit its key. ``code`` is the sentence, ``suggestions`` are words that would do."""

    def __init__(self, code: str, values: dict[str, Value], suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code, self.values, self.suggestions = code, values, suggestions


@dataclass(frozen=True, slots=True)
class _Span:
    """The ends of an ordered value: the same twice for a number, first and last day for a month."""

    first: int | date
    last: int | date


def compared(field: Field, sign: str, typed: tuple[str, ...]) -> Node:
    """The condition that ``field`` stands in ``sign`` (``:`` for is) to what was typed.

    Raises:
        Misread: a value is none of the key's, or the sign means nothing for it.
    """
    if sign == ":" and len(typed) == 1 and RANGE in typed[0] and field.kind in ORDERED:
        return _range(field, typed[0])
    if sign != ":":
        return _bounded(field, sign, typed)
    if field.kind in ORDERED and len(typed) == 1:
        span = _span(field, typed[0])
        return (
            Is(field, (span.first,)) if isinstance(span.first, int) else Between(field, span.first, span.last)
        )
    if field.kind is Kind.DAY:
        raise Misread("query.one_day", {"key": field.words[0]})
    return Is(field, tuple(dict.fromkeys(_value(field, one) for one in typed)))


def _value(field: Field, typed: str) -> str | int:
    if field.kind is Kind.TEXT:
        return typed
    if field.kind in ORDERED:
        first = _span(field, typed).first
        assert isinstance(first, int)  # noqa: S101  days are refused above; this tells the type checker
        return first
    return _choice(field, typed).code


def _choice(field: Field, typed: str) -> Choice:
    """The choice with this word; else the only one that holds it."""
    choices, word = choices_of(field), typed.casefold()
    exact = [one for one in choices if word == one.code or word in {name.casefold() for name in one.words}]
    holding = [one for one in choices if any(word in name.casefold() for name in one.words)]
    for found in (exact, holding):
        if len(found) == 1:
            return found[0]
    code = "query.value_ambiguous" if holding else "query.value_unknown"
    suggestions = holding or _closest(typed, choices) or list(choices)
    named = tuple(one.words[0] for one in suggestions[:MOST_SUGGESTIONS])
    raise Misread(code, {"key": field.words[0], "typed": typed, "known": "、".join(named)}, named)


def _closest(typed: str, choices: tuple[Choice, ...]) -> list[Choice]:
    words = {word: one for one in choices for word in one.words}
    return [words[word] for word in get_close_matches(typed, words, n=MOST_SUGGESTIONS, cutoff=0.5)]


def _bounded(field: Field, sign: str, typed: tuple[str, ...]) -> Node:
    if field.kind not in ORDERED:
        raise Misread("query.no_order", {"key": field.words[0], "sign": sign})
    if len(typed) != 1:
        raise Misread("query.one_bound", {"key": field.words[0], "sign": sign})
    span = _span(field, typed[0])
    ends: dict[str, Callable[[], Between]] = {
        "<": lambda: Between(field, None, _before(span.first)),
        "<=": lambda: Between(field, None, span.last),
        ">": lambda: Between(field, _after(span.last), None),
        ">=": lambda: Between(field, span.first, None),
    }
    return ends[sign]()


def _range(field: Field, typed: str) -> Between:
    low, _, high = typed.partition(RANGE)
    least = _span(field, low).first if low else None
    most = _span(field, high).last if high else None
    if least is None and most is None:
        raise Misread("query.empty_range", {"key": field.words[0]})
    if isinstance(least, int) and isinstance(most, int):
        turned = least > most
    else:
        turned = isinstance(least, date) and isinstance(most, date) and least > most
    if turned:
        raise Misread("query.range_turned", {"key": field.words[0], "typed": typed}, (f"{high}{RANGE}{low}",))
    return Between(field, least, most)


def _span(field: Field, typed: str) -> _Span:
    try:
        return _READERS[field.kind](typed)
    except (NotADay, NotAnAmount, ValueError) as wrong:
        raise Misread(f"query.no_{field.kind}", {"key": field.words[0], "typed": typed}) from wrong


def _number(typed: str) -> _Span:
    return _sized(int(typed))


def _money(typed: str) -> _Span:
    return _sized(parse_amount(typed))


def _day(typed: str) -> _Span:
    return _Span(*parse_days(typed))


def _sized(number: int) -> _Span:
    if not SMALLEST_INTEGER <= number <= LARGEST_INTEGER:
        raise ValueError(number)
    return _Span(number, number)


_READERS: dict[Kind, Callable[[str], _Span]] = {Kind.NUMBER: _number, Kind.MONEY: _money, Kind.DAY: _day}


def _before(end: int | date) -> int | date:
    return end - 1 if isinstance(end, int) else _day_beside(end, -1)


def _after(end: int | date) -> int | date:
    return end + 1 if isinstance(end, int) else _day_beside(end, 1)


def _day_beside(day: date, step: int) -> date:
    """The next day; the calendar's own ends stay where they are."""
    if day in (date.min, date.max):
        return day
    return day + timedelta(days=step)
