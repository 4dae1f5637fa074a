"""What the registers know of everybody and every body that recusal is about, as the values of ``core.conflicts``."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.conflicts.facts import Body, Post, Who
from keqiao.web.endorsement.queries import Gave
from keqiao.web.parties.finding import Born, organisations_named, people_born
from keqiao.web.parties.posts import (
    BodyKnown,
    PersonKnown,
    PostHeld,
    bodies_with_ids,
    identity_digest,
    people_with_ids,
    posts_held,
)
from keqiao.web.review.queries.named import Mention, Naming


@dataclass(slots=True)
class Wanted:
    """Whom the registers are asked about: ids of people and bodies, names as they were typed."""

    people: set[UUID] = field(default_factory=set)
    bodies: set[UUID] = field(default_factory=set)
    born: set[Born] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def application(self, row: Any, naming: Naming) -> None:
        """Ask about all who take part in an application."""
        named = [each for _part, each in naming.people]
        self.people |= {each.id for each in named if each.id} | ({row.leader_id} - {None})
        self.born |= {each.key for each in named if each.key}
        self.names |= naming.bodies
        self.bodies |= {row.unit_id, *(each.unit_id for each in row.partners.all())}
        self.bodies |= {each.id for each in (*naming.hosts, *naming.partners) if each.id}

    def opinions(self, given: Iterable[Gave]) -> None:
        """Ask about those who gave an opinion."""
        for each in given:
            self.people |= {each.person_id} - {None}
            self.bodies |= {each.unit_id} - {None}

    def relation(self, row: Any) -> None:
        """Ask about the two sides of a relation."""
        self.people |= {row.expert.person_id, row.person_id} - {None}
        self.bodies |= {row.organisation_id} - {None}


@dataclass(frozen=True, slots=True)
class Known:
    """The answer. ``office`` runs the call: only who works there is its staff, a seat on its council is none."""

    people: Mapping[UUID, PersonKnown]
    bodies: Mapping[UUID, BodyKnown]
    posts: Mapping[UUID, tuple[PostHeld, ...]]
    born: Mapping[Born, UUID]
    names: Mapping[str, UUID]
    office: UUID

    def who(self, person_id: UUID | None, name: str = "", number: str = "") -> Who:
        """Somebody by id, by name where the register does not have them."""
        known = self.people.get(person_id) if person_id else None
        key = known.key if known else ""
        key = key or (identity_digest(number) if number else "")
        return Who(known.name, str(known.id), key) if known else Who(name, key=key)

    def person_of(self, mention: Mention) -> UUID | None:
        """The id of somebody whom a form names, where it is certain."""
        if mention.id is not None:
            return mention.id if mention.id in self.people else None
        return self.born.get(mention.key) if mention.key else None

    def body(self, body_id: UUID) -> Body:
        """A body of the register."""
        known = self.bodies[body_id]
        return Body(known.name, str(known.id), str(known.whole or ""))

    def body_named(self, name: str, body_id: UUID | None = None) -> Body:
        """A body that was picked, else the only one of that full name; a mere name where there is none."""
        found = body_id or self.names.get(name)
        return self.body(found) if found in self.bodies else Body(name)

    def hosts_of(self, body_id: UUID) -> tuple[Body, ...]:
        """The bodies that host a body."""
        known = self.bodies.get(body_id)
        return tuple(self.body(each) for each in known.hosts if each in self.bodies) if known else ()

    def posts_of(self, person_id: UUID | None, *, only_work: bool = False) -> tuple[Post, ...]:
        """The posts of a person."""
        held = self.posts.get(self.people[person_id].id, ()) if person_id in self.people else ()
        return tuple(
            Post(self.body(each.body_id), each.since, each.until)
            for each in held
            if each.is_work or not (only_work or each.body_id == self.office)
        )


def known_of(wanted: Wanted, office: UUID, day: date) -> Known:
    """Ask the registers: a constant number of queries."""
    born = people_born(wanted.born, day) if wanted.born else {}
    names = organisations_named(wanted.names, day)
    people = people_with_ids(_together(wanted.people, born.values()))
    posts = posts_held({each.id for each in people.values()})
    held_in = (post.body_id for held in posts.values() for post in held)
    bodies = dict(bodies_with_ids(_together(wanted.bodies, names.values(), held_in, (office,)), day))
    hosts = {host for each in bodies.values() for host in each.hosts} - bodies.keys()
    bodies |= bodies_with_ids(hosts, day)
    return Known(people, bodies, posts, born, names, office)


def _together(*ids: Iterable[UUID]) -> Collection[UUID]:
    return set[UUID]().union(*ids)
