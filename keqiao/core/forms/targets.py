"""Rows of targets: the minima of the category stand fixed, higher values may be promised, own ones added."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.parts import MOST_ROWS, word_of
from keqiao.core.forms.quantities import kept_number, number_of, trimmed
from keqiao.core.forms.simple import LONGEST, refused
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import TargetsField
from keqiao.core.programme.targets import Target

Row = Mapping[str, Any]
AT_MOST = frozenset({"<=", "<"})
"""Comparators that set an upper bound; all others set a lower one: a bare number takes at least as much."""

_LOCKED = ("metric", "op", "unit")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a row promises for a target of the call: its place in the list, and the number (None: none that counts)."""

    target: Target
    row: int | None = None
    value: Decimal | None = None
    typed: Any = None

    @property
    def is_met(self) -> bool:
        """Is the bound of the call kept?"""
        if self.value is None:
            return False
        least = self.target.value
        tests = {"<=": self.value <= least, "<": self.value < least, ">": self.value > least}
        return tests.get(self.target.comparator, self.value >= least)


def target_rows(specification: Specification, rows: Any = None) -> tuple[dict[str, Any], ...]:
    """The rows to show: one for each target of the category in order, then the applicant's own.

    ``rows`` are those answered so far. A row of the call that was not answered yet stands at its bound; ``metric``,
    ``op`` and ``unit`` of such a row are those of the call, whatever was answered.
    """
    answered = _rows(rows)
    by_target = {row.get("target"): row for row in reversed(answered) if _names_a_target(row)}
    ours = tuple(_row(each.fact, by_target.get(each.fact.id)) for each in specification.targets)
    known = {each.fact.id for each in specification.targets}
    return (*ours, *(dict(row) for row in answered if row.get("target") not in known))


def locked(specification: Specification) -> Mapping[str, Target]:
    """The targets of the category by id: what of their rows nobody but the office changes."""
    return {each.fact.id: each.fact for each in specification.targets}


def bound(target: Target) -> str:
    """The bound as printed: ``≥20场``, ``≤50%``."""
    signs = {">=": "≥", "<=": "≤", "==": "", "~": "约", ">": "＞", "<": "＜"}
    return f"{signs[target.comparator]}{said(Decimal(target.value), target.unit)}"


def said(number: Decimal, unit: str | None) -> str:
    """A number with its unit."""
    return trimmed(number) + (unit or "")


def target_faults(field: TargetsField, value: Any, specification: Specification) -> Iterator[Finding]:
    """What is wrong with the rows of targets; ``at`` is (row), (row, part), or nothing for what concerns them all."""
    if not is_empty(value) and not isinstance(value, list | tuple):
        yield refused("form.shape", label=field.label)
        return
    rows: Sequence[Any] = value[:MOST_ROWS] if isinstance(value, list | tuple) else ()
    promises = _promises(specification, rows)
    yield from _of_rows(field, rows, promises)
    for promise in promises.values():
        if promise.target.alternative_group is None:
            yield from (_sourced(fault, promise) for fault in _of_promise(field, promise, specification))
    yield from _of_groups(promises)
    yield from _of_parts(promises)


def _rows(rows: Any) -> list[Row]:
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _names_a_target(row: Row) -> bool:
    return isinstance(row.get("target"), str) and row["target"] != ""


def _row(target: Target, answered: Row | None) -> dict[str, Any]:
    given = answered or {}
    value = given["value"] if not is_empty(given.get("value")) else kept_number(Decimal(target.value))
    row = {"target": target.id, "metric": target.metric, "op": target.comparator, "value": value}
    more = {"unit": target.unit, "basis": given.get("basis")}
    return {**row, **{key: each for key, each in more.items() if not is_empty(each)}}


def _promises(specification: Specification, rows: Sequence[Any]) -> dict[str, Promise]:
    """For each target of the call what the first row that names it promises."""
    found = {each.fact.id: Promise(each.fact) for each in specification.targets}
    for number, row in enumerate(rows):
        name = row.get("target") if isinstance(row, Mapping) else None
        if isinstance(name, str) and name in found and found[name].row is None:
            found[name] = Promise(found[name].target, number, number_of(row.get("value")), row.get("value"))
    return found


def _of_rows(field: TargetsField, rows: Sequence[Any], promises: Mapping[str, Promise]) -> Iterator[Finding]:
    own = 0
    for number, row in enumerate(rows):
        if is_empty(row):
            continue
        if not isinstance(row, Mapping):
            yield replace(refused("form.shape", label=field.label), at=(number,))
        elif not _names_a_target(row):
            own += 1
            yield from (replace(fault, at=(number, *fault.at)) for fault in _own(field, row, number))
        else:
            yield from (replace(fault, at=(number,)) for fault in _of_the_call(row, number, promises))
    if own < field.own_least:
        yield refused("form.own_targets_few", label=field.label, least=field.own_least, has=own)
    if own > field.own_most:
        yield refused("form.own_targets_many", label=field.label, most=field.own_most, has=own)


def _own(field: TargetsField, row: Row, number: int) -> Iterator[Finding]:
    metric = row.get("metric")
    if is_empty(metric) or not isinstance(metric, str):
        missing = refused("form.cell_missing", label=field.label, row=number + 1, column=word_of("metric"))
        yield replace(missing, at=("metric",))
    elif len(metric) > LONGEST["text"]:
        over = len(metric) - LONGEST["text"]
        yield refused("form.text_long", label=field.label, most=LONGEST["text"], has=len(metric), over=over)
    elif number_of(row.get("value")) is None or is_empty(row.get("unit")):
        at = ("value",) if number_of(row.get("value")) is None else ("unit",)
        yield replace(refused("form.own_target_unmeasured", row=number + 1, metric=metric[:80]), at=at)


def _of_the_call(row: Row, number: int, promises: Mapping[str, Promise]) -> Iterator[Finding]:
    promise = promises.get(row["target"])
    if promise is None:
        yield refused("form.target_unknown", row=number + 1)
    elif promise.row != number:
        yield _sourced(refused("form.target_twice", metric=promise.target.metric), promise)
    else:
        target = promise.target
        stated = {"metric": target.metric, "op": target.comparator, "unit": target.unit}
        if any(not is_empty(row.get(key)) and row[key] != stated[key] for key in _LOCKED):
            yield _sourced(refused("form.target_locked", metric=target.metric, least=bound(target)), promise)


def _of_promise(field: TargetsField, promise: Promise, specification: Specification) -> Iterator[Finding]:
    """Is the bound kept? ``at`` is the row, where there is one."""
    target, at = promise.target, () if promise.row is None else (promise.row, "value")
    if promise.value is None:
        if not is_empty(promise.typed):
            shown = {"label": f"{field.label}·{target.metric}", "typed": str(promise.typed)[:40]}
            yield Finding(
                "form.number_unreadable", Weight.REFUSE, {**shown, "unit": target.unit or "—"}, at=at
            )
        elif not target.optional:
            weight = Weight.WARN if target.soft else Weight.REFUSE
            yield Finding(
                "form.target_missing", weight, {"metric": target.metric, "least": bound(target)}, at=at
            )
    elif not promise.is_met:
        yield _below(promise, at, shared=specification.split is not None and target.per is None)


def _below(promise: Promise, at: tuple[str | int, ...], *, shared: bool) -> Finding:
    """A bound that is not kept: soft ones warn; where part of the whole may be asked for, staff settle the share."""
    target = promise.target
    typed, least = said(promise.value or Decimal(0), target.unit), bound(target)
    if target.soft or target.optional or target.comparator == "~":
        values = {"metric": target.metric, "least": least, "typed": typed}
        return Finding("form.target_soft", Weight.WARN, values, at=at)
    if target.comparator in AT_MOST:
        most = said(Decimal(target.value), target.unit)
        return Finding(
            "form.target_above", Weight.REFUSE, {"metric": target.metric, "most": most, "typed": typed}, at=at
        )
    least = said(Decimal(target.value), target.unit)
    code, weight = ("form.target_shared", Weight.ASK) if shared else ("form.target_below", Weight.REFUSE)
    return Finding(code, weight, {"metric": target.metric, "least": least, "typed": typed}, at=at)


def _of_groups(promises: Mapping[str, Promise]) -> Iterator[Finding]:
    """Of alternatives one is enough; a row at nothing is one that was not chosen."""
    groups: dict[str, list[Promise]] = defaultdict(list)
    for promise in promises.values():
        if promise.target.alternative_group is not None:
            groups[promise.target.alternative_group].append(promise)
    for group in groups.values():
        if any(each.is_met for each in group) or all(each.target.optional for each in group):
            continue
        weight = Weight.WARN if all(each.target.soft for each in group) else Weight.REFUSE
        metrics = tuple(f"{each.target.metric}{bound(each.target)}" for each in group)
        at = next(((each.row,) for each in group if each.row is not None), ())
        yield _sourced(Finding("form.target_group_unmet", weight, {"metrics": metrics}, at=at), group[0])


def _of_parts(promises: Mapping[str, Promise]) -> Iterator[Finding]:
    """A part (其中) is not more than the whole it is a part of, where both are counted in one unit."""
    for promise in promises.values():
        whole = promises.get(promise.target.part_of or "")
        if whole is None or whole.target.unit != promise.target.unit:
            continue
        if promise.value is not None and whole.value is not None and promise.value > whole.value:
            values = {
                "metric": promise.target.metric,
                "typed": said(promise.value, promise.target.unit),
                "whole": whole.target.metric,
                "most": said(whole.value, whole.target.unit),
            }
            at = () if promise.row is None else (promise.row, "value")
            yield _sourced(Finding("form.target_part_exceeds", Weight.REFUSE, values, at=at), promise)


def _sourced(fault: Finding, promise: Promise) -> Finding:
    return replace(fault, source=promise.target.source)
