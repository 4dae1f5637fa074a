"""Worlds around one printed target: rows just below, at and above its number, and the same as records."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from keqiao.core.programme.targets import ItemCondition, Measure, Target
from keqiao.core.targets import Record, Setting, Term
from proofs.printed.plain import AREAS, EVERY_ONE, LIMITS, Ask, Printed, Row, _spans

COUNTIES = tuple(f"64010{number}" for number in range(1, 7))
AREA_CODES = {"市域": {"city": "410100", "county": "410105"}, "县域": {"city": "410100", "county": "410122"}}
LEVELS = ("国家级", "省级", "市级", "县级", "市科协网站")
PLATFORMS = ("科创中国", "科普中国", "科技志愿服务信息平台", "别的平台")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """One target with its rows and records, and the case for the counter (``ask``) and for the core (``setting``)."""

    printed: Printed
    rows: tuple[Row, ...]
    records: tuple[Record, ...]
    ask: Ask
    setting: Setting


def printed(target: Target) -> Printed:
    """The words and numbers of the target, without its measure."""
    return Printed(
        id=target.id,
        metric=target.metric,
        comparator=target.comparator,
        value=Fraction(target.value),
        unit=target.unit or "",
        per=target.per,
        scope=target.scope,
    )


def ask_for(target: Target, chance: random.Random) -> Ask:
    """A term, a day of judging and a base for percentages, all drawn."""
    start = date(2022, 1, 1) + timedelta(days=chance.randrange(500))
    end = start + timedelta(days=chance.choice([20, 200, 364, 365, 500, 730, 731]))
    today = start + timedelta(days=chance.randrange((end - start).days + 40))
    base = None if chance.random() < 0.1 else Fraction(100 * chance.randint(1, 40))
    if target.relative_to:
        base = Fraction(50)
    places = COUNTIES if target.per == "每县市区" or target.id == "shxljk001.t4" else ()
    places = ("市域", "县域") if target.per == AREAS[1] else places
    return Ask(start, end, today, base, places, chance.choice([None, 10]), start.year)


def world(target: Target, others: Mapping[str, Target], ask: Ask, chance: random.Random) -> World:
    """Draw rows for ``target`` in the case ``ask``, and say the same as records."""
    paper = printed(target)
    rows = [_spoilt(row, paper, ask, chance) for row in _rows(target, paper, ask, chance)]
    chance.shuffle(rows)
    made = tuple(_record(f"{paper.id}-{n}", row, target, others, chance) for n, row in enumerate(rows))
    return World(
        paper, tuple(row for row, _ in made), tuple(record for _, record in made), ask, setting(ask, target)
    )


def setting(ask: Ask, target: Target) -> Setting:
    """The same case for the core."""
    areas = {"city": ("410100",), "county": ("410100",), "area": ("410100", "410122")}
    figures = {}
    if ask.base is not None and target.measure and target.measure.denominator:
        figures = {target.measure.denominator: int(ask.base)}
    return Setting(
        project="p",
        on=ask.today,
        term=Term(ask.start, ask.end),
        year=ask.year,
        areas={**areas, "county": COUNTIES} if ask.places == COUNTIES else areas,
        figures=figures,
        tolerance_percent=ask.tolerance,
    )


def _rows(target: Target, paper: Printed, ask: Ask, chance: random.Random) -> Iterator[Row]:
    if paper.per in EVERY_ONE:
        for _ in range(chance.randrange(4)):
            yield _row(ask.start, paper.value + chance.choice([0, 0, 0, 1, -1, Fraction(-1, 2)]), chance)
    elif ask.places:
        for place in ask.places:
            yield from (
                replace(row, place=place)
                for row in _together(target, paper, paper.value, (ask.start, ask.end), chance)
            )
    elif paper.per in {"每周", "每月", "每半年", "每年"} and paper.id != "kczg002.t1":
        for span in _spans(paper.per, ask):
            yield from _together(target, paper, paper.value, (span[0], span[-1]), chance)
    else:
        asked = paper.value if paper.unit != "%" else paper.value * (ask.base or 100) / 100
        yield from _together(target, paper, asked, (ask.start, ask.end), chance)


def _together(
    target: Target, paper: Printed, asked: Fraction, days: tuple[date, date], chance: random.Random
) -> Iterator[Row]:
    """Rows that come to about ``asked``: one less, just as much, one more."""
    share = Fraction(1, 6) if paper.id == "shxljk001.t4" else Fraction(1)
    total = max(int(asked * share) + chance.choice([-1, 0, 0, 0, 0, 1]), 0)
    measure = target.measure
    assert measure is not None
    in_pieces = measure.kind in {"count", "distinct"} or measure.field in {None, "township"}
    parts = [Fraction(1)] * total if in_pieces else _parts(total, chance)
    for amount in parts:
        day = days[0] + timedelta(days=chance.randrange((days[1] - days[0]).days + 1))
        yield _row(day, amount, chance)
        if measure.kind == "distinct" and chance.random() < 0.02:
            yield _row(day, amount, chance)


def _parts(total: int, chance: random.Random) -> list[Fraction]:
    cuts = sorted(chance.randrange(total + 1) for _ in range(chance.randrange(3)))
    return [Fraction(after - before) for before, after in zip([0, *cuts], [*cuts, total], strict=True)]


def _row(day: date, amount: Fraction, chance: random.Random) -> Row:
    return Row(day, amount, name=f"名{chance.getrandbits(60)}", platform="")


def _spoilt(row: Row, paper: Printed, ask: Ask, chance: random.Random) -> Row:
    """The row as it is, or with one thing about it that may keep it from counting."""
    limits = {what: Fraction(least or most or 0) for what, least, most in LIMITS.get(paper.id, ())}
    row = replace(row, limits=limits)
    spoil = chance.randrange(400)
    spoilt = {
        0: {"is_verified": False},
        1: {"has_evidence": False},
        2: {"is_ours": False},
        3: {"day": ask.start - DAY},
        4: {"day": ask.end + DAY},
        5: {"day": ask.end},
        6: {"day": ask.start},
        7: {"place": "外"} if not ask.places else {},
    }.get(spoil, {})
    if spoil in {8, 9} and limits:
        what, least, most = chance.choice(LIMITS[paper.id])
        off = (
            least - Fraction(1, 2)
            if most is None or (least is not None and spoil == 8)
            else most + Fraction(1, 2)
        )
        spoilt = {"limits": {**limits, what: off}}
    return replace(row, **spoilt)


def _record(
    number: str, row: Row, target: Target, others: Mapping[str, Target], chance: random.Random
) -> tuple[Row, Record]:
    measure = target.measure
    assert measure is not None
    values: dict[str, object] = dict(row.limits)
    for condition in _conditions(target, others):
        if condition.among:
            values[condition.of] = _both(values.get(condition.of), _word(condition, chance))
    if measure.field:
        words = not (isinstance(values.get(measure.field), Fraction) or measure.kind in {"sum", "ratio"})
        values[measure.field] = row.name if words or measure.field == "township" else row.amount
    if measure.field == "kind":
        values["kind"] = _word(measure.where[0], chance)
        row = replace(row, name=str(values["kind"]))
    row = replace(
        row,
        level=str(values.get("level", row.level)),
        platform=str(values.get("platform", "")),
        tag=str(values.get("kind", "")),
    )
    return row, Record(
        id=number,
        kind=measure.facts,
        project="p" if row.is_ours else "another",
        start=row.day,
        values=values,  # type: ignore[arg-type]
        areas=_areas(row, target),
        verified_by="乙" if row.is_verified else None,
        has_evidence=row.has_evidence,
    )


def _conditions(target: Target, others: Mapping[str, Target]) -> Iterator[ItemCondition]:
    step: Target | None = target
    while step is not None and isinstance(step.measure, Measure):
        yield from step.measure.where
        step = others.get(step.part_of or "")


def _word(condition: ItemCondition, chance: random.Random) -> str:
    """One of the words asked for; a level or a platform is now and then another one."""
    if condition.of == "level":
        return chance.choice(LEVELS if chance.random() < 0.1 else condition.among)
    if condition.of == "platform" and chance.random() < 0.02:
        return chance.choice(PLATFORMS)
    return chance.choice(condition.among)


def _both(had: object, word: str) -> str | tuple[str, ...]:
    return word if had in {None, word} else (str(had), word)


def _areas(row: Row, target: Target) -> dict[str, str]:
    if row.place in AREA_CODES:
        return AREA_CODES[row.place]
    if row.place in COUNTIES:
        return {"city": "640100", "county": row.place}
    level = "city" if target.scope == "市域" else "county"
    return {level: "410100" if row.place == "内" else "419900"}


def alternatives(targets: Sequence[Target]) -> dict[str, list[Target]]:
    """The groups of alternatives, by name."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        if target.alternative_group:
            found.setdefault(target.alternative_group, []).append(target)
    return found
