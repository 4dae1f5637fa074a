"""People and bodies with their posts, as recusal asks for them: who works, holds an office or sits where, since when.

Any number of people or bodies costs the same queries.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.web.parties.finding import with_name
from keqiao.web.parties.models import Organisation, Person, Tie, TieKind
from keqiao.web.parties.periods import on_day

WORK = (TieKind.STAFF.value, TieKind.HEAD.value, TieKind.LEGAL_REPRESENTATIVE.value)
"""Ties of somebody who works in a body."""
SEATS = (TieKind.COUNCIL.value, TieKind.LIAISON.value, TieKind.STATION_EXPERT.value)
"""Ties of somebody who does not work there and still acts for the body."""


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """A person of the register; ``key`` is the keyed digest of the identity number, "" where nobody entered it."""

    id: UUID
    name: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class BodyKnown:
    """A body of the register; ``whole`` is the body that it is a branch of, ``hosts`` those that host it."""

    id: UUID
    name: str
    whole: UUID | None = None
    hosts: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post of a person in a body; ``is_work``: not only a seat."""

    body_id: UUID
    is_work: bool
    since: date | None
    until: date | None


def people_with_ids(ids: Collection[UUID]) -> Mapping[UUID, PersonKnown]:
    """Return the people with these ids; one that was merged away gives the one that is kept."""
    rows = Person.objects.filter(pk__in=ids).select_related("merged_into__person") if ids else ()
    return {row.pk: _person(row) for row in rows}


def _person(row: Any) -> PersonKnown:
    kept = row.merged_into.person if row.merged_into else row
    return PersonKnown(kept.pk, kept.name, kept.identity_key or "")


def bodies_with_ids(ids: Collection[UUID], day: date) -> Mapping[UUID, BodyKnown]:
    """Return the bodies with these ids, with what they were part of and who hosted them on ``day``."""
    if not ids:
        return {}
    rows = Organisation.objects.filter(pk__in=ids).values_list(
        "pk", "name", "merged_into_id", "merged_into__name"
    )
    known = [(pk, kept or pk, other or name) for pk, name, kept, other in rows]
    kinds = (TieKind.BRANCH.value, TieKind.HOST.value)
    ties = Tie.objects.filter(on_day(day), party_id__in={kept for _pk, kept, _name in known}, kind__in=kinds)
    above: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    for party, kind, body in ties.order_by("valid_from", "pk").values_list(
        "party_id", "kind", "organisation_id"
    ):
        above[party, kind].append(body)
    return {pk: _body(kept, name, above) for pk, kept, name in known}


def _body(pk: UUID, name: str, above: Mapping[tuple[UUID, str], list[UUID]]) -> BodyKnown:
    wholes = above.get((pk, TieKind.BRANCH.value), [])
    hosts = above.get((pk, TieKind.HOST.value), [])
    return BodyKnown(pk, name, wholes[0] if wholes else None, tuple(hosts))


def posts_held(person_ids: Collection[UUID]) -> Mapping[UUID, tuple[PostHeld, ...]]:
    """Return every post that these people hold, held or will hold, by person."""
    ties = Tie.objects.filter(party_id__in=person_ids, kind__in=(*WORK, *SEATS))
    rows = ties.order_by("valid_from", "pk").values_list(
        "party_id", "organisation_id", "kind", "valid_from", "valid_until"
    )
    found: dict[UUID, list[PostHeld]] = defaultdict(list)
    for person, body, kind, since, until in rows if person_ids else ():
        found[person].append(PostHeld(body, kind in WORK, since, until))
    return {person: tuple(posts) for person, posts in found.items()}


def people_with_posts_in(word: str) -> QuerySet[Any]:
    """Return the ids of those who hold or held a post in a body that is called so, in part, now or formerly."""
    ties = Tie.objects.filter(with_name(word, "organisation"), kind__in=(*WORK, *SEATS))
    return ties.values("party_id")


def works_at(person_ids: Collection[UUID], day: date) -> Mapping[UUID, tuple[str, ...]]:
    """Return the names of the bodies where these people work on ``day``, by person: one query."""
    ties = Tie.objects.filter(on_day(day), party_id__in=person_ids, kind__in=WORK)
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    for person, name in ties.order_by("valid_from", "pk").values_list("party_id", "organisation__name"):
        found[person][name] = None
    return {person: tuple(names) for person, names in found.items()}


def works_in(person_id: UUID, body_id: UUID, day: date) -> bool:
    """Does a person work in a body on ``day``?"""
    return Tie.objects.filter(
        on_day(day), party_id=person_id, organisation_id=body_id, kind__in=WORK
    ).exists()


def body_with_id(pk: UUID) -> Organisation:
    """Return the organisation with this id. Raises DoesNotExist: there is none."""
    return Organisation.objects.get(pk=pk)


def identity_digest(number: str) -> str:
    """Return the keyed digest of an identity number, which ``PersonKnown.key`` is compared with."""
    field: Any = Person._meta.get_field("identity_key")
    return str(field.digest_of(number))
