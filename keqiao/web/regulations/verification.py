"""What must always hold of the library: versions count on without a gap and belong where their regulation does."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from uuid import UUID

from django.db.models import F

from keqiao.web.audit.verification import Check, Fault, Outcome
from keqiao.web.regulations.models import Regulation, Version


def check_versions() -> Outcome:
    """Check that each regulation has versions, counted from 1 without a gap."""
    numbers = Version.objects.order_by("regulation_id", "number").values_list("regulation_id", "number")
    faults = list(_gaps(numbers))
    faults += [
        Fault("regulation.without_version", str(pk))
        for pk in Regulation.objects.filter(versions=None).values_list("pk", flat=True)
    ]
    return Outcome(len(numbers), tuple(faults))


def check_owners() -> Outcome:
    """Check that each version is owned by the association of its regulation."""
    strange = Version.objects.exclude(association_id=F("regulation__association_id"))
    faults = tuple(Fault("version.owner_differs", str(pk)) for pk in strange.values_list("pk", flat=True))
    return Outcome(Version.objects.count(), faults)


def _gaps(numbers: Iterable[tuple[UUID, int]]) -> Iterator[Fault]:
    for regulation, rows in groupby(numbers, key=lambda row: row[0]):
        counted = [number for _regulation, number in rows]
        if counted != list(range(1, len(counted) + 1)):
            yield Fault("version.gap", str(regulation))


CHECKS: list[tuple[str, Check]] = [
    ("versions of regulations", check_versions),
    ("owners of regulations", check_owners),
]
