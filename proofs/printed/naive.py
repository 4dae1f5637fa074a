"""The grammar of targets, counted naively over records of which everything is known: no index, no spans, no caches."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from keqiao.core.programme.targets import ItemCondition, Target
from keqiao.core.targets import Record, Setting
from proofs.printed.plain import Ask, _spans

RANKS = ("县级", "市级", "省级", "国家级")
SMALLER_IS_BETTER = {"grade"}
PER = {"week": "每周", "month": "每月", "half_year": "每半年", "year": "每年"}


def progress(target: Target, records: Sequence[Record], setting: Setting, whole: Target | None = None) -> str:
    """met, behind, missed or person, all fields of all records being known."""
    good = counted(target, records, setting, whole)
    measure = target.measure
    assert measure is not None
    assert setting.term is not None
    end = min(setting.term.end, target.by or setting.term.end)
    if measure.each:
        groups = _groups(measure.each, good, setting, end)
        return _worst([(_said(target, rows, setting, until), setting.on > until) for rows, until in groups])
    said = [(_said(target, good, setting, end), setting.on > end)]
    if measure.group_floor:
        for rows, until in _groups(measure.group_floor.by, good, setting, end):
            enough = value(target, rows) >= Fraction(measure.group_floor.floor)
            is_over = setting.on > until
            said.append(("met" if enough else "missed" if is_over else "behind", is_over))
    return _worst(said)


def counted(
    target: Target, records: Sequence[Record], setting: Setting, whole: Target | None = None
) -> list[Record]:
    """The records that count."""
    return [record for record in records if _counts(target, record, setting, whole)]


def value(target: Target, rows: Sequence[Record]) -> Fraction:
    """The number over ``rows``, of a ratio its numerator."""
    measure = target.measure
    assert measure is not None
    cap = measure.share_cap
    if cap is not None:
        under = [row for row in rows if all(_meets(each, row) for each in cap.where)]
        others = len(rows) - len(under)
        fitting = [k for k in range(len(under) + 1) if k * 100 <= Fraction(cap.percent) * (others + k)]
        return Fraction(others + max(fitting))
    kind = measure.kind
    if kind == "ratio":
        kind = {"participants": "sum", "organisation": "distinct"}.get(measure.field or "", "count")
    if kind == "count":
        return Fraction(len(rows))
    if kind == "exists":
        return Fraction(1 if len(rows) > 0 else 0)
    if kind == "sum":
        return sum((Fraction(row.values[measure.field or ""]) for row in rows), Fraction(0))  # type: ignore[arg-type]
    return Fraction(len({str(row.values[measure.field or ""]).replace(" ", "").lower() for row in rows}))


def _counts(target: Target, record: Record, setting: Setting, whole: Target | None) -> bool:
    measure = target.measure
    assert measure is not None
    assert setting.term is not None
    is_ours = record.project == setting.project or (
        setting.project in record.shared_with
        and (setting.shares_of_one_payer or record.payer is None or record.payer != setting.payer)
    )
    start, last = record.start, record.end or record.start
    assert start is not None
    assert last is not None
    end = setting.term.end if target.by is None else min(setting.term.end, target.by)
    is_timely = setting.term.start <= start and last <= end
    wanted = [*measure.where, *(whole.measure.where if whole and whole.measure else ())]
    is_proved = record.verified_by is not None and record.has_evidence
    is_it = record.kind == measure.facts and all(_meets(each, record) for each in wanted)
    return is_ours and is_timely and is_proved and is_it


def _meets(condition: ItemCondition, record: Record) -> bool:
    has: Any = record.values[condition.of]
    if condition.among:
        words = has if isinstance(has, tuple) else (has,)
        return any(word in condition.among for word in words)
    wants: Any = condition.value
    if condition.of == "level":
        has, wants = RANKS.index(has), RANKS.index(str(wants))
    if condition.of in SMALLER_IS_BETTER:
        has, wants = -has, -wants
    return _compare(condition.op or "", has, wants)


def _compare(op: str, has: Any, wants: Any) -> bool:
    if op in {">=", "=="}:
        return bool(has >= wants)
    if op == ">":
        return bool(has > wants)
    return bool(has <= wants) if op == "<=" else bool(has < wants)


def _groups(by: str, rows: Sequence[Record], setting: Setting, end: date) -> list[tuple[list[Record], date]]:
    assert setting.term is not None
    if by == "session":
        return [([row], end) for row in rows]
    if by == "county":
        return [
            ([row for row in rows if row.areas["county"] == code], end) for code in setting.areas["county"]
        ]
    days = _spans(PER[by], Ask(setting.term.start, end, setting.on))
    return [([row for row in rows if (row.end or row.start) in span], span[-1]) for span in days]


def _said(target: Target, rows: Sequence[Record], setting: Setting, until: date) -> str:
    found, wants = value(target, rows), Fraction(setting.promised.get(target.id, target.value))
    if target.measure and target.measure.kind == "ratio":
        base = setting.figures.get(target.measure.denominator or "")
        if base is None and found > 0:
            return "person"
        found = found * 100 / Fraction(base or 1)
    if target.comparator == "~":
        if setting.tolerance_percent is None:
            return "met" if found == wants else "person"
        reached = abs(found - wants) <= wants * Fraction(setting.tolerance_percent) / 100
    else:
        reached = _compare(target.comparator, found, wants)
    return "met" if reached else "missed" if setting.on > until else "behind"


def _worst(said: list[tuple[str, bool]]) -> str:
    """An unknown part whose day has passed may have been missed: then nobody says that it is merely behind."""
    words = {word for word, _ in said}
    if "missed" in words:
        return "missed"
    if ("person", True) in said:
        return "person"
    return next((word for word in ("behind", "person") if word in words), "met")
