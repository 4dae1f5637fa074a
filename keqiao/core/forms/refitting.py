"""One answer fitted to a field that has changed: its columns, parts, options, precision, or its kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.quantities import number_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.targets import locked, said
from keqiao.core.forms.typed import read
from keqiao.core.forms.written import written
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    ChoiceField,
    DateField,
    NumberField,
    PeriodField,
    PersonField,
    TableField,
    TargetsField,
    UnitField,
)


@dataclass(frozen=True, slots=True)
class Left:
    """What has no place any more: as it was written, and as it was kept; ``part``: of which column, part or row."""

    text: str
    value: Any
    part: str = ""


@dataclass(frozen=True, slots=True)
class Refitted:
    """The answer in its new shape, what is left over of it, and what to tell."""

    value: Any
    left: tuple[Left, ...] = ()
    moves: tuple[Finding, ...] = ()


def refit(old: AnyField, now: AnyField, new: Specification, value: Any) -> Refitted:
    """Fit the answer to ``old`` to ``now``; ``new`` is the specification that it stands in."""
    if isinstance(now, TableField | PersonField | UnitField) and type(old) is type(now):
        return _parts(old, now, value)
    if isinstance(now, TargetsField) and isinstance(old, TargetsField):
        return _targets(now, new, value)
    return _simple(old, now, value)


def _simple(old: AnyField, now: AnyField, value: Any) -> Refitted:
    """A value of one kind: dates are read again in another precision; where a unit changed, the number stays."""
    if type(old) is not type(now):
        return _reread(old, now, value)
    if isinstance(now, ChoiceField) and isinstance(old, ChoiceField):
        return _choice(old, now, value)
    if isinstance(now, DateField | PeriodField) and getattr(old, "precision", None) != now.precision:
        return _reread(old, now, value)
    if isinstance(now, NumberField) and getattr(old, "unit", None) != now.unit:
        return Refitted(value, (), (_move("form.moved_retyped", now, label=now.label),))
    return Refitted(value)


def _reread(old: AnyField, now: AnyField, value: Any) -> Refitted:
    """Read the printed words into the new field; what they cannot say there is left over."""
    text = written(old, value)
    found = read(now, text)
    if found.faults or is_empty(found.value):
        return Refitted(None, (Left(text, value),), (_move("form.moved_unread", now, label=now.label),))
    moves = (_move("form.moved_retyped", now, label=now.label),)
    lossless = written(now, found.value) == text
    return Refitted(found.value, () if lossless else (Left(text, value),), moves)


def _choice(old: ChoiceField, now: ChoiceField, value: Any) -> Refitted:
    """Options that are gone are left over, and must not turn into words for "other"."""
    if not isinstance(value, list):
        return Refitted(value)
    gone = [each for each in value if each in old.options and each not in now.options]
    gone += [each for each in value if each not in old.options and each not in now.options and not now.other]
    moves = tuple(_move("form.moved_option_removed", now, label=now.label, option=str(each)) for each in gone)
    left = tuple(Left(str(each), [each]) for each in gone)
    return Refitted([each for each in value if each not in gone], left, moves)


def _targets(now: TargetsField, new: Specification, value: Any) -> Refitted:
    """Rows of targets that are gone are left over; the others take the words of the call as they are now."""
    if not isinstance(value, list):
        return Refitted(value)
    known = locked(new)
    kept: list[Any] = []
    left: list[Left] = []
    moves: list[Finding] = []
    for row in value:
        target = (
            known.get(row["target"])
            if isinstance(row, Mapping) and isinstance(row.get("target"), str)
            else None
        )
        if target is not None:
            words = {"metric": target.metric, "op": target.comparator, "unit": target.unit}
            kept.append({**row, **{key: word for key, word in words.items() if word is not None}})
        elif not isinstance(row, Mapping) or is_empty(row.get("target")):
            kept.append(row)
        else:
            number, unit = number_of(row.get("value")), row.get("unit")
            typed = said(number, str(unit or "")) if number is not None else str(row.get("value", ""))
            metric = str(row.get("metric", row["target"]))
            left.append(Left(f"{metric} {typed}", [row]))
            moves.append(_move("form.moved_target_removed", now, metric=metric, typed=typed))
    return Refitted(kept, tuple(left), tuple(moves))


def _parts(old: AnyField, now: AnyField, value: Any) -> Refitted:
    if isinstance(now, TableField) and isinstance(old, TableField):
        return _table(old, now, value)
    if not isinstance(value, Mapping):
        return Refitted(value)
    return _record(old, now, value)


def _table(old: TableField, now: TableField, value: Any) -> Refitted:
    """Row by row; fixed rows go where their label stands now."""
    if not isinstance(value, list):
        return Refitted(value)
    rows = [_record(old, now, row) if isinstance(row, Mapping) else Refitted(row) for row in value]
    left = tuple(part for row in rows for part in row.left)
    told = tuple(_each_once(row.moves for row in rows))
    fitted = [row.value for row in rows]
    if old.rows == now.rows or not old.rows:
        return Refitted(fitted, left, told)
    if not now.rows:
        return Refitted(fitted, left, (*told, _move("form.moved_retyped", now, label=now.label)))
    by_label = dict(zip(old.rows, fitted, strict=False))
    placed = [by_label.pop(label, {}) for label in now.rows]
    gone = [(label, row) for label, row in by_label.items() if not is_empty(row)]
    left += tuple(Left(written(now, [row]), [row], label) for label, row in gone)
    rows_gone = tuple(
        _move("form.moved_part_removed", now, label=now.label, part=label) for label, _row in gone
    )
    return Refitted(placed, left, (*told, *rows_gone))


def _record(old: AnyField, now: AnyField, value: Mapping[str, Any]) -> Refitted:
    """Part by part: by its name, else by its label; of another kind it is read again."""
    before, after = parts_of(old), parts_of(now)
    by_label = {each.label: part for part, each in after.items() if part not in before}
    kept: dict[str, Any] = {key: each for key, each in value.items() if key not in before}
    left: list[Left] = []
    moves: list[Finding] = []
    for part, each in before.items():
        if is_empty(value.get(part)):
            continue
        heir = part if part in after else by_label.get(each.label)
        if heir is None:
            left.append(Left(written(each, value[part]), {part: value[part]}, each.label))
            moves.append(_move("form.moved_part_removed", now, label=now.label, part=each.label))
        else:
            fitted = _simple(each, after[heir], value[part])
            if not is_empty(fitted.value):
                kept[heir] = fitted.value
            left += (replace(each_left, part=each.label) for each_left in fitted.left)
            moves += (_move(move.code, now, label=f"{now.label}·{each.label}") for move in fitted.moves)
    return Refitted(kept, tuple(left), tuple(moves))


def _move(code: str, now: AnyField, **values: Value) -> Finding:
    return Finding(code, Weight.WARN, values, at=(now.id,))


def _plain(move: Finding) -> tuple[Any, ...]:
    return (move.code, tuple(move.values.items()))


def _each_once(groups: Iterator[tuple[Finding, ...]]) -> Iterator[Finding]:
    """What several rows tell alike, once."""
    seen: set[tuple[Any, ...]] = set()
    for group in groups:
        for move in group:
            if _plain(move) not in seen:
                seen.add(_plain(move))
                yield move
