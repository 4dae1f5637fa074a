"""Targets in words: thresholds, ranges, parts of a whole, alternatives, shares."""

from collections.abc import Iterator, Sequence

from keqiao.core.programme.targets import Target
from keqiao.writers.notice.blocks import Pointer, Said, Sentence
from keqiao.writers.notice.figures import figure
from keqiao.writers.notice.plan import Wording

Numbered = tuple[int, Target]
_VERBS = (
    "推动",
    "开展",
    "举办",
    "组织",
    "建立",
    "成立",
    "创建",
    "建设",
    "培育",
    "引进",
    "形成",
    "发布",
    "制作",
    "完成",
)
_BEFORE = {">=": "不少于", "<=": "不超过", "==": "", "~": "约", ">": "超过", "<": "少于"}


def target_sentences(targets: Sequence[Target], at: Pointer, wording: Wording) -> Iterator[Sentence]:
    """One sentence for each target; parts follow their whole, alternatives and the ends of a range share one."""
    for group in _groups(targets):
        yield tuple(_sentence(group, (*at, "targets"), wording))


def _groups(targets: Sequence[Target]) -> list[list[Numbered]]:
    groups: list[list[Numbered]] = []
    for numbered in enumerate(targets):
        home = next((group for group in groups if _belongs(numbered[1], group)), None)
        if home is None:
            groups.append([numbered])
        else:
            home.append(numbered)
    return groups


def _belongs(target: Target, group: Sequence[Numbered]) -> bool:
    first, last = group[0][1], group[-1][1]
    if target.part_of is not None:
        return target.part_of in {known.id for _, known in group}
    if target.alternative_group is not None:
        return first.alternative_group == target.alternative_group
    return _is_range(last, target)


def _is_range(low: Target, high: Target) -> bool:
    """A floor and a cap that differ in nothing else are the two ends of a range."""
    ends = (low.comparator, high.comparator) == (">=", "<=") and low.value <= high.value
    same = ("metric", "unit", "per", "scope", "optional", "alternative_group", "part_of", "hedge")
    return ends and all(getattr(low, key) == getattr(high, key) for key in same)


def _sentence(group: Sequence[Numbered], at: Pointer, wording: Wording) -> Iterator[Said]:
    first = group[0][1]
    lead = f"{_scope_words(first)}{'鼓励' if first.optional else ''}"
    if lead:
        yield Said(lead)
    if len(group) > 1 and first.alternative_group is not None:
        yield from _alternatives(group, at, wording)
        return
    position = 0
    while position < len(group):
        index, target = group[position]
        if position:
            yield Said("，其中" if target.part_of else "，")
        other = group[position + 1] if position + 1 < len(group) else None
        if other is not None and _is_range(target, other[1]):
            yield from _range(target, other[1], ((*at, index), (*at, other[0])))
            position += 2
        else:
            yield Said(_threshold(target, wording), (*at, index))
            position += 1


def _scope_words(target: Target) -> str:
    """The window of counting, where the metric does not begin with it."""
    return target.scope if target.scope and not target.metric.startswith(target.scope) else ""


def _range(low: Target, high: Target, at: tuple[Pointer, Pointer]) -> tuple[Said, Said, Said]:
    """The floor is said by the metric and the lower number, the cap by the upper one: ``每部时长1—3分钟``."""
    return (
        Said(f"{_lead(low)}{low.value}", at[0]),
        Said("—"),
        Said(f"{high.value}{high.unit or ''}", at[1]),
    )


def _alternatives(group: Sequence[Numbered], at: Pointer, wording: Wording) -> Iterator[Said]:
    """``完成不少于3幅科普挂图或2部科普短视频``; what all begin with is said once, as the verb."""
    names = [_name(target) for _, target in group]
    shared = _shared_beginning(names)
    verb = shared if shared.startswith(_VERBS) else ""
    for position, (index, target) in enumerate(group):
        if position:
            yield Said("或")
        number = f"{figure(target.value, wording)}{target.unit or ''}"
        lead = "" if position else f"{verb or '完成'}{target.per or ''}"
        name = names[position].removeprefix(verb)
        yield Said(f"{lead}{_BEFORE[target.comparator]}{number}{name}", (*at, index))


def _shared_beginning(names: Sequence[str]) -> str:
    """What all names begin with (two characters or more, and less than any of them), or an empty string."""
    shortest = min(names, key=len)
    lengths = range(len(shortest) - 1, 1, -1)
    return next((shortest[:n] for n in lengths if all(name.startswith(shortest[:n]) for name in names)), "")


def _name(target: Target) -> str:
    """The metric without the remark that it is part of another: the sentence says so itself."""
    if target.part_of is None:
        return target.metric
    return target.metric.split("（含在", maxsplit=1)[0].removeprefix("其中")


def _lead(target: Target) -> str:
    return f"{target.per or ''}{_name(target)}{target.hedge or ('原则上' if target.soft else '')}"


def _threshold(target: Target, wording: Wording) -> str:
    if target.unit == "%":
        return _share(target)
    templates = {
        ">=": wording.least, "<=": wording.most, "==": wording.exactly, "~": wording.about,
        ">": "{metric}超过{n}{unit}", "<": "{metric}少于{n}{unit}",
    }  # fmt: skip
    number, unit = figure(target.value, wording), target.unit or ""
    return templates[target.comparator].format(metric=_lead(target), n=number, unit=unit)


def _share(target: Target) -> str:
    """A percentage of a named whole (``注册人数达到社区人口的2%``), or of what the metric itself says."""
    words = {">=": "不低于", "<=": "不超过", "==": "达到", "~": "约", ">": "超过", "<": "低于"}[
        target.comparator
    ]
    part, between, whole = _lead(target).partition("占")
    return f"{part}{words}{whole}的{target.value}%" if between and whole else f"{part}{words}{target.value}%"
