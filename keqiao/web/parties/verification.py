"""What must always hold of parties and regions."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import F, Q

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.parties.models import NameKind, Party, PartyName, Region


def check_names() -> Outcome:
    """Check that each party is called what its full name in force says."""
    in_force = Q(kind=NameKind.FULL.value, valid_until__isnull=True)
    right = PartyName.objects.filter(in_force, text=F("party__name")).values("party_id")
    wrong = Party.objects.exclude(pk__in=right).values_list("pk", flat=True)
    return Outcome(Party.objects.count(), tuple(Fault("party.name_differs", str(pk)) for pk in wrong))


def check_regions() -> Outcome:
    """Check that no two periods of one code overlap and that the tree has no circle."""
    rows = list(Region.objects.order_by("code", "valid_from"))
    parents = {row.pk: row.parent_id for row in rows}
    circles = [Fault("region.circle", str(row.pk)) for row in rows if _runs_in_circle(row.pk, parents)]
    return Outcome(len(rows), (*_overlaps(rows), *circles))


def _overlaps(rows: list[Region]) -> Iterator[Fault]:
    for earlier, later in pairwise(rows):
        if earlier.code == later.code and (earlier.valid_until or later.valid_from) >= later.valid_from:
            yield Fault("region.periods_overlap", earlier.code)


def _runs_in_circle(start: int, parents: dict[int, int | None]) -> bool:
    seen = set()
    place: int | None = start
    while place is not None:
        if place in seen:
            return True
        seen.add(place)
        place = parents.get(place)
    return False


CHECKS: list[tuple[str, Check]] = [("party names", check_names), ("regions", check_regions)]
