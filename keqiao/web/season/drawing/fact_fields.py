"""Fills the fields of a drawn record, so that it is what a target asks for and falls short of no other one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import ItemCondition, Measure, Target
from keqiao.core.targets.records import Given
from keqiao.web.season.vocabulary import words as said_in

AT_LEAST, AT_MOST = frozenset({">=", ">", "=="}), frozenset({"<=", "<"})
Values = dict[str, Given]


def where_of(target: Target, targets: Sequence[Target]) -> tuple[ItemCondition, ...]:
    """Return the conditions of a target and of what it is a part of (其中), each once."""
    by_id = {each.id: each for each in targets}
    found: list[ItemCondition] = []
    step: Target | None = target
    while step is not None:
        if step.measure and target.measure and step.measure.facts == target.measure.facts:
            found.extend(each for each in step.measure.where if each not in found)
        step = by_id.get(step.part_of or "")
    return tuple(found)


def filled(
    what: tuple[Measure, Sequence[ItemCondition]],
    number: int,
    given: Mapping[str, Given],
    targets: Sequence[Target],
    words: FactWords,
) -> Values:
    """Return the fields of the record ``number``: the words that are asked for, numbers that every bound takes."""
    measure, where = what
    values = _first(measure.facts, number, words)
    asked: dict[str, tuple[str, ...]] = {}
    for condition in where:
        if condition.among:
            place = number % len(condition.among) if measure.field == condition.of else 0
            asked[condition.of] = (*asked.get(condition.of, ()), condition.among[place])
    for name, said in asked.items():
        values[name] = tuple(dict.fromkeys(said)) if words.fields[name].several else said[0]
    same = [
        each.measure
        for each in targets
        if each.measure and each.measure.facts == measure.facts and _is_of(values, each.measure)
    ]
    bounds = [*where, *(condition for each in same for condition in each.where)]
    bounds += [
        ItemCondition(of=each.measure.field, op=each.comparator, value=each.value)
        for each in targets
        if each.measure in same
        and each.measure
        and each.measure.field
        and _is_item(each.measure, words)
        and each.comparator != "~"
    ]
    for condition in bounds:
        _within(values, condition, words)
    for name, value in given.items():
        wanted = max(_number(value), _number(values.get(name)))
        values[name] = int(wanted) if wanted.denominator == 1 else wanted
    return values


def _first(kind: str, number: int, words: FactWords) -> Values:
    """Every field has something in it: what is unknown would have to be asked."""
    start = said_in("working")["fields"]
    values: Values = {}
    for name in words.kinds[kind].fields:
        value = start[name]
        text = value.format(number=number + 1) if isinstance(value, str) else value
        values[name] = text if not isinstance(text, str) else _said(text, name, words)
    return values


def _said(text: str, name: str, words: FactWords) -> Given:
    return (text,) if words.fields[name].several else text


def _is_of(values: Values, measure: Measure) -> bool:
    """Do the words of the record make it one that the measure looks at?"""
    for condition in measure.where:
        if condition.among:
            has = values.get(condition.of, ())
            if not set(condition.among) & set(has if isinstance(has, tuple) else (has,)):
                return False
    return True


def _is_item(measure: Measure, words: FactWords) -> bool:
    group = words.groups.get(measure.each or "")
    return group is not None and group.of == "item"


def _within(values: Values, condition: ItemCondition, words: FactWords) -> None:
    stated = words.fields.get(condition.of)
    if stated is None or not stated.is_number or condition.value is None or isinstance(condition.value, str):
        return
    bound, has = Fraction(condition.value), _number(values.get(condition.of))
    is_least = (condition.op in AT_LEAST) != stated.smaller_is_better
    if condition.op in AT_LEAST | AT_MOST:
        wanted = max(bound, has) if is_least else min(bound, has)
        values[condition.of] = int(wanted) if wanted.denominator == 1 else wanted


def _number(value: Given | None) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
