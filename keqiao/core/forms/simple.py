"""Faults of one value: words, numbers, amounts, dates, choices, regions; also of the cells of blocks and tables."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.forms.answers import characters
from keqiao.core.forms.marks import OTHER
from keqiao.core.forms.moments import EARLIEST, LATEST, first_day, is_moment, last_day, written_moment
from keqiao.core.forms.quantities import FEN, is_money, number_of, places_of, trimmed, written_money
from keqiao.core.forms.typed import quoted
from keqiao.core.identifiers import Malformed, clean_region_code
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    DateField,
    MoneyField,
    NumberField,
    PeriodField,
    RegionField,
    TextField,
)

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FIGURE = re.compile(
    r"[0-9０-９]|[一二两三四五六七八九十百千]{1,9}[^一二三四五六七八九十]?(?:个|次|场|人|名|项|家|篇|部|期|份|万|亿)"
)
LONGEST = {"text": 1_000, "long_text": 50_000}
"""Characters that a text without a limit of its own may have: more is a slip of pasting."""

WITHOUT_COUNTIES = frozenset({"441900", "442000", "460400", "620200"})
"""Cities that have no counties below them (东莞, 中山, 儋州, 嘉峪关): they stand where a county is wanted."""

Faults = Iterator[Finding]


def simple_faults(field: AnyField, value: Any, label: str) -> Faults:
    """What is wrong with a value that is not empty; ``label`` is what sentences call it. Their ``at`` is left to fill.

    Nothing for kinds that are made of others.
    """
    check = _CHECKS.get(type(field))
    return check(field, value, label) if check is not None else iter(())


def refused(code: str, /, **values: Value) -> Finding:
    """A fault that stops a submission."""
    return Finding(code, Weight.REFUSE, values)


def warned(code: str, /, **values: Value) -> Finding:
    """A fault that a reason lets pass."""
    return Finding(code, Weight.WARN, values)


def asked(code: str, /, **values: Value) -> Finding:
    """Something that staff will look at."""
    return Finding(code, Weight.ASK, values)


def _text(field: TextField, value: Any, label: str) -> Faults:
    if not isinstance(value, str):
        yield refused("form.shape", label=label)
        return
    if _UNPRINTABLE.search(value):
        yield refused("form.text_unprintable", label=label)
    has, most = characters(value), field.max_chars or LONGEST[field.kind]
    if has > most:
        yield refused("form.text_long", label=label, most=most, has=has, over=has - most)
    if field.min_chars is not None and has < field.min_chars:
        yield refused("form.text_short", label=label, least=field.min_chars, has=has)
    if field.needs_data and not _FIGURE.search(value):
        yield warned("form.text_without_figures", label=label)


def _number(field: NumberField, value: Any, label: str) -> Faults:
    number = number_of(value)
    if number is None:
        yield refused(
            "form.number_unreadable", label=label, typed=quoted(field, value), unit=field.unit or "—"
        )
        return
    unit, typed = field.unit or "", trimmed(number) + (field.unit or "")
    if places_of(number) > field.decimals:
        yield refused("form.number_places", label=label, decimals=field.decimals, typed=typed)
    if field.least is not None and number < field.least:
        yield refused("form.number_low", label=label, least=trimmed(Decimal(field.least)) + unit, typed=typed)
    if field.most is not None and number > field.most:
        yield refused("form.number_high", label=label, most=trimmed(Decimal(field.most)) + unit, typed=typed)


def _money(field: MoneyField, value: Any, label: str) -> Faults:
    if not is_money(value):
        yield refused("form.money_unreadable", label=label, typed=quoted(field, value), unit=field.unit)
        return
    typed = written_money(value, field.unit)
    if places_of(Decimal(value) / FEN[field.unit]) > field.decimals:
        yield refused("form.money_places", label=label, unit=field.unit, decimals=field.decimals, typed=typed)
    if field.least_fen is not None and value < field.least_fen:
        yield refused(
            "form.money_low", label=label, least=written_money(field.least_fen, field.unit), typed=typed
        )
    if field.most_fen is not None and value > field.most_fen:
        yield refused(
            "form.money_high", label=label, most=written_money(field.most_fen, field.unit), typed=typed
        )


def _date(field: DateField | PeriodField, value: Any, label: str) -> Faults:
    if not is_moment(value, field.precision):
        code = f"form.date_unreadable_{field.precision}"
        yield refused(code, label=label, typed=quoted(field, value))
    elif not EARLIEST <= first_day(value).year <= LATEST:
        yield refused("form.date_far", label=label, typed=written_moment(value))


def _period(field: PeriodField, value: Any, label: str) -> Faults:
    if not isinstance(value, Mapping):
        yield refused("form.period_unreadable", label=label, typed=quoted(field, value))
        return
    ends = [value.get(end) for end in ("from", "to")]
    if not all(ends):
        yield refused("form.period_open", label=label)
    for end in filter(None, ends):
        yield from _date(field, end, label)
    first, last = (end if is_moment(end, field.precision) else "" for end in ends)
    if first and last and last_day(last) < first_day(first):
        yield refused(
            "form.period_backwards", label=label, begins=written_moment(first), to=written_moment(last)
        )


def _choice(field: ChoiceField, value: Any, label: str) -> Faults:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        yield refused(
            "form.choice_unreadable", label=label, typed=quoted(field, value), options=field.options
        )
        return
    picked = tuple(dict.fromkeys(value))
    free = tuple(each for each in picked if each not in field.options)
    if free and not field.other:
        yield refused("form.choice_strange", label=label, picked="、".join(free)[:80], options=field.options)
    elif len(free) > 1:
        yield refused("form.choice_other_many", label=label, picked=tuple(each[:40] for each in free))
    elif free == (OTHER,):
        yield refused("form.choice_other_empty", label=label)
    elif free:
        yield from _text(_OTHER_WORDS, free[0], label)
    if len(picked) < field.least_picks:
        yield refused("form.choice_few", label=label, least=field.least_picks, has=len(picked))
    if field.most_picks is not None and len(picked) > field.most_picks:
        yield refused("form.choice_many", label=label, most=field.most_picks, has=len(picked))


_OTHER_WORDS = TextField(kind="text", id="other", label=OTHER, max_chars=100)


def _region(field: RegionField, value: Any, label: str) -> Faults:
    try:
        code = clean_region_code(value) if isinstance(value, str) else ""
    except Malformed as malformed:
        yield malformed.finding
        return
    if not code:
        yield refused("form.shape", label=label)
    elif _is_above(code, field.level):
        yield refused("form.region_coarse", label=label, level=f"word.form_level.{field.level}")


def _is_above(code: str, level: str) -> bool:
    """Is the region wider than the level that has to be named?

    A county has six digits that do not end in 00, a township three more that are not 000: statistics fill the codes of
    wider regions up with zeros. A village is inside its township, county and prefecture, a zone inside its own.
    """
    code = code.partition("-")[0]
    if level == "township":
        return code[6:9] in ("", "000")
    if level == "county":
        return code[:6].endswith("00") and code[:6] not in WITHOUT_COUNTIES
    return level == "prefecture" and code[:6].endswith("0000")


_CHECKS: Mapping[type, Callable[[Any, Any, str], Faults]] = {
    TextField: _text,
    NumberField: _number,
    MoneyField: _money,
    DateField: _date,
    PeriodField: _period,
    ChoiceField: _choice,
    RegionField: _region,
}
