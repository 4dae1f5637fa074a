"""Who endorsed applications or declined to, bodies and people: they judge none of them later."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from keqiao.web.endorsement.models import BatchLine, Endorsement


@dataclass(frozen=True, slots=True)
class Gave:
    """An opinion on an application: of which body, through whom (None: nobody is known)."""

    unit_id: UUID | None
    person_id: UUID | None
    name: str


def opinions_given(application_ids: Collection[UUID]) -> Mapping[UUID, tuple[Gave, ...]]:
    """Return whose opinions were given on each application: endorsed, declined, co-signed, also what was taken back.

    Two queries, however many applications there are. Who may see them was asked before.
    """
    found: dict[UUID, dict[Gave, None]] = defaultdict(dict)
    for application, gave in (*_opinions(application_ids), *_co_signed(application_ids)):
        found[application][gave] = None
    return {application: tuple(given) for application, given in found.items()}


def _opinions(application_ids: Collection[UUID]) -> Iterator[tuple[UUID, Gave]]:
    rows = Endorsement.objects.filter(passage__application_id__in=application_ids).order_by("at", "pk")
    columns = ("passage__application_id", "unit_id", "given_by__person_id", "given_by__display_name")
    yield from _given(rows.values_list(*columns))


def _co_signed(application_ids: Collection[UUID]) -> Iterator[tuple[UUID, Gave]]:
    rows = BatchLine.objects.filter(
        passage__application_id__in=application_ids, batch__decided_by__isnull=False
    ).order_by("batch__decided_at", "pk")
    columns = (
        "passage__application_id",
        "queue__co_signer_id",
        "batch__decided_by__person_id",
        "batch__decided_by__display_name",
    )
    yield from _given(rows.values_list(*columns))


def _given(rows: Any) -> Iterator[tuple[UUID, Gave]]:
    for application, unit, person, name in rows:
        yield application, Gave(unit, person, name or "")
