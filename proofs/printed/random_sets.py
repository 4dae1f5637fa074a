"""Random targets over random records: every part of the grammar, few values, so that bounds are met often."""

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from keqiao.core.programme.targets import Target
from keqiao.core.targets import Record, Setting, Term

COUNTIES = ("c1", "c2", "c3")
FIELDS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "activity": {
        "kind": ("讲座", "咨询", ("讲座", "咨询"), "展览"),
        "participants": (0, 49, 50, 51, 200, 1_000_000),
        "hours": (1, 3, 4),
        "organisation": ("甲", "甲 ", "乙", "丙", "丁"),
    },
    "attendance": {"role": ("院士", "专家"), "grade": (1, 2, 3), "person": ("王", "李", "张", "赵")},
    "media_report": {
        "level": ("县级", "市级", "省级", "国家级"),
        "topic": ("大赛", "科普日"),
        "views": (0, 10, 1_000_000),
        "link": ("a.cn/1", "a.cn/2", "a.cn/3"),
    },
}
CONDITIONS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "activity": (
        {"of": "kind", "among": ["讲座", "咨询"]},
        {"of": "kind", "among": ["讲座"]},
        {"of": "participants", "op": ">=", "value": 50},
        {"of": "participants", "op": "<", "value": 200},
        {"of": "hours", "op": "==", "value": 3},
        {"of": "hours", "op": "<=", "value": 3},
        {"of": "hours", "op": ">", "value": 3},
    ),
    "attendance": (
        {"of": "role", "among": ["院士"]},
        {"of": "grade", "op": ">=", "value": 2},
        {"of": "grade", "op": "<", "value": 2},
    ),
    "media_report": (
        {"of": "level", "op": ">=", "value": "市级"},
        {"of": "level", "op": "<", "value": "省级"},
        {"of": "topic", "among": ["大赛"]},
    ),
}
SUMS = {"activity": "participants", "media_report": "views"}
NAMES = {"activity": "organisation", "attendance": "person", "media_report": "link"}
EACH = ("session", "week", "month", "half_year", "year", "county")


@dataclass(frozen=True)
class Drawn:
    """A target, what it is a part of, records, and the case."""

    target: Target
    whole: Target | None
    records: tuple[Record, ...]
    setting: Setting


def draw(chance: random.Random) -> Drawn:
    """One random set."""
    kind = chance.choice(list(FIELDS))
    term = _term(chance)
    target = _target(kind, term, chance)
    whole = _whole(target, kind, chance) if target.part_of else None
    records = tuple(_record(number, kind, term, chance) for number in range(chance.randrange(9)))
    setting = Setting(
        project="p",
        on=term.start + timedelta(days=chance.randrange((term.end - term.start).days + 20)),
        term=term,
        areas={"county": COUNTIES},
        figures={"人口": chance.choice([1, 50, 100])} if chance.random() < 0.8 else {},
        promised={"t": chance.choice([1, 2, 3])} if chance.random() < 0.1 else {},
        tolerance_percent=chance.choice([None, 0, 25, 50]),
        payer=chance.choice([None, "市科协"]),
        shares_of_one_payer=chance.random() < 0.5,
    )
    return Drawn(target, whole, records, setting)


def _term(chance: random.Random) -> Term:
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(60))
    return Term(start, start + timedelta(days=chance.choice([5, 13, 20, 65, 200, 364, 400])))


def _target(kind: str, term: Term, chance: random.Random) -> Target:
    measure = _measure(kind, chance)
    values = {"sum": (50, 51, 100, 200, 401), "ratio": (10, 50, 100)}.get(measure["kind"], (1, 2, 3))
    comparator = chance.choice([">=", ">=", ">=", "==", "==", "<=", ">", "<", "~"])
    by = term.start + timedelta(days=chance.randrange(60)) if chance.random() < 0.1 else None
    part = "whole" if chance.random() < 0.2 else None
    return Target.model_validate(
        {
            "id": "t",
            "metric": "指标",
            "comparator": comparator,
            "value": chance.choice(values),
            "by": by and min(by, term.end),
            "part_of": part,
            "measure": measure,
        }
    )


def _measure(kind: str, chance: random.Random) -> dict[str, Any]:
    way = chance.choice(["count", "sum", "distinct", "exists", "ratio"])
    measure: dict[str, Any] = {"kind": way, "facts": kind}
    if way == "sum" and kind not in SUMS:
        measure["kind"] = "count"
    elif way == "sum":
        measure["field"] = SUMS[kind]
    elif way == "distinct":
        measure["field"] = NAMES[kind]
    elif way == "ratio":
        measure["denominator"] = "人口"
        measure |= (
            chance.choice([{}, {"field": chance.choice(["participants", "organisation"])}])
            if kind == "activity"
            else {}
        )
    measure["where"] = chance.sample(CONDITIONS[kind], k=chance.randrange(3))
    if chance.random() < 0.35:
        measure["each"] = chance.choice(EACH)
    elif chance.random() < 0.2 and way != "ratio":
        measure["group_floor"] = {"by": chance.choice(EACH[1:]), "floor": chance.choice([1, 2])}
    if measure["kind"] == "count" and chance.random() < 0.25:
        cap = [chance.choice(CONDITIONS[kind])]
        measure["share_cap"] = {"where": cap, "percent": chance.choice([0, 25, 50, 100])}
    return measure


def _whole(target: Target, kind: str, chance: random.Random) -> Target:
    where = chance.sample(CONDITIONS[kind], k=1)
    measure = {"kind": "count", "facts": kind, "where": where}
    return Target.model_validate({"id": target.part_of, "metric": "总数", "value": 1, "measure": measure})


def _record(number: int, kind: str, term: Term, chance: random.Random) -> Record:
    day = term.start + timedelta(days=chance.randrange(-2, (term.end - term.start).days + 3))
    project = "p" if chance.random() < 0.9 else "q"
    return Record(
        id=f"r{number}",
        kind=kind if chance.random() < 0.95 else chance.choice(list(FIELDS)),
        project=project,
        start=day,
        end=day + timedelta(days=chance.randrange(4)) if chance.random() < 0.2 else None,
        values={name: chance.choice(among) for name, among in FIELDS[kind].items()},
        areas={"county": chance.choice([*COUNTIES, "c9"])},
        payer="市科协",
        shared_with=frozenset(["p"]) if project == "q" and chance.random() < 0.7 else frozenset(),
        verified_by=None if chance.random() < 0.05 else "乙",
        has_evidence=chance.random() > 0.05,
    )


def forgetting(drawn: Drawn, chance: random.Random) -> tuple[Drawn, list[tuple[Record, ...]]]:
    """The same set with up to three things unknown, and the records of every way in which they could be."""
    records, open_cells = list(drawn.records), []
    for _ in range(chance.randrange(1, 4)):
        if records:
            place = chance.randrange(len(records))
            cell = chance.choice(
                [*FIELDS[drawn.target.measure.facts if drawn.target.measure else ""], "day", "county"]
            )
            if (place, cell) not in open_cells:
                open_cells.append((place, cell))
                records[place] = _without(records[place], cell)
    ways = itertools.product(*(list(_could_be(cell, drawn)) for _place, cell in open_cells))
    filled = [_filled(records, open_cells, way) for way in ways]
    return replace(drawn, records=tuple(records)), filled


def _without(record: Record, cell: str) -> Record:
    if cell == "day":
        return replace(record, start=None, end=None)
    if cell == "county":
        return replace(record, areas={})
    return replace(record, values={name: value for name, value in record.values.items() if name != cell})


def _could_be(cell: str, drawn: Drawn) -> Iterator[Any]:
    assert drawn.setting.term is not None
    if cell == "day":
        start, end = drawn.setting.term.start, drawn.setting.term.end
        step = max((end - start).days // 6, 1)
        yield from (start + timedelta(days=n) for n in range(-1, (end - start).days + 2, step))
    elif cell == "county":
        yield from (*COUNTIES, "c9")
    else:
        kind = drawn.target.measure.facts if drawn.target.measure else ""
        yield from FIELDS[kind][cell]
        if cell == NAMES[kind]:
            yield from (f"新{number}" for number in range(3))


def _filled(
    records: Sequence[Record], cells: Sequence[tuple[int, str]], way: Sequence[Any]
) -> tuple[Record, ...]:
    full = list(records)
    for (place, cell), value in zip(cells, way, strict=True):
        record = full[place]
        if cell == "day":
            full[place] = replace(record, start=value)
        elif cell == "county":
            full[place] = replace(record, areas={"county": value})
        else:
            full[place] = replace(record, values={**record.values, cell: value})
    return tuple(full)
