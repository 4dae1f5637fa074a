"""What the registers know of parties on a day, as the values that rules are asked about (``core.rules.facts``).

It costs a constant number of queries, however many parties and associations are asked for. Of other associations
one thing counts, and only this: debarments that one shares and another goes by (``SharingPolicy``). Whoever asks
shows the answer of the rules, not these lines.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from keqiao.core.rules.facts import Records
from keqiao.web.parties.finding import areas_of
from keqiao.web.registers.kept import kept_words
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    Incident,
    KeptRegister,
    PlatformAccount,
    Recognition,
    SharingPolicy,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.models.entered import IN_USE, TakenBack
from keqiao.web.registers.models.history import PastKind
from keqiao.web.registers.queries import values
from keqiao.web.scope import crossing


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: which parties, in the registers of which associations, on which day.

    ``areas`` are the ids of the regions of each party: its own and those above it.
    """

    day: date
    parties: frozenset[UUID]
    associations: frozenset[UUID]
    areas: Mapping[UUID, frozenset[int]] = field(default_factory=dict)

    @property
    def regions(self) -> frozenset[int]:
        """All regions of all parties."""
        return frozenset[int]().union(*self.areas.values())


JUDGING = "rules judge whoever applies by all that the association of the call has on record"
"""Why the wall is crossed: a line that an applicant may not see must count, not be missing and pass for "none"."""

Line = tuple[UUID, UUID | int, Any]
"""One line as it is found: the association, the party or region that holds it, the value for the rules."""


def records_on(
    day: date, party_ids: Collection[UUID], association_ids: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], Records]:
    """Return by (association, party) what counts for rules of that association on ``day``.

    A party has what it holds itself, and what the areas hold that it is registered in. Lines that begin after
    ``day`` are left out, and a state is the one of that day, whatever happened since.
    """
    with crossing(JUDGING):
        return _records(_asked(day, party_ids, association_ids))


def records_of_regions(
    day: date, region_ids: Collection[int], association_ids: Collection[UUID]
) -> Mapping[UUID, Records]:
    """Return by association what counts for rules of it of these regions on ``day``, whoever stands in them."""
    regions = frozenset(region_ids)
    if not regions:
        return {association: Records() for association in association_ids}
    asked = Asked(day, frozenset(), frozenset(association_ids), dict.fromkeys(association_ids, regions))
    with crossing(JUDGING):
        found = {name: _by_holder(lines(asked)) for name, lines in SOURCES.items()}
    return {
        association: Records(**{name: _of(found[name], association, association, asked) for name in SOURCES})
        for association in asked.associations
    }


def _records(asked: Asked) -> Mapping[tuple[UUID, UUID], Records]:
    found = {name: _by_holder(lines(asked)) for name, lines in SOURCES.items()}
    kept = _kept(asked)
    return {
        (association, party): Records(
            **{name: _of(found[name], association, party, asked) for name in SOURCES},
            kept=kept.get(association, frozenset()),
        )
        for association in asked.associations
        for party in asked.parties
    }


def together(several: Iterable[Records]) -> Records:
    """Return several records of one association as one, each line once."""
    several = list(several)
    joined: dict[str, Any] = {}
    for name in SOURCES:
        lines = [line for records in several for line in getattr(records, name)]
        joined[name] = tuple({id(line): line for line in lines}.values())
    kept = [records.kept for records in several]
    return Records(**joined, kept=frozenset[str]().union(*kept))


def _asked(day: date, party_ids: Collection[UUID], association_ids: Collection[UUID]) -> Asked:
    return Asked(day, frozenset(party_ids), frozenset(association_ids), areas_of(party_ids))


def _by_holder(lines: Iterable[Line]) -> Mapping[tuple[UUID, UUID | int], list[Any]]:
    found: defaultdict[tuple[UUID, UUID | int], list[Any]] = defaultdict(list)
    for association, holder, value in lines:
        found[association, holder].append(value)
    return found


def _of(found: Any, association: UUID, party: UUID, asked: Asked) -> tuple[Any, ...]:
    holders = (party, *sorted(asked.areas.get(party, ())))
    return tuple(value for holder in holders for value in found.get((association, holder), ()))


def _kept(asked: Asked) -> Mapping[UUID, frozenset[str]]:
    rows = KeptRegister.objects.filter(association_id__in=asked.associations, ended_at=None)
    statements: defaultdict[UUID, list[KeptRegister]] = defaultdict(list)
    for row in rows.select_related("scheme"):
        statements[row.association_id].append(row)
    return {association: kept_words(rows, asked.day) for association, rows in statements.items()}


def _held(asked: Asked) -> Q:
    return Q(association_id__in=asked.associations) & (
        Q(party_id__in=asked.parties) | Q(region_id__in=asked.regions)
    )


def _owned(table: type[TakenBack], asked: Asked, *others: str) -> QuerySet[Any]:
    """Lines of a table whose party is asked for, or one of the ``others`` that it names."""
    parties = Q(party_id__in=asked.parties)
    for name in others:
        parties |= Q(**{f"{name}__in": asked.parties})
    return table.objects.filter(parties, IN_USE, association_id__in=asked.associations)


def _holder(row: Any) -> UUID | int:
    return row.party_id or row.region_id


def _entries(asked: Asked) -> Iterator[Line]:
    rows = Recognition.objects.filter(_held(asked), valid_from__lte=asked.day)
    for row in rows.select_related("scheme", "region").prefetch_related("steps"):
        if entry := values.entry(row, asked.day):
            yield row.association_id, _holder(row), entry


def _debarments(asked: Asked) -> Iterator[Line]:
    """Those of the association itself, and those of others that share theirs where it goes by them."""
    policies = {policy.pk: policy for policy in SharingPolicy.objects.all()}
    sharing = {pk for pk, policy in policies.items() if policy.shares_debarments}
    heeding = {pk for pk in asked.associations if pk in policies and policies[pk].heeds_debarments}
    asked_of = asked.associations | (sharing if heeding else frozenset())
    rows = Debarment.objects.filter(
        party_id__in=asked.parties, association_id__in=asked_of, valid_from__lte=asked.day
    )
    for row in rows.prefetch_related("steps"):
        if (bar := values.debarment(row, asked.day)) is None:
            continue
        if row.association_id in asked.associations:
            yield row.association_id, row.party_id, bar
        if row.association_id in sharing:
            yield from ((other, row.party_id, bar) for other in heeding - {row.association_id})


def _results(asked: Asked) -> Iterator[Line]:
    past = _owned(TrackRecord, asked, "leader_id").filter(kind=PastKind.PROJECT, year__lte=asked.day.year)
    for row in past:
        for party in _asked_of(asked, row.party_id, row.leader_id):
            yield row.association_id, party, values.past_result(row, party, asked.day)
    affairs = _owned(SocietyAffair, asked).filter(on__lte=asked.day).order_by("on")
    yield from ((row.association_id, row.party_id, values.affair_result(row)) for row in affairs)
    yield from _overdue(affairs, asked.day)


def _overdue(affairs: Iterable[SocietyAffair], day: date) -> Iterator[Line]:
    """What was due before ``day`` and has not been done since is unfinished, in the year it was due."""
    last = {(row.association_id, row.party_id, row.kind): row for row in affairs}
    for row in last.values():
        if row.next_due is not None and row.next_due < day:
            yield row.association_id, row.party_id, values.overdue_result(row)


def _holdings(asked: Asked) -> Iterator[Line]:
    rows = _owned(Holding, asked, "person_id").filter(since__lte=asked.day)
    for row in rows.filter(Q(ended_on=None) | Q(ended_on__gt=asked.day)):
        value = values.holding(row)  # one value for unit and person, so that ``together`` keeps it once
        yield from (
            (row.association_id, party, value) for party in _asked_of(asked, row.party_id, row.person_id)
        )


def _asked_of(asked: Asked, *parties: UUID | None) -> Iterator[UUID]:
    return (party for party in dict.fromkeys(parties) if party in asked.parties)


def _incidents(asked: Asked) -> Iterator[Line]:
    rows = Incident.objects.filter(_held(asked), IN_USE, on__lte=asked.day).select_related("region")
    yield from ((row.association_id, _holder(row), values.incident(row)) for row in rows)


def _platforms(asked: Asked) -> Iterator[Line]:
    rows = _owned(PlatformAccount, asked).filter(Q(since=None) | Q(since__lte=asked.day))
    for row in rows.filter(Q(until=None) | Q(until__gte=asked.day)).prefetch_related("counts"):
        yield row.association_id, row.party_id, values.platform(row, asked.day)


SOURCES: Mapping[str, Callable[[Asked], Iterator[Line]]] = {
    "entries": _entries,
    "results": _results,
    "incidents": _incidents,
    "debarments": _debarments,
    "holdings": _holdings,
    "platforms": _platforms,
}
"""Where each part of the records comes from."""
