"""What must always hold of parties and regions."""

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import F, Q

from keqiao.core.identifiers import fold
from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.parties.models import (
    FactKind,
    Merge,
    NameKind,
    Organisation,
    OrganisationFact,
    Party,
    PartyName,
    Region,
)
from keqiao.web.parties.pointers import pointers


def check_names() -> Outcome:
    """Check that each party is called what its full name in force says."""
    in_force = Q(kind=NameKind.FULL.value, valid_until__isnull=True)
    right = PartyName.objects.filter(in_force, text=F("party__name")).values("party_id")
    wrong = Party.objects.exclude(pk__in=right).values_list("pk", flat=True)
    return Outcome(Party.objects.count(), tuple(Fault("party.name_differs", str(pk)) for pk in wrong))


def check_folded_names() -> Outcome:
    """Check that each name stands beside the form in which it is compared."""
    rows = PartyName.objects.values_list("party_id", "text", "folded")
    wrong = [party for party, text, folded in rows.iterator() if folded != fold(text)]
    return Outcome(rows.count(), tuple(Fault("party.name_not_folded", str(pk)) for pk in wrong))


def check_facts() -> Outcome:
    """Check that the columns of each organisation say what its facts in force say."""
    in_force: dict[tuple[object, str], str] = {}
    facts = OrganisationFact.objects.filter(valid_until__isnull=True, subject="")
    for pk, kind, value in facts.values_list("organisation_id", "kind", "value").iterator():
        in_force[pk, kind] = value
    units = Organisation.objects.filter(merged_into__isnull=True).select_related("region")
    faults = [
        Fault("organisation.column_differs", f"{unit.pk} {kind}")
        for unit in units.iterator()
        for kind, said in _columns(unit).items()
        if in_force.get((unit.pk, kind), "") != said
    ]
    return Outcome(units.count(), tuple(faults))


def _columns(unit: Organisation) -> dict[str, str]:
    """What the columns that repeat facts say, in the values of facts."""
    return {
        FactKind.KIND.value: unit.kind,
        FactKind.LEVEL.value: unit.level,
        FactKind.REGION.value: unit.region.code if unit.region else "",
        FactKind.LEGAL_PERSON.value: {None: "", True: "yes", False: "no"}[unit.is_legal_person],
    }


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


def check_merges() -> Outcome:
    """Check that merged parties point to the one kept, in one step, and that no row was left behind unseen."""
    rows = list(Merge.objects.filter(undone_at__isnull=True).select_related("gone__merged_into"))
    faults = [fault for row in rows for fault in _merge_faults(row)]
    made = set(Merge.objects.filter(undone_at__isnull=True).values_list("gone_id", flat=True))
    stray = Party.objects.filter(merged_into__isnull=False).exclude(pk__in=made).values_list("pk", flat=True)
    faults += [Fault("merge.without_record", str(pk)) for pk in stray]
    return Outcome(len(rows), tuple(faults))


def _merge_faults(row: Merge) -> Iterator[Fault]:
    into = row.gone.merged_into
    if into is None:
        yield Fault("merge.does_not_point", str(row.gone_id))
    elif into.merged_into_id is not None:
        yield Fault("merge.points_on", str(row.gone_id))
    for pointer in pointers():
        left = row.moved.get(pointer.key, {}).get("left", 0)
        if pointer.rows_of(row.gone_id).count() > left:
            yield Fault("merge.rows_left", f"{row.gone_id} {pointer.key}")


CHECKS: list[tuple[str, Check]] = [
    ("party names", check_names),
    ("compared names", check_folded_names),
    ("facts of organisations", check_facts),
    ("merges", check_merges),
    ("regions", check_regions),
]
