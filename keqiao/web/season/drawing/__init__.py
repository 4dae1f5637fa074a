"""Draws a world. Nothing here reads a clock or a database; chance comes from a seed."""

from datetime import date

from keqiao.web.season.drawing.people import draw_people
from keqiao.web.season.drawing.registers import draw_registers
from keqiao.web.season.drawing.units import draw_units
from keqiao.web.season.numbers import block_of, mail_address
from keqiao.web.season.world import Flaw, Ground, LogIn, UnitDrawn, World

__all__ = ["draw_world"]

APPLIES = "society"
"""The mould of the units that get an account: calls of every kind name them."""


def draw_world(ground: Ground, size: int, *, day: date, seed: int, log_ins: int = 0) -> World:
    """Return a world of ``size`` units at ``ground`` as it stands on ``day``, with ``log_ins`` accounts.

    Each unit has a stream of chance of its own, so that a larger world begins with the smaller one.

    Raises:
        ValueError: ``seed`` is none of 0 to 19.
    """
    block = block_of(ground.slug, seed)
    stream = f"{seed}/{ground.slug}"
    units = draw_units(ground, size, day, stream)
    people = draw_people(units, day, stream, block)
    return World(
        ground=ground,
        day=day,
        units=units,
        people=people,
        registers=draw_registers(units, people, ground, day),
        log_ins=_log_ins(ground, units, log_ins),
    )


def _log_ins(ground: Ground, units: tuple[UnitDrawn, ...], number: int) -> tuple[LogIn, ...]:
    sound = [unit for unit in units if unit.mould == APPLIES and unit.flaw is Flaw.NONE]
    return tuple(
        LogIn(unit.key, mail_address(place, ground.slug), unit.name)
        for place, unit in enumerate(sound[:number])
    )
