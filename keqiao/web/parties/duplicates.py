"""Find parties that may have been registered twice, for a person to look at. Nothing is merged by itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from keqiao.web.parties.models import DistinctPair, NameKind, Organisation, PartyName, Person

MOST = 200
"""Groups looked at for one page; more come when these are settled."""


@dataclass(frozen=True)
class Pair:
    """Two parties that may be one, and why: ``name`` (the same when folded) or ``phone``."""

    first: Any
    second: Any
    why: str

    @property
    def key(self) -> tuple[UUID, UUID]:
        """The ids, the smaller first."""
        return self.first.pk, self.second.pk


def alike_organisations(among: QuerySet[Organisation]) -> list[Pair]:
    """Return pairs of organisations that bear or bore the same name, unless their credit codes say they are two."""
    among = among.filter(merged_into__isnull=True)
    bearers = _bearers(PartyName.objects.filter(party_id__in=among.values("pk")))
    rows = among.in_bulk({pk for group in bearers for pk in group})
    pairs = (Pair(rows[one], rows[other], "name") for one, other in _pairs(bearers))
    return _not_told_apart(pair for pair in pairs if not _both_differ(pair, "credit_code"))


def alike_people(among: QuerySet[Person]) -> list[Pair]:
    """Return pairs of people with one name and one birth date or phone, unless identity numbers say they are two.

    A name alone proposes nobody: thousands are called 张伟.
    """
    among = among.filter(merged_into__isnull=True)
    full = PartyName.objects.filter(party_id__in=among.values("pk"), kind=NameKind.FULL.value)
    bearers = _bearers(full)
    rows = among.in_bulk({pk for group in bearers for pk in group})
    pairs = (Pair(rows[one], rows[other], _shared(rows[one], rows[other])) for one, other in _pairs(bearers))
    return _not_told_apart(pair for pair in pairs if pair.why and not _both_differ(pair, "identity_key"))


def _bearers(names: QuerySet[PartyName]) -> list[list[UUID]]:
    """Groups of parties that share a folded name, biggest groups first."""
    shared = (
        names.exclude(folded="")
        .values("folded")
        .annotate(parties=Count("party_id", distinct=True))
        .filter(parties__gt=1)
        .order_by("-parties", "folded")[:MOST]
    )
    groups: dict[str, set[UUID]] = defaultdict(set)
    for folded, party in names.filter(folded__in=[row["folded"] for row in shared]).values_list(
        "folded", "party_id"
    ):
        groups[folded].add(party)
    return [sorted(group) for group in groups.values()]


def _pairs(groups: Iterable[list[UUID]]) -> Iterator[tuple[UUID, UUID]]:
    return iter(dict.fromkeys(pair for group in groups for pair in combinations(group, 2)))


def _shared(one: Person, other: Person) -> str:
    if one.phone and one.phone == other.phone:
        return "phone"
    return "birth_date" if one.birth_date and one.birth_date == other.birth_date else ""


def _both_differ(pair: Pair, column: str) -> bool:
    first, second = getattr(pair.first, column), getattr(pair.second, column)
    return bool(first and second and first != second)


def _not_told_apart(pairs: Iterable[Pair]) -> list[Pair]:
    found = list(pairs)
    ids = {pk for pair in found for pk in pair.key}
    told = set(DistinctPair.objects.filter(first_id__in=ids).values_list("first_id", "second_id"))
    return [pair for pair in found if pair.key not in told]
