"""What recusal is about, read from the tables, as the values of ``core.conflicts``."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from keqiao.core.conflicts.facts import Application, Body, Expert, Part, Person, Post, Relation, Who
from keqiao.web.endorsement.queries import Gave
from keqiao.web.review import models
from keqiao.web.review.queries.known import Known
from keqiao.web.review.queries.named import Mention, Naming


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read, and the values of the core that it makes."""

    known: Known
    applications: Collection[Any]
    naming: Mapping[UUID, Naming]
    opinions: Mapping[UUID, tuple[Gave, ...]]
    relations: Collection[models.Relation]
    bureaus: Collection[UUID]
    served: Mapping[UUID, frozenset[int]]
    recused: Mapping[UUID, frozenset[str]]

    def offices(self) -> tuple[Body, ...]:
        """The body that runs the call."""
        return (self.known.body(self.known.office),)

    def finance(self) -> tuple[Body, ...]:
        """The bodies that supervise the money."""
        return tuple(self.known.body(each) for each in self.bureaus)

    def expert(self, row: Any) -> Expert:
        """An expert with posts, years of service and what was declared for single applications."""
        return Expert(
            id=str(row.pk),
            who=self.known.who(row.person_id),
            posts=self.known.posts_of(row.person_id),
            served=self.served.get(row.pk, frozenset()),
            declared=self.recused.get(row.pk, frozenset()),
        )

    def relation(self, row: Any) -> Relation:
        """A declared relation."""
        other: Who | Body = self.known.who(row.person_id, row.name)
        if row.organisation_id is not None:
            other = self.known.body(row.organisation_id)
        return Relation(row.kind, self.known.who(row.expert.person_id), other, row.until)

    def application(self, row: Any) -> Application:
        """An application with everybody who takes part in it or gave an opinion on it."""
        given = self.opinions.get(row.pk, ())
        hosts, partners = self._hosts(row), self._partners(row)
        return Application(
            id=str(row.pk),
            call=str(row.call_id),
            category=row.node,
            unit=self.known.body(row.unit_id),
            host=hosts[0] if hosts else None,
            partners=(*partners, *hosts[1:]),
            people=tuple(self._people(row)),
            endorsers=tuple(dict.fromkeys(self.known.body(each.unit_id) for each in given if each.unit_id)),
            endorsing=tuple(dict.fromkeys(self._gave(each) for each in given if each.name)),
        )

    def _hosts(self, row: Any) -> tuple[Body, ...]:
        named = (self._body(each) for each in self.naming[row.pk].hosts)
        return tuple(dict.fromkeys((*named, *self.known.hosts_of(row.unit_id))))

    def _partners(self, row: Any) -> tuple[Body, ...]:
        joined = (self.known.body(each.unit_id) for each in row.partners.all())
        return tuple(dict.fromkeys((*joined, *map(self._body, self.naming[row.pk].partners))))

    def _people(self, row: Any) -> Iterator[Person]:
        named = self.naming[row.pk].people
        leads = [each for part, each in named if part is Part.LEADER]
        for part, mention in named:
            pk = self.known.person_of(mention)
            if pk is None and leads == [mention]:
                pk = row.leader_id
            yield self._person(part, mention, pk)
        if row.leader_id and not leads:
            yield self._person(Part.LEADER, Mention(""), row.leader_id)

    def _person(self, part: Part, mention: Mention, pk: UUID | None) -> Person:
        posts = self.known.posts_of(pk, only_work=True)
        if mention.employer:
            posts = (*posts, Post(self.known.body_named(mention.employer)))
        return Person(self.known.who(pk, mention.name, mention.number), part, posts)

    def _body(self, mention: Mention) -> Body:
        return self.known.body_named(mention.name, mention.id)

    def _gave(self, gave: Gave) -> Who:
        return self.known.who(gave.person_id, gave.name)
