"""What rules are told of units and people: their dated facts and ties as they stand on one day, as plain values.

Any number of units or people costs the same queries. Nothing is guessed: what nobody has stated is ``UNKNOWN``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.rules.facts import UNKNOWN, Human, Known, Post, Qualification, Unit
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.parties.models import (
    FactKind,
    Organisation,
    OrganisationFact,
    PartyName,
    Person,
    PersonFact,
    PersonFactKind,
    PersonQualification,
    Region,
    RegionLevel,
    Tie,
    TieKind,
)
from keqiao.web.parties.periods import on_day

ACCOUNT_WORDS = {"normal": "正常", "frozen": "冻结", "closed": "已销户", "none": "未开户"}
"""States of account in the words in which calls ask for them."""
STANDS_FOR = (TieKind.HOST.value, TieKind.SUPERVISOR.value)
ORDINARY_POSTS = {
    TieKind.MEMBER: "会员",
    TieKind.COUNCIL: "理事",
    TieKind.STAFF: "工作人员",
    TieKind.LEGAL_REPRESENTATIVE: "法定代表人",
    TieKind.HEAD: "主要负责人",
    TieKind.VOLUNTEER: "志愿者",
    TieKind.MENTOR: "导师",
    TieKind.LIAISON: "联络人",
    TieKind.EXPERT: "专家",
    TieKind.STATION_EXPERT: "工作站专家",
}
"""What somebody is whose tie names no post, in the words of calls (not of the page: rules compare them)."""
ABOVE = "parent__parent__parent__parent"


@dataclass(frozen=True)
class Gathered:
    """Rows of many units, by unit."""

    facts: Mapping[UUID, Mapping[tuple[str, str], str]]
    areas: Mapping[str, tuple[str, ...]]
    affiliations: Mapping[UUID, frozenset[str]]


def units_on(day: date, ids: Collection[UUID]) -> dict[UUID, Unit]:
    """Return what rules are told of these organisations as they stood on ``day``, in six queries at most.

    ``host`` is None for a kind of body that needs none; ``UNKNOWN`` where a hosted body has no tie to one. Host and
    supervisor are units without hosts and supervisors of their own (``UNKNOWN``). ``affiliations`` are the full and
    short names, in force on that day, of the associations the unit belongs to; unknown where no tie says so.
    Ids of no organisation are left out; a merged unit is answered under its old id with the facts left to it.
    """
    stand_ins = _stand_ins(day, ids)
    everybody = {*ids, *(pk for of in stand_ins.values() for pk in of.values())}
    rows = Organisation.objects.in_bulk(everybody)
    gathered = _gather(day, rows)
    plain = {pk: _unit(row, gathered) for pk, row in rows.items()}
    return {pk: _with_stand_ins(plain, pk, stand_ins.get(pk, {})) for pk in ids if pk in plain}


def humans_on(day: date, ids: Collection[UUID]) -> dict[UUID, Human]:
    """Return what rules are told of these people as they stood on ``day``, in six queries at most.

    ``areas`` are those stated of the person, else those of the unit where the person works. ``posts`` are all ties of
    the person to units; unknown where there are none, because no roll says that somebody is nowhere a member.
    """
    people = Person.objects.in_bulk(list(ids))
    ties = _by_party(Tie.objects.filter(on_day(day), party_id__in=people))
    facts = defaultdict(list)
    for fact in PersonFact.objects.filter(on_day(day), person_id__in=people):
        facts[fact.person_id].append(fact)
    papers = defaultdict(list)
    for paper in PersonQualification.objects.filter(on_day(day), person_id__in=people).order_by("name"):
        papers[paper.person_id].append(Qualification(paper.name, paper.level))
    areas = _areas_of_people(day, facts, ties)
    return {
        pk: Human(
            id=str(pk),
            name=person.name,
            birth_date=person.birth_date or UNKNOWN,
            areas=areas.get(pk, UNKNOWN),
            fields=_fields(facts[pk]),
            posts=tuple(map(_post, ties[pk])) or UNKNOWN,
            qualifications=tuple(papers[pk]) or UNKNOWN,
        )
        for pk, person in people.items()
    }


def _stand_ins(day: date, ids: Collection[UUID]) -> dict[UUID, dict[str, UUID]]:
    ties = Tie.objects.filter(on_day(day), party_id__in=ids, kind__in=STANDS_FOR).order_by("valid_from")
    found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    for tie in ties:
        found[tie.party_id][tie.kind] = tie.organisation_id
    return found


def _gather(day: date, ids: Collection[UUID]) -> Gathered:
    facts: dict[UUID, dict[tuple[str, str], str]] = defaultdict(dict)
    for fact in OrganisationFact.objects.filter(on_day(day), organisation_id__in=ids):
        facts[fact.organisation_id][fact.kind, fact.subject] = fact.value
    codes = {held.get((FactKind.REGION.value, ""), "") for held in facts.values()}
    return Gathered(facts, areas_on(day, codes), _affiliations(day, ids))


def areas_on(day: date, codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return for region codes the names of the areas they lie in, the widest first, the country left out."""
    regions = Region.objects.filter(on_day(day), code__in=codes).select_related(ABOVE)
    return {region.code: tuple(reversed([area.name for area in _upwards(region)])) for region in regions}


def _upwards(region: Region | None) -> Iterable[Region]:
    while region is not None and region.level != RegionLevel.NATION.value:
        yield region
        region = region.parent


def _affiliations(day: date, ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    belongs = Tie.objects.filter(on_day(day), party_id__in=ids, kind=TieKind.AFFILIATION.value)
    pairs = list(belongs.values_list("party_id", "organisation_id"))
    names = defaultdict(set)
    above = {association for _unit_id, association in pairs}
    for party, text in PartyName.objects.filter(on_day(day), party_id__in=above).values_list(
        "party_id", "text"
    ):
        names[party].add(text)
    found: dict[UUID, set[str]] = defaultdict(set)
    for unit, association in pairs:
        found[unit] |= names[association]
    return {unit: frozenset(words) for unit, words in found.items()}


def _unit(row: Organisation, gathered: Gathered) -> Unit:
    held = gathered.facts.get(row.pk, {})

    def stated(kind: FactKind) -> str:
        return held.get((kind.value, ""), "")

    areas = gathered.areas.get(stated(FactKind.REGION))
    return Unit(
        id=str(row.pk),
        name=row.name,
        kind=stated(FactKind.KIND) or UNKNOWN,
        level=cast("Any", stated(FactKind.LEVEL) or UNKNOWN),
        areas=areas if areas is not None else UNKNOWN,
        affiliations=gathered.affiliations.get(row.pk, UNKNOWN),
        traits={name: value == "yes" for (kind, name), value in held.items() if kind == FactKind.TRAIT.value},
        legal_person=_yes_or_no(stated(FactKind.LEGAL_PERSON)),
        account_state=ACCOUNT_WORDS.get(stated(FactKind.ACCOUNT), UNKNOWN),
        registered_on=row.registered_on or UNKNOWN,
    )


def _with_stand_ins(plain: Mapping[UUID, Unit], pk: UUID, found: Mapping[str, UUID]) -> Unit:
    unit = plain[pk]
    needs_none = unit.kind is not UNKNOWN and not organisation_kinds()[str(unit.kind)].is_hosted
    host = found.get(TieKind.HOST.value)
    supervisor = found.get(TieKind.SUPERVISOR.value)
    return replace(
        unit,
        host=plain[host] if host else (None if needs_none else UNKNOWN),
        supervisor=plain[supervisor] if supervisor else UNKNOWN,
    )


def _yes_or_no(value: str) -> Known[bool]:
    return {"yes": True, "no": False}[value] if value else UNKNOWN


def _by_party(ties: QuerySet[Tie]) -> dict[UUID, list[Tie]]:
    found: dict[UUID, list[Tie]] = defaultdict(list)
    for tie in ties.order_by("valid_from", "kind"):
        found[tie.party_id].append(tie)
    return found


def _areas_of_people(
    day: date, facts: Mapping[UUID, list[PersonFact]], ties: Mapping[UUID, list[Tie]]
) -> dict[UUID, tuple[str, ...]]:
    works_at = {
        pk: tie.organisation_id
        for pk, held in ties.items()
        for tie in held
        if tie.kind == TieKind.STAFF.value
    }
    seats = OrganisationFact.objects.filter(
        on_day(day), organisation_id__in=set(works_at.values()), kind=FactKind.REGION.value
    ).values_list("organisation_id", "value")
    by_unit = dict(seats)
    codes = {pk: by_unit[unit] for pk, unit in works_at.items() if unit in by_unit}
    stated = (fact for held in facts.values() for fact in held if fact.kind == PersonFactKind.REGION.value)
    codes |= {fact.person_id: fact.value for fact in stated}
    areas = areas_on(day, set(codes.values()))
    return {pk: areas[code] for pk, code in codes.items() if code in areas}


def _fields(facts: Iterable[PersonFact]) -> Known[frozenset[str]]:
    return frozenset(fact.value for fact in facts if fact.kind == PersonFactKind.FIELD.value) or UNKNOWN


def _post(tie: Tie) -> Post:
    return Post(str(tie.organisation_id), tie.post or ORDINARY_POSTS[TieKind(tie.kind)])
