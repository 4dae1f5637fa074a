"""Targets that contradict each other: floors above caps, parts above wholes, areas against totals."""

from collections.abc import Iterator
from itertools import pairwise

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.facts import Number
from keqiao.core.programme.targets import Target
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation.nodes import Node, nodes

_FLOORS = {">=", ">", "=="}
_CAPS = {"<=", "<"}


def impossible_counts(programme: Programme) -> Iterator[Finding]:
    """All contradictions among the targets of each node, and of parts with their wholes."""
    targets = {target.id: target for node in nodes(programme) for target in node.terms.targets}
    figures = {figure.name: figure.value for figure in programme.base_figures}
    for node in nodes(programme):
        for number, target in enumerate(node.terms.targets):
            at = ("targets", number)
            yield from (_at(node, finding, at) for finding in _alone(node, target))
            yield from (_at(node, finding, at) for finding in _with_its_whole(node, target, targets))
        yield from _ranges(node)
        yield from _areas(node, figures)
        yield from _alternatives(node)


def _at(node: Node, finding: Finding, at: tuple[str | int, ...]) -> Finding:
    return Finding(finding.code, finding.weight, finding.values, finding.source, (*node.at, *at))


def _alone(node: Node, target: Target) -> Iterator[Finding]:
    if target.unit == "%" and target.value > 100:
        yield node.finding(
            "programme.share_above_whole",
            Weight.REFUSE,
            source=target.source,
            metric=target.metric,
            value=str(target.value),
        )
    floor = target.measure.group_floor if target.measure else None
    if floor and floor.groups and floor.floor * floor.groups > target.value:
        yield node.finding(
            "programme.areas_above_total",
            Weight.REFUSE if target.comparator in {"==", *_CAPS} else Weight.WARN,
            source=target.source,
            metric=target.metric,
            each=str(floor.floor),
            areas=str(floor.groups),
            total=str(target.value),
        )


def _with_its_whole(node: Node, target: Target, targets: dict[str, Target]) -> Iterator[Finding]:
    if target.part_of is None:
        return
    seen = {target.id}
    whole = targets[target.part_of]
    step: Target | None = whole
    while step is not None:
        if step.id in seen:
            yield node.finding(
                "programme.part_of_itself", Weight.REFUSE, source=target.source, metric=target.metric
            )
            return
        seen.add(step.id)
        step = targets[step.part_of] if step.part_of else None
    if target.unit == whole.unit and target.comparator in _FLOORS and target.value > whole.value:
        yield node.finding(
            "programme.part_above_whole",
            Weight.WARN,
            source=target.source,
            metric=target.metric,
            part=str(target.value),
            whole=str(whole.value),
        )


def _ranges(node: Node) -> Iterator[Finding]:
    """A floor and a cap on the same thing that leave no number between them."""
    for number, cap in enumerate(node.terms.targets):
        for floor in node.terms.targets:
            same = _thing(cap) == _thing(floor)
            if (
                same
                and cap.comparator in _CAPS
                and floor.comparator in {">=", ">"}
                and floor.value > cap.value
            ):
                yield node.finding(
                    "programme.range_impossible",
                    Weight.REFUSE,
                    ("targets", number),
                    source=cap.source,
                    metric=cap.metric,
                    least=str(floor.value),
                    most=str(cap.value),
                )


def _thing(target: Target) -> tuple[str | None, ...]:
    return target.metric, target.unit, target.per, target.scope


def _areas(node: Node, figures: dict[str, Number]) -> Iterator[Finding]:
    """A total and a number per area have to agree where the number of areas is known: 24 = 6 x 4."""
    for number, each in enumerate(node.terms.targets):
        areas = next((value for name, value in figures.items() if each.per and name in each.per), None)
        if areas is None:
            continue
        for total in node.terms.targets:
            if total.per is None and _same_count(total, each):
                expected = each.value * areas
                if total.value != expected:
                    yield node.finding(
                        "programme.areas_differ",
                        Weight.WARN,
                        ("targets", number),
                        source=each.source,
                        metric=each.metric,
                        each=str(each.value),
                        areas=str(areas),
                        expected=str(expected),
                        total=str(total.value),
                    )


def _same_count(total: Target, each: Target) -> bool:
    """Do both say how many of the same thing, in the same window, in the same sense?"""
    senses = (total.comparator in _FLOORS, each.comparator in _FLOORS)
    same = (total.metric, total.unit, total.scope) == (each.metric, each.unit, each.scope)
    return same and senses[0] == senses[1]


def _alternatives(node: Node) -> Iterator[Finding]:
    """A group of alternatives with one member is no alternative; the words were probably read wrongly."""
    groups = sorted(
        (t.alternative_group, number) for number, t in enumerate(node.terms.targets) if t.alternative_group
    )
    names = [name for name, _ in groups]
    doubled = {first for first, second in pairwise(names) if first == second}
    for name, number in groups:
        if name not in doubled:
            target = node.terms.targets[number]
            yield node.finding(
                "programme.alternative_alone",
                Weight.WARN,
                ("targets", number),
                source=target.source,
                group=name,
                metric=target.metric,
            )
