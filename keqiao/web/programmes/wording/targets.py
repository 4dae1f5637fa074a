"""Words what a target says, with the whole grammar of counting: measure, conditions, floors, shares."""

from collections.abc import Iterator
from typing import Any

from keqiao.core.programme.targets import ItemCondition, Measure, Target
from keqiao.readers.fact_kinds import fact_fields, fact_groups, fact_kinds
from keqiao.readers.messages import Language, sentences
from keqiao.web.programmes.wording.rules import BETWEEN, COMMAS, quantity, target_condition

OR = {"zh": "或", "en": " or "}


def target_sentence(target: Target, language: Language) -> str:
    """Return all that a target asks for and how it is counted; words of the document stay as worded."""
    return BETWEEN[language].join(_of_target(target, language))


def measure_sentence(measure: Measure, language: Language) -> str:
    """Return how facts give the number of a target."""
    return BETWEEN[language].join(_of_measure(measure, language))


def _of_target(target: Target, language: Language) -> Iterator[str]:
    yield _say("quantity", language, what=target.metric, quantity=target_condition(target))
    for name in ("per", "scope", "by", "alternative_group"):
        if (stated := getattr(target, name)) is not None:
            yield _say(name, language, **{name: stated})
    if target.measure:
        yield from _of_measure(target.measure, language)
    if target.optional:
        yield _say("optional", language)
    if target.soft:
        yield target.hedge or _say("soft", language)


def _of_measure(measure: Measure, language: Language) -> Iterator[str]:
    kinds = {code: kind.name for code, kind in fact_kinds().items()}
    yield _say(
        measure.kind,
        language,
        facts=_named(kinds, measure.facts, language),
        field=_named(fact_fields(), measure.field or "", language),
        denominator=measure.denominator or "",
    )
    if measure.where:
        yield _say("where", language, where=_conditions(measure.where, language))
    yield from _of_groups(measure, language)
    if cap := measure.share_cap:
        yield _say("share_cap", language, where=_conditions(cap.where, language), percent=cap.percent)


def _of_groups(measure: Measure, language: Language) -> Iterator[str]:
    if measure.each:
        yield _say("each", language, by=_named(fact_groups(), measure.each, language))
    if floor := measure.group_floor:
        yield _say("group_floor", language, by=_named(fact_groups(), floor.by, language), floor=floor.floor)
        if floor.groups is not None:
            yield _say("groups", language, groups=floor.groups)


def _conditions(conditions: tuple[ItemCondition, ...], language: Language) -> str:
    return COMMAS[language].join(_condition(each, language) for each in conditions)


def _condition(condition: ItemCondition, language: Language) -> str:
    of = _named(fact_fields(), condition.of, language)
    if condition.op is None or condition.value is None:
        return _say("among", language, of=of, among=OR[language].join(condition.among))
    said = quantity(condition.op, condition.value, condition.unit)
    return _say("condition", language, of=of, quantity=said)


def _named(names: Any, code: str, language: Language) -> str:
    return str(names[code][language]) if code in names else code


def _say(part: str, language: Language, **values: Any) -> str:
    return sentences()[f"target.{part}"][language].format_map(values)
