"""What pages show of judged targets: words, marks and bars, so that templates decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.findings import Source
from keqiao.core.targets import Alternatives, GroupResult, Judgement, Near, Progress, Result
from keqiao.core.targets.records import Exact
from keqiao.readers.fact_kinds import fact_words
from keqiao.readers.record_reasons import say_reason
from keqiao.web.activities.queries import records_with
from keqiao.web.activities.shown import language
from keqiao.web.parties.queries import standing_regions

PROGRESS_WORDS = {
    Progress.MET: gettext_lazy("已达到"),
    Progress.BEHIND: gettext_lazy("进行中"),
    Progress.MISSED: gettext_lazy("未达到"),
    Progress.PERSON: gettext_lazy("待人工认定"),
}
PROGRESS_KINDS = {
    Progress.MET: "done",
    Progress.BEHIND: "active",
    Progress.MISSED: "refuse",
    Progress.PERSON: "warn",
}
COMPARED = {
    ">=": gettext_lazy("不少于"),
    ">": gettext_lazy("多于"),
    "==": gettext_lazy("完成"),
    "<=": gettext_lazy("不超过"),
    "<": gettext_lazy("少于"),
    "~": gettext_lazy("约"),
}
DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RecordNamed:
    """A record behind a target; ``reasons`` say why it does not count."""

    id: str
    number: int
    title: str
    start: date | None
    reasons: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group that has to reach the bound by itself."""

    name: str
    value: str
    progress: str
    kind: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TargetShown:
    """One target on a page. ``bars`` are given to ``c-bars`` with ``most`` and ``mark``."""

    id: str
    metric: str
    asked: str
    progress: str
    kind: str
    value: str
    shortfall: str
    unit: str
    due: date | None
    is_over: bool
    bars: Sequence[tuple[str, float, str]]
    most: float
    mark: float | None
    counting: Sequence[RecordNamed]
    nearly: Sequence[RecordNamed]
    groups: Sequence[GroupShown]
    grouped_by: str
    remarks: Sequence[str]
    source: Source | None
    is_part: bool
    is_soft: bool
    is_optional: bool
    alternative: str


@dataclass(frozen=True, slots=True)
class AlternativesShown:
    """Targets of which one is enough."""

    names: str
    progress: str
    kind: str


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """All targets of a project on a page."""

    targets: Sequence[TargetShown]
    alternatives: Sequence[AlternativesShown]
    progress: str
    kind: str
    met: int


def judgement_shown(judged: Judgement) -> JudgementShown:
    """Return a judgement for a page: two more queries, for the records and the regions that it names."""
    records, regions = _records(judged), _regions(judged)
    metrics = {each.target.id: each.target.metric for each in judged.results}
    return JudgementShown(
        targets=[_target(each, records, regions) for each in judged.results],
        alternatives=[_alternatives(each, metrics) for each in judged.alternatives],
        progress=str(PROGRESS_WORDS[judged.progress]),
        kind=PROGRESS_KINDS[judged.progress],
        met=sum(1 for each in judged.results if each.progress is Progress.MET),
    )


def _records(judged: Judgement) -> Mapping[str, Any]:
    wanted = {
        pk for each in judged.results for pk in (*each.counting, *(near.record for near in each.nearly))
    }
    rows = records_with(wanted).only("number", "title", "start") if wanted else ()
    return {str(row.pk): row for row in rows}


def _regions(judged: Judgement) -> Mapping[str, str]:
    wanted = {group.key for each in judged.results for group in each.groups if group.key.isdigit()}
    rows = standing_regions(wanted) if wanted else ()
    return {row.code: row.name for row in rows}


def _target(result: Result, records: Mapping[str, Any], regions: Mapping[str, str]) -> TargetShown:
    target = result.target
    value = number(result.value)
    reached, mark = _size(result.value), _size(result.threshold)
    words = f"{value or '—'} / {number(result.threshold)} {target.unit or ''}".strip()
    return TargetShown(
        id=target.id,
        metric=target.metric,
        asked=asked_words(result),
        progress=str(PROGRESS_WORDS[result.progress]),
        kind=PROGRESS_KINDS[result.progress],
        value=value,
        shortfall=number(result.shortfall),
        unit=target.unit or "",
        due=result.due,
        is_over=result.is_over,
        bars=[(target.metric, reached or 0, words)],
        most=max(reached or 0, mark or 0, 1),
        mark=mark,
        counting=[_named(pk, records) for pk in result.counting],
        nearly=[_near(near, records) for near in result.nearly],
        groups=[_group(each, regions, records) for each in result.groups],
        grouped_by=_grouped_by(result),
        remarks=[say_reason(each, language()) for each in result.remarks],
        source=target.source,
        is_part=target.part_of is not None,
        is_soft=target.soft,
        is_optional=target.optional,
        alternative=target.alternative_group or "",
    )


def asked_words(result: Result) -> str:
    """Return what a target asks for: not less than 120 forms, in every county."""
    target = result.target
    asked = f"{COMPARED[target.comparator]} {number(result.threshold)} {target.unit or ''}".strip()
    by = _grouped_by(result)
    return f"{by}{asked}" if by and target.measure and target.measure.each else asked


def _grouped_by(result: Result) -> str:
    measure = result.target.measure
    if measure is None:
        return ""
    floor = measure.group_floor
    named = measure.each or (floor.by if floor is not None else None)
    group = fact_words().groups.get(named or "")
    return group.name[language()] if group else ""


def _group(group: GroupResult, regions: Mapping[str, str], records: Mapping[str, Any]) -> GroupShown:
    row = records.get(group.key)
    if row is not None:
        name = f"{row.number} {row.title}"
    elif group.key.startswith("?"):
        name = _("尚未登记的地区")
    else:
        name = regions.get(group.key, group.key)
    return GroupShown(
        name,
        number(group.value) or "—",
        str(PROGRESS_WORDS[group.progress]),
        PROGRESS_KINDS[group.progress],
        group.until,
    )


def _near(near: Near, records: Mapping[str, Any]) -> RecordNamed:
    return _named(near.record, records, [say_reason(each, language()) for each in near.reasons])


def _named(pk: str, records: Mapping[str, Any], reasons: Sequence[str] = ()) -> RecordNamed:
    row = records.get(pk)
    if row is None:
        return RecordNamed(pk, 0, pk, None, reasons)
    return RecordNamed(pk, row.number, row.title, row.start, reasons)


def _alternatives(group: Alternatives, metrics: Mapping[str, str]) -> AlternativesShown:
    names = _(" 或 ").join(metrics[each] for each in group.members)
    return AlternativesShown(names, str(PROGRESS_WORDS[group.progress]), PROGRESS_KINDS[group.progress])


def number(value: Exact | None) -> str:
    """Return an exact number for people: whole, or with two decimals; "" where it is not known."""
    if value is None:
        return ""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(DECIMALS, ROUND_HALF_UP)
    return f"{rounded.normalize():f}"


def _size(value: Exact | None) -> float | None:
    """How long a bar is: drawn only, never judged by."""
    return None if value is None else float(value)


def exact_words(stored: str) -> str:
    """Return an exact number that stands as text (``7/2``) for people."""
    return number(Fraction(stored)) if stored else ""
