"""Measures that count what nobody can record: unknown kinds of record, fields, groups, words for the window."""

from collections.abc import Iterator

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import ItemCondition, Measure, Target
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation.nodes import Node, nodes

At = tuple[str | int, ...]
Fault = tuple[str, At, dict[str, Value]]
_TOLD_APART = {"sum": True, "distinct": False}
"""Whether the field of this kind of measure has to be a number (True), or has to be none (False)."""


def impossible_measures(
    programme: Programme, words: FactWords, *, for_publication: bool
) -> Iterator[Finding]:
    """Every part of a measure that ``words`` do not know, or that does not fit its field.

    Nothing recorded would ever count: such a measure cannot be published. A window in words of its own can; then a
    person has to say what lies in it.
    """
    refused = Weight.REFUSE if for_publication else Weight.ASK
    for node in nodes(programme):
        for number, target in enumerate(node.terms.targets):
            here = ("targets", number)
            if target.scope and target.scope not in words.scopes:
                fault: Fault = ("programme.scope_unknown", (*here, "scope"), {"scope": target.scope})
                yield _found(node, target, fault, Weight.WARN if for_publication else Weight.ASK)
            for code, at, values in _faults(target, words):
                yield _found(node, target, (code, (*here, "measure", *at), values), refused)


def _found(node: Node, target: Target, fault: Fault, weight: Weight) -> Finding:
    code, at, values = fault
    return node.finding(code, weight, at, source=target.source, metric=target.metric, **values)


def _faults(target: Target, words: FactWords) -> Iterator[Fault]:
    if target.measure is None:
        return
    if target.measure.facts not in words.kinds:
        yield "programme.fact_kind_unknown", ("facts",), {"kind": target.measure.facts}
        return
    yield from _of_fields(target.measure, words)
    yield from _of_groups(target.measure, words)


def _of_fields(measure: Measure, words: FactWords) -> Iterator[Fault]:
    known = words.kinds[measure.facts].fields
    capped = measure.share_cap.where if measure.share_cap else ()
    named: list[tuple[ItemCondition, At]] = [(each, ("where", n)) for n, each in enumerate(measure.where)]
    named += [(each, ("share_cap", "where", n)) for n, each in enumerate(capped)]
    if measure.field is not None and measure.field not in known:
        yield "programme.fact_field_unknown", ("field",), {"field": measure.field}
    elif measure.field is not None and _misfits(measure, words):
        yield "programme.fact_field_misfits", ("field",), {"field": measure.field}
    for condition, at in named:
        if condition.of not in known:
            yield "programme.fact_field_unknown", (*at, "of"), {"field": condition.of}
        elif not _compares(condition, words):
            yield "programme.fact_field_misfits", (*at, "op"), {"field": condition.of}
    if capped and measure.kind not in {"count", "sum"}:
        yield "programme.share_cap_misfits", ("share_cap",), {}


def _misfits(measure: Measure, words: FactWords) -> bool:
    needed = _TOLD_APART.get(measure.kind)
    return needed is not None and words.fields[measure.field or ""].is_number is not needed


def _compares(condition: ItemCondition, words: FactWords) -> bool:
    """Can the field be compared as the condition does: numbers with a number, ranked words with one of them?"""
    field = words.fields[condition.of]
    if condition.among:
        return not field.is_number
    if field.is_number:
        return not isinstance(condition.value, str) and condition.op != "~"
    return condition.op != "~" and condition.value in field.order


def _of_groups(measure: Measure, words: FactWords) -> Iterator[Fault]:
    floor = measure.group_floor.by if measure.group_floor else None
    for group, at in ((measure.each, ("each",)), (floor, ("group_floor", "by"))):
        if group is not None and group not in words.groups:
            yield "programme.fact_group_unknown", at, {"group": group}
