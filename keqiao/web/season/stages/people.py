"""The stage of people: register them with their facts, papers and posts. The people of one unit, one transaction."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from keqiao.web.parties import actions as parties
from keqiao.web.parties.actions import PersonFactKind, TieKind
from keqiao.web.parties.finding import people_in
from keqiao.web.parties.queries import as_it_is_with, local_day
from keqiao.web.season.stages.scene import SOURCE, Scene
from keqiao.web.season.world import PersonDrawn, World

SINCE = timedelta(days=400)
"""How long people have been what they are."""


def play_people(world: World, scene: Scene) -> Iterator[bool]:
    """Register the people of each unit that has none yet."""
    for unit, people in groupby(world.people, key=lambda person: person.unit):
        drawn = list(people)
        known = people_in(scene.parties[unit].pk)
        if not known:
            _make(drawn, scene)
        else:
            _recall(drawn, known, scene)
        yield not known


@transaction.atomic
def _make(people: Iterable[PersonDrawn], scene: Scene) -> None:
    for person in people:
        scene.parties[person.key] = _register(person, scene)


def _recall(people: Iterable[PersonDrawn], known: Any, scene: Scene) -> None:
    for person in people:
        if person.name in known:
            scene.parties[person.key] = as_it_is_with(known[person.name])


def _register(person: PersonDrawn, scene: Scene) -> Any:
    wanted = parties.PersonDetails(
        person.name, person.birth_date, person.phone, identity_number=person.identity_number
    )
    made = parties.register_person(wanted, **scene.by)
    since = local_day(scene.at) - SINCE
    for kind, value in _facts(person, scene):
        parties.state_person_fact(parties.NewPersonFact(made, kind, value, since, SOURCE), **scene.by)
    for paper in person.papers:
        held = parties.NewQualification(made, paper.name, since, SOURCE, paper.level)
        parties.add_qualification(held, **scene.by)
    unit = scene.parties[person.unit]
    post = parties.NewTie(made, unit, TieKind(person.tie), since, SOURCE, person.post)
    parties.tie(post, **scene.by)
    return made


def _facts(person: PersonDrawn, scene: Scene) -> Iterator[tuple[PersonFactKind, str]]:
    yield PersonFactKind.FIELD, person.field
    region = scene.region(person.area)
    if region is not None and person.tie != TieKind.STAFF:  # staff work where their unit is
        yield PersonFactKind.REGION, region.code
