"""Draws a world. Nothing here reads a clock or a database; chance comes from a seed."""

from collections.abc import Iterable, Iterator
from datetime import date

from keqiao.web.season.drawing.applications import draw_applications
from keqiao.web.season.drawing.endorsing import Endorsed, draw_endorsing, drawn_applications
from keqiao.web.season.drawing.people import draw_people
from keqiao.web.season.drawing.registers import draw_registers
from keqiao.web.season.drawing.reviewing import (
    Whole,
    draw_experts,
    draw_whole,
    whole_applications,
    whole_log_ins,
)
from keqiao.web.season.drawing.units import draw_units
from keqiao.web.season.numbers import agent_address, block_of, mail_address, officer_address
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ASSOCIATION, ApplicationDrawn, Flaw, Ground, LogIn, Size, UnitDrawn, World

__all__ = ["draw_world"]

APPLIES = "society"
"""The mould of the units that get an account: calls of every kind name them."""
AROUND, WHOLE = 800, 900
"""Turns of the first person of the units around, and of those that go the whole way: identity numbers do not change
with the size of a world.
"""


def draw_world(ground: Ground, size: Size, *, day: date, seed: int) -> World:
    """Return a world of some ``size`` at ``ground`` as it stands on ``day``.

    Each unit has a stream of chance of its own, so that a larger world begins with the smaller one.

    Raises:
        ValueError: ``seed`` is none of 0 to 19.
    """
    block = block_of(ground.slug, seed)
    stream = f"{seed}/{ground.slug}"
    units = draw_units(ground, size.units, day, stream)
    people = draw_people(units, day, stream, block)
    own = _log_ins(ground, units, size.log_ins)
    applying = [log_in.units[0] for log_in in own] if size.applications else []
    drawn = draw_applications(units, people, applying, size.applications, stream)
    endorsed = draw_endorsing(ground, units, day, stream) if size.applications else Endorsed((), (), (), ())
    people += draw_people(endorsed.around, day, stream, block, AROUND)
    leads = {person.unit: person.key for person in reversed(people)}
    drawn += tuple(drawn_applications(endorsed, leads, len(drawn), stream))
    whole = draw_whole(ground, size.units, day, stream) if size.whole else Whole()
    further = draw_people((*whole.units, *whole.homes), day, stream, block, WHOLE)
    leads |= {person.unit: person.key for person in reversed(further)}
    drawn += tuple(whole_applications(whole, leads, len(drawn), stream))
    experts = draw_experts(whole, leads, ground, stream)
    names = {person.key: person.name for person in further}
    return World(
        ground=ground,
        day=day,
        units=units,
        people=(*people, *further),
        registers=draw_registers(units, people, ground, day),
        log_ins=(
            *own,
            *_staff(ground, own, drawn),
            *endorsed.log_ins,
            *(whole_log_ins(ground, experts, names) if size.whole else ()),
        ),
        applications=drawn,
        around=(*endorsed.around, *whole.units, *whole.homes),
        queues=endorsed.queues,
        experts=experts,
        stream=stream,
    )


def _log_ins(ground: Ground, units: tuple[UnitDrawn, ...], number: int) -> tuple[LogIn, ...]:
    sound = [unit for unit in units if unit.mould == APPLIES and unit.flaw is Flaw.NONE]
    return tuple(
        LogIn((unit.key,), mail_address(place, ground.slug), unit.name)
        for place, unit in enumerate(sound[:number])
    )


def _staff(ground: Ground, own: Iterable[LogIn], applications: Iterable[ApplicationDrawn]) -> Iterator[LogIn]:
    """Who fills in for the other units that apply, and the officer who reads it."""
    themselves = {unit for log_in in own for unit in log_in.units}
    acting = [unit for each in applications for unit in (each.unit, each.partner) if unit]
    units = tuple(dict.fromkeys(unit for unit in acting if unit not in themselves))
    if units:
        said = words("applications")["staff"]
        yield LogIn(units, agent_address(ground.slug), said["agent"])
        yield LogIn((ASSOCIATION,), officer_address(ground.slug), said["officer"], "officer")
