"""Registers of one association: titles, debarments, what units did and hold, what is said to be kept in full."""

from typing import Any

from keqiao.web.registers.actions import keeping
from tests.web.registers import makers


def fill(world: Any) -> None:
    """Put a line of every book into the world. No register of it is public, no debarment shared."""
    association, unit, said = world.association, world.unit, world.owned
    scheme = makers.scheme(association, f"{said}名册")
    statement = keeping.Statement("results", reason=said)
    world.objects |= {
        "scheme": scheme.pk,
        "recognition": makers.recognition(scheme, unit, source=said).pk,
        "debarment": makers.debarment(association, unit, basis=said).pk,
        "statement": keeping.state_kept(association.pk, statement, by=makers.PROGRAM).pk,
        "past": makers.past_project(association, unit, title=said).pk,
        "holding": makers.holding(association, unit, title=said).pk,
        "affair": makers.affair(association, unit, source=said).pk,
        "platform": makers.account(association, unit, source=said).pk,
        "incident": makers.incident(association, what=said, region_id=association.organisation.region_id).pk,
    }
