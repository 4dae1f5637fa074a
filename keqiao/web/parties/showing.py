"""How facts, events and pairs are said on pages: words for codes, in the language of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.parties.actions import since_merge
from keqiao.web.parties.actions.facts import MIRRORED
from keqiao.web.parties.models import (
    AccountState,
    FactKind,
    Merge,
    Organisation,
    OrganisationFact,
    Party,
    Person,
    PersonFact,
    PersonFactKind,
    Region,
    RegionLevel,
    TieKind,
)
from keqiao.web.parties.pointers import pointers

YES_OR_NO = {"yes": _("是"), "no": _("否")}
ACTS = {
    "registered": _("登记"),
    "described": _("修改信息"),
    "renamed": _("更名"),
    "tied": _("登记关系"),
    "tie_ended": _("结束关系"),
    "fact_stated": _("登记情况"),
    "fact_corrected": _("更正情况"),
    "fact_ended": _("结束情况"),
    "qualified": _("登记资格证书"),
    "absorbed": _("并入另一条记录"),
    "merged": _("并入其他记录"),
    "merge_undone": _("撤销合并"),
    "value_revealed": _("查看完整号码"),
    "told_apart": _("确认与另一条记录不是同一个"),
}

OF_A_KIND = frozenset({"tied", "fact_stated", "fact_corrected"})
KINDS = {kind.value: kind.label for kinds in (PersonFactKind, FactKind, TieKind) for kind in kinds}
"""Labels of the kinds of fact and tie that events name."""


@dataclass(frozen=True)
class ShownFact:
    """A fact in words. ``can_end``: it may be ended without another that follows it."""

    row: Any
    about: Any
    words: Any
    can_end: bool


@dataclass(frozen=True)
class ShownEvent:
    """An event of the timeline."""

    at: datetime
    words: Any
    reason: str
    who: str = ""


@dataclass(frozen=True)
class ShownMerge:
    """A merge, and what has come since: nothing means that it can be undone."""

    merge: Merge
    since: Any


def kind_label(code: str) -> str:
    """Return the label of a kind of organisation in the language of the page."""
    return organisation_kinds()[code].label(get_language() or "zh-hans")


def level_label(code: str) -> str:
    """Return the label of a level in the language of the page."""
    return str(RegionLevel(code).label)


def facts_of(organisation: Organisation, today: date) -> list[ShownFact]:
    """Return all facts of an organisation, those that hold first, in the order of their kinds."""
    rows = list(organisation.facts.select_related("evidence"))
    regions = _region_names(row.value for row in rows if row.kind == FactKind.REGION.value)
    order = {kind.value: place for place, kind in enumerate(FactKind)}
    rows.sort(key=lambda row: (order[row.kind], row.subject, -row.valid_from.toordinal()))
    shown = [
        ShownFact(
            row,
            f"{FactKind(row.kind).label}：{row.subject}" if row.subject else FactKind(row.kind).label,
            _fact_words(row, regions),
            can_end=FactKind(row.kind) not in MIRRORED and _holds_after(row, today),
        )
        for row in rows
    ]
    return sorted(shown, key=lambda fact: not _holds_after(fact.row, today))


def facts_of_person(person: Person) -> list[ShownFact]:
    """Return all facts of a person, in the order of their kinds, latest first."""
    rows = list(person.facts.select_related("evidence"))
    regions = _region_names(row.value for row in rows if row.kind == PersonFactKind.REGION.value)
    order = {kind.value: place for place, kind in enumerate(PersonFactKind)}
    rows.sort(key=lambda row: (order[row.kind], -row.valid_from.toordinal()))
    return [
        ShownFact(
            row,
            PersonFactKind(row.kind).label,
            regions.get(row.value, row.value) if row.kind == PersonFactKind.REGION.value else row.value,
            can_end=row.valid_until is None,
        )
        for row in rows
    ]


def events_of(events: Iterable[Any]) -> list[ShownEvent]:
    """Return the events of a party, newest first, in words."""
    shown = [ShownEvent(event.at, _event_words(event), event.reason_words) for event in events]
    return shown[::-1]


def _event_words(event: Any) -> str:
    """What was done, and to which kind of fact or tie, if the event says it."""
    words = str(ACTS.get(event.act, event.act))
    about = KINDS.get(event.data.get("kind", ""))
    return f"{words}：{about}" if about and event.act in OF_A_KIND else words


def merges_of(party: Party) -> list[ShownMerge]:
    """Return the merges into ``party`` that stand, each with what has come since."""
    done = Merge.objects.filter(kept_id=party.pk, undone_at__isnull=True).select_related("gone")
    return [ShownMerge(merge, since_merge(merge)) for merge in done]


def sides(pair: tuple[Any, Any]) -> list[tuple[Any, Any, Any, bool]]:
    """Return what is known of both, line by line: about what, the one, the other, and whether they differ."""
    lines = _of_units(pair) if isinstance(pair[0], Organisation) else _of_people(pair)
    counts = [sum(pointer.rows_of(party.pk).count() for pointer in pointers()) for party in pair]
    lines.append((_("关联的记录"), *counts))
    return [(about, one, other, one != other) for about, one, other in lines]


def _of_units(pair: tuple[Any, Any]) -> list[tuple[Any, Any, Any]]:
    def line(about: Any, said: Any) -> tuple[Any, Any, Any]:
        return about, said(pair[0]), said(pair[1])

    return [
        line(_("名称"), lambda unit: unit.name),
        line(_("其他名称"), _other_names),
        line(_("单位类别"), lambda unit: kind_label(unit.kind)),
        line(_("统一社会信用代码"), lambda unit: unit.credit_code or "—"),
        line(_("级别"), lambda unit: unit.get_level_display() or "—"),
        line(_("所在区域"), lambda unit: str(unit.region or "—")),
        line(_("登记日期"), lambda unit: unit.registered_on or "—"),
    ]


def _of_people(pair: tuple[Any, Any]) -> list[tuple[Any, Any, Any]]:
    def line(about: Any, said: Any) -> tuple[Any, Any, Any]:
        return about, said(pair[0]), said(pair[1])

    return [
        line(_("姓名"), lambda person: person.name),
        line(_("身份证号码"), lambda person: str(person.identity_number) or "—"),
        line(_("出生日期"), lambda person: person.birth_date or "—"),
        line(_("手机号码"), lambda person: person.phone or "—"),
        line(_("任职"), lambda person: "、".join(_posts(person)) or "—"),
    ]


def _posts(person: Person) -> list[str]:
    ties = person.ties.select_related("organisation").order_by("-valid_from")[:5]
    return [f"{tie.organisation.name} {tie.post or tie.get_kind_display()}" for tie in ties]


def _other_names(unit: Organisation) -> str:
    names = unit.names.exclude(text=unit.name).values_list("text", flat=True)
    return "、".join(names) or "—"


def _fact_words(row: OrganisationFact, regions: Mapping[str, str]) -> Any:
    kind = FactKind(row.kind)
    if kind is FactKind.REGION:
        return regions.get(row.value, row.value)
    if kind is FactKind.KIND:
        return kind_label(row.value)
    words: dict[FactKind, Mapping[str, Any]] = {
        FactKind.LEVEL: dict(RegionLevel.choices),
        FactKind.ACCOUNT: dict(AccountState.choices),
    }
    return words.get(kind, YES_OR_NO)[row.value]


def _region_names(codes: Iterable[str]) -> dict[str, str]:
    """Return names by code, the latest of each."""
    wanted = set(codes)
    rows = Region.objects.filter(code__in=wanted).order_by("valid_from") if wanted else ()
    return {row.code: f"{row.name}（{row.code}）" for row in rows}


def _holds_after(row: OrganisationFact | PersonFact, day: date) -> bool:
    return row.valid_until is None or row.valid_until >= day
