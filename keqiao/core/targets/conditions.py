"""Whether a record meets a condition of a measure: yes, no, or unknown because its field is not filled in."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.fact_words import FactField, FactWords
from keqiao.core.programme.targets import ItemCondition
from keqiao.core.targets.keys import key_of_words
from keqiao.core.targets.records import Exact, Record

COMPARE: Mapping[str, Callable[[Exact, Exact], bool]] = {
    ">=": operator.ge,
    "==": operator.ge,  # a bare number takes at least as much
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
AT_MOST = frozenset({"<=", "<"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition made ready: ``holds`` asks it of a record, ``selects`` says that it tells what the record is."""

    stated: ItemCondition
    holds: Callable[[Record], bool | None]
    selects: bool

    def reason(self, record: Record, *, is_unknown: bool) -> Finding:
        """Why ``record`` does not meet it, or why nobody knows."""
        of, has = self.stated.of, _shown(record, self.stated.of)
        if is_unknown:
            return Finding("target_record.unknown", Weight.ASK, {"field": of})
        if self.stated.among:
            values: dict[str, Value] = {"field": of, "has": has, "asked": self.stated.among}
            return Finding("target_record.other", Weight.WARN, values)
        code = "too_much" if self.stated.op in AT_MOST else "too_little"
        bound = f"{self.stated.value}{self.stated.unit or ''}"
        return Finding(f"target_record.{code}", Weight.WARN, {"field": of, "has": has, "bound": bound})


def _unknown(_: Record) -> None:
    """What cannot be compared is not known."""


def ready(where: Iterable[ItemCondition], words: FactWords) -> tuple[Condition, ...]:
    """The conditions, made ready to be asked of many records."""
    return tuple(_ready(condition, words.fields.get(condition.of)) for condition in where)


def _ready(condition: ItemCondition, field: FactField | None) -> Condition:
    if field is None:
        return Condition(condition, _unknown, selects=False)
    if condition.among:
        return Condition(condition, _among(condition), selects=field.selects)
    if field.is_number:
        return Condition(condition, _by_number(condition, field), selects=False)
    return Condition(condition, _by_rank(condition, field), selects=False)


def _among(condition: ItemCondition) -> Callable[[Record], bool | None]:
    wanted, of = frozenset(map(key_of_words, condition.among)), condition.of

    def holds(record: Record) -> bool | None:
        given = record.words(of)
        return not wanted.isdisjoint(map(key_of_words, given)) if given else None

    return holds


def _by_number(condition: ItemCondition, field: FactField) -> Callable[[Record], bool | None]:
    compare, of = COMPARE.get(condition.op or ""), condition.of
    if compare is None or condition.value is None or isinstance(condition.value, str):
        return _unknown
    bound, is_turned = Fraction(condition.value), field.smaller_is_better

    def holds(record: Record) -> bool | None:
        given = record.number(of)
        if given is None:
            return None
        return compare(bound, given) if is_turned else compare(given, bound)

    return holds


def _by_rank(condition: ItemCondition, field: FactField) -> Callable[[Record], bool | None]:
    ranks = {key_of_words(word): rank for rank, word in enumerate(field.order)}
    compare, bound = COMPARE.get(condition.op or ""), ranks.get(key_of_words(str(condition.value)))
    of = condition.of
    if compare is None or bound is None:
        return _unknown

    def holds(record: Record) -> bool | None:
        given = [ranks[key] for key in map(key_of_words, record.words(of)) if key in ranks]
        return any(compare(rank, bound) for rank in given) if given else None

    return holds


def _shown(record: Record, name: str) -> str:
    value = record.values.get(name, "")
    return "、".join(value) if isinstance(value, tuple) else str(value)
