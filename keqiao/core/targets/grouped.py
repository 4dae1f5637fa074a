"""Targets that every group has to reach by itself, and floors of groups besides a total."""

from dataclasses import replace

from keqiao.core.findings import Finding
from keqiao.core.targets.bounds import Bound, exact
from keqiao.core.targets.groups import Group, Grouping, by_area, by_period, items
from keqiao.core.targets.questions import Question, shortfall
from keqiao.core.targets.records import Exact
from keqiao.core.targets.results import GroupResult, Near, Progress, Result, worst


def in_each(question: Question, by: str) -> Result:
    """The result of a target that every session, work, period or area has to reach: the worst group decides.

    Where there is no item yet nothing falls short.
    """
    bound, grouping = question.bound, _grouping(question, by, None)
    groups = tuple(_group_result(question, bound, group) for group in grouping.groups)
    progress = worst([*_parts(groups), _of_the_whole(grouping)])
    value, most = _worst_value(bound, groups), _worst_most(bound, groups)
    left_over = {record.id for record in grouping.left_over}
    counting = tuple(sorted({record.id for record in question.sifted.certain} - left_over))
    return Result(
        target=question.target,
        progress=progress,
        threshold=bound.value,
        value=value,
        most=most,
        shortfall=shortfall(bound, progress, value),
        due=question.due,
        is_over=question.is_over(question.due),
        counting=counting,
        nearly=(*question.sifted.nearly, *_left_over(question, grouping)),
        groups=groups,
        remarks=_remarks(question, grouping),
    )


def with_floor(question: Question, result: Result) -> Result:
    """``result`` of the total, with the floor that every group has to reach besides."""
    floor = question.measure.group_floor
    if floor is None:
        return result
    bound, grouping = Bound(">=", exact(floor.floor)), _grouping(question, floor.by, floor.groups)
    groups = tuple(_group_result(question, bound, group) for group in grouping.groups)
    progress = worst([(result.progress, result.is_over), *_parts(groups), _of_the_whole(grouping)])
    lacking = tuple(finding for finding in _remarks(question, grouping) if finding not in result.remarks)
    return replace(result, progress=progress, groups=groups, remarks=(*result.remarks, *lacking))


def _grouping(question: Question, by: str, count: int | None) -> Grouping:
    group = question.words.groups.get(by)
    if group is None:
        return Grouping((), "group_unknown")
    if group.of == "item":
        return items(question.sifted)
    if group.of == "period":
        return by_period(by, question.sifted, question.window)
    return by_area(by, question.sifted, question.setting, count)


def _group_result(question: Question, bound: Bound, group: Group) -> GroupResult:
    number = question.number(group.certain, group.possible)
    truth = bound.reached(number.span)
    if group.may_fall_away:
        truth = truth or None
    until = group.until or question.due
    progress = question.progress(reached=truth, until=until)
    return GroupResult(group.key, number.least, number.most, progress, until, question.is_over(until))


def _parts(groups: tuple[GroupResult, ...]) -> list[tuple[Progress, bool]]:
    return [(each.progress, each.is_over) for each in groups]


def _of_the_whole(grouping: Grouping) -> tuple[Progress, bool]:
    """Groups that are not known may have been missed."""
    return (Progress.PERSON, True) if grouping.lacks else (Progress.MET, False)


def _worst_value(bound: Bound, groups: tuple[GroupResult, ...]) -> Exact | None:
    values = [each.value for each in groups if each.value is not None]
    return (max if bound.is_cap else min)(values, default=None)


def _worst_most(bound: Bound, groups: tuple[GroupResult, ...]) -> Exact | None:
    known = [each.most for each in groups if each.most is not None]
    if bound.is_cap and len(known) < len(groups):
        return None
    return (max if bound.is_cap else min)(known, default=None)


def _left_over(question: Question, grouping: Grouping) -> tuple[Near, ...]:
    """Why records that meet every condition lie in no group; those that may not count anyway are named already."""
    named = {near.record for near in question.sifted.nearly}
    reason = replace(question.remark("outside_groups"), code="target_record.outside_groups")
    return tuple(Near(record.id, (reason,)) for record in grouping.left_over if record.id not in named)


def _remarks(question: Question, grouping: Grouping) -> tuple[Finding, ...]:
    remarks = question.window.remarks(question.target)
    codes = {each.code for each in remarks}
    if question.measure.kind == "ratio" and question.base is None:
        remarks = (*remarks, question.remark("base_unknown", base=question.measure.denominator))
    if grouping.lacks and f"target_result.{grouping.lacks}" not in codes:
        remarks = (*remarks, question.remark(grouping.lacks))
    return remarks
