"""Every route, every role, three associations: who is not meant finds nothing, and not even that there was something.

``MATRIX`` (a list of worlds, ``1,2,3``) asks for all viewers of those worlds and all methods instead of a sample;
``MATRIX_PART`` (``3/20``) or ``MATRIX_ROUTES`` (names) for some of the routes only.
"""

import os
import sys

import pytest

from tests.web.matrix.lines import LINES
from tests.web.matrix.requests import Route, all_routes
from tests.web.matrix.running import FULL, THIN, Matrix, Tally
from tests.web.matrix.viewers import all_viewers
from tests.web.matrix.worlds import World

pytestmark = pytest.mark.django_db
ROOMS = (
    "portal",
    "api",
    "eligibility",
    "programmes",
    "applications",
    "registers",
    "accounts",
    "parties",
    "imports",
    "",
)
"""Routes by the first part of their names; the last stands for all others."""
AT_HOME_IN = [int(number) for number in os.environ.get("MATRIX", "").split(",") if number]
PART, OF = (int(number) for number in os.environ.get("MATRIX_PART", "0/1").split("/"))
NAMED = frozenset(filter(None, os.environ.get("MATRIX_ROUTES", "").split(",")))


def in_room(room: str) -> list[Route]:
    """The routes of one room that were asked for."""
    its_own = [route for route in all_routes() if _room_of(route) == room]
    return [route for route in its_own if route.name in NAMED] if NAMED else its_own[PART::OF]


def _room_of(route: Route) -> str:
    first = route.name.partition(":")[0]
    return first if first in ROOMS else ""


def run(worlds: list[World], routes: list[Route]) -> Tally:
    """Run the matrix in the size that was asked for."""
    if not AT_HOME_IN:
        return Matrix(list(all_viewers(worlds[:1])), worlds, THIN, thin=True).run(routes)
    home = [world for world in worlds if world.number in AT_HOME_IN]
    return Matrix(list(all_viewers(home)), worlds, FULL).run(routes)


def test_every_route_with_parameters_has_a_line():
    """Whoever adds a route says here which object stands in its address."""
    routes = all_routes()
    wanting = {route.name for route in routes if route.parameters}
    missing = sorted(wanting - LINES.keys())
    assert missing == [], f"say in tests/web/matrix/lines.py which object stands in the address of {missing}"
    assert sorted(LINES.keys() - {route.name for route in routes}) == [], "lines of routes that are no more"
    assert sorted(route.name for route in routes if route.opening is None) == []


@pytest.mark.parametrize("room", ROOMS)
def test_who_is_not_meant_finds_nothing(worlds, room, capsys):
    routes = in_room(room)
    tally = run(worlds, routes)

    with capsys.disabled():
        sys.stdout.write(f"\naccess matrix: {room or 'others'}: {tally}\n")
    assert "\n".join(tally.faults[:60]) == ""
    unreached = {route.name for route in routes} - tally.reached
    assert unreached == {route.name for route in routes if route.line.at_home}
