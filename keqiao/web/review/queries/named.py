"""Who and what applications name, for recusal: people by their part, bodies by their role, as the forms say it.

Names are looked up as everywhere (``applications.registered``): picked from the register, else the only unit of that
full name, the only person of that name and day of birth. What is not found stays a name, and a name asks a person.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.conflicts.facts import Part
from keqiao.core.forms.conditions import content
from keqiao.core.forms.naming import everybody_in
from keqiao.core.forms.personal import Block, born_on
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.queries import submissions_with_answers, submitted_answers
from keqiao.web.parties.finding import Born

PARTS = {"leader": Part.LEADER, "supported": Part.LEADER, "team": Part.MEMBER, "mentor": Part.MENTOR}
"""What somebody is in an application, by the role of the block or table in its form."""
NUMBER = "id_number"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person or body as a form names it: ``id`` where it was picked, ``born`` and ``number`` as far as stated."""

    name: str
    id: UUID | None = None
    born: date | None = None
    number: str = ""
    employer: str = ""

    @property
    def key(self) -> Born | None:
        """By what somebody who was not picked is looked up."""
        return (self.name, self.born) if self.id is None and self.name and self.born else None


@dataclass(frozen=True, slots=True)
class Naming:
    """What one application names."""

    people: tuple[tuple[Part, Mention], ...] = ()
    hosts: tuple[Mention, ...] = ()
    partners: tuple[Mention, ...] = ()

    @property
    def bodies(self) -> frozenset[str]:
        """The names of bodies that were typed and not picked, those where its people work among them."""
        typed = {each.name for each in (*self.hosts, *self.partners) if each.id is None}
        return frozenset({*typed, *(each.employer for _part, each in self.people)} - {""})


def named_in(applications: Collection[Any]) -> Mapping[UUID, Naming]:
    """Return whom these applications name as they were submitted last, by id: one query."""
    last = submissions_with_answers([each.pk for each in applications])
    return {each.pk: _naming(each, last[each.pk]) if each.pk in last else Naming() for each in applications}


def _naming(application: Any, submission: Any) -> Naming:
    asked = asked_at(submission.revision_id, application.node).specification
    if asked is None:
        return Naming()
    said = everybody_in(asked, content(asked, submitted_answers(submission, whole=True)))
    return Naming(
        people=tuple(_people(said.people)),
        hosts=tuple(_mention(block) for block in said.units.get("host", ())),
        partners=tuple(_mention(block) for block in said.units.get("partner", ())),
    )


def _people(blocks: Mapping[str, tuple[Block, ...]]) -> Iterator[tuple[Part, Mention]]:
    for role, part in PARTS.items():
        yield from ((part, _mention(block)) for block in blocks.get(role, ()))


def _mention(block: Block) -> Mention:
    return Mention(
        name=_word(block, "name"),
        id=_id(block),
        born=born_on(block),
        number=_word(block, NUMBER),
        employer=_word(block, "employer"),
    )


def _word(block: Block, part: str) -> str:
    return str(block.get(part) or "").strip()


def _id(block: Block) -> UUID | None:
    try:
        return UUID(str(block.get("id")))
    except ValueError:
        return None
