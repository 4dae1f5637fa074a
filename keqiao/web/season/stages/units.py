"""The stage of units: register them, state their facts, tie them to one another. One unit, one transaction."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from keqiao.web.parties import actions as parties
from keqiao.web.parties.actions import FactKind, TieKind
from keqiao.web.parties.finding import ORGANISATION, parties_called
from keqiao.web.parties.queries import as_it_is
from keqiao.web.season.stages.scene import SOURCE, Scene
from keqiao.web.season.world import UnitDrawn, World


def play_units(world: World, scene: Scene) -> Iterator[bool]:
    """Register the units of the world that nobody of this name is yet."""
    for unit in world.everybody:
        known = parties_called(unit.name, ORGANISATION)
        scene.parties[unit.key] = as_it_is(known[0]) if known else _make(unit, scene)
        yield not known


@transaction.atomic
def _make(unit: UnitDrawn, scene: Scene) -> Any:
    wanted = parties.NewOrganisation(
        name=unit.name,
        kind=unit.kind,
        credit_code=unit.credit_code,
        level=unit.level,
        region=scene.region(unit.area),
        registered_on=unit.registered_on,
        is_legal_person=unit.legal,
        source=SOURCE,
    )
    made = parties.register_organisation(wanted, **scene.by)
    _facts(made, unit, scene)
    _ties(made, unit, scene)
    return made


def _facts(made: Any, unit: UnitDrawn, scene: Scene) -> None:
    stated = [(FactKind.ACCOUNT, "", unit.account)] if unit.account else []
    stated += [(FactKind.TRAIT, name, "yes" if said else "no") for name, said in unit.traits.items()]
    for kind, subject, value in stated:
        fact = parties.NewFact(made, kind, value, unit.registered_on, SOURCE, subject)
        parties.state_fact(fact, **scene.by)


def _ties(made: Any, unit: UnitDrawn, scene: Scene) -> None:
    others = {
        TieKind.AFFILIATION: unit.affiliated,
        TieKind.HOST: unit.host,
        TieKind.SUPERVISOR: unit.supervisor,
        TieKind.RECOMMENDER: unit.recommender,
    }
    for kind, key in others.items():
        if key:
            tie = parties.NewTie(made, scene.parties[key], kind, unit.registered_on, SOURCE)
            parties.tie(tie, **scene.by)
