"""Short ways of writing units, people and categories for the tests of this room."""

from datetime import date
from typing import Any

from keqiao.core.rules.facts import UNKNOWN, Unit

TODAY = date(2023, 4, 1)


def unit(kind: str, level: Any = None, areas: Any = None, affiliations: Any = None, **facts: Any) -> Unit:
    """A unit of a kind; what is None is unknown. Facts with Chinese names are traits."""
    fields = {name: value for name, value in facts.items() if name.isascii()}
    traits = {name: value for name, value in facts.items() if not name.isascii()}
    return Unit(
        id=fields.pop("id", "u"),
        name=fields.pop("name", "某单位"),
        kind=kind,
        level=UNKNOWN if level is None else level,
        areas=UNKNOWN if areas is None else areas,
        affiliations=UNKNOWN if affiliations is None else frozenset(affiliations),
        traits=traits,
        **fields,
    )
