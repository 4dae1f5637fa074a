"""Sends the requests of the matrix and counts what comes of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from keqiao.web.access import PUBLIC, SIGNED_IN, Opening
from tests.web.matrix.judging import UNREACHED, Case, is_refused, judge
from tests.web.matrix.requests import Answer, Route, ask
from tests.web.matrix.viewers import Viewer
from tests.web.matrix.worlds import World

THIN, FULL = ("GET", "POST"), ("GET", "fragment", "POST")
"""``fragment``: a GET as htmx sends it."""
AT_HOME = ("officer", "applicant")
"""Roles that are asked for wherever an account is enough: between them they reach what is there."""
FEW = 1  # of those to whom a route makes no difference; at each route another


@dataclass
class Tally:
    """What was asked and what came of it."""

    requests: int = 0
    refused: int = 0
    compared: int = 0
    faults: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        return (
            f"requests={self.requests} refused={self.refused} answered_as_to_an_absent_id={self.compared} "
            f"routes_reached={len(self.reached)} faults={len(self.faults)}"
        )


@dataclass(frozen=True)
class Matrix:
    """Which viewers ask with which methods for the objects of which worlds.

    ``thin``: of those to whom a route makes no difference only a few ask, at each route others.
    """

    viewers: Sequence[Viewer]
    worlds: Sequence[World]
    methods: Sequence[str] = FULL
    thin: bool = False

    def run(self, routes: Sequence[Route]) -> Tally:
        """Send all requests to these routes and judge each."""
        tally = Tally()
        for number, route in enumerate(routes):
            if (opening := route.opening) is None:
                tally.faults.append(f"{route.name} declares nobody")
                continue
            for viewer in self.asking(number, opening):
                for method in (*self.methods, *route.line.also):
                    self._meet(route, viewer, method, tally)
        return tally

    def asking(self, number: int, opening: Opening) -> list[Viewer]:
        """The viewers that ask for one route."""
        if not self.thin:
            return list(self.viewers)
        admitted = [viewer for viewer in self.viewers if viewer.is_admitted(opening)]
        refused = [viewer for viewer in self.viewers if viewer not in admitted]
        if opening.who & {PUBLIC, SIGNED_IN}:
            first = [each for each in admitted if each.role in AT_HOME or each.name.startswith("contact")]
            admitted = list(dict.fromkeys([*first, *_some(admitted, number)]))
        return [*admitted, *dict.fromkeys([*refused[:1], *_some(refused, number)])]

    def _meet(self, route: Route, viewer: Viewer, method: str, tally: Tally) -> None:
        """Ask for an object that is not there, then for those that are."""
        admitted = viewer.is_admitted(route.opening or Opening(frozenset()))
        browser, post = viewer.client(), route.line.post
        address, ids = route.address(None)
        nothing = ask(browser, method, address, post)
        self._note(Case(route, viewer, None, method, admitted), nothing, tally)
        for world in self._objects(route, viewer, admitted):
            case = Case(route, viewer, world, method, admitted)
            address, its_ids = route.address(world)
            answer = ask(browser, method, address, post)
            self._note(case, answer, tally)
            if case.is_foreign:
                tally.compared += 1
                tally.faults += _differing(case, answer, answer.masked(its_ids) == nothing.masked(ids))

    def _objects(self, route: Route, viewer: Viewer, admitted: bool) -> Sequence[World]:
        """All objects where the declaration lets the viewer in; else one of the own, or any, is enough."""
        if not route.line.of:
            return ()
        if admitted:
            return self.worlds
        return [world for world in self.worlds if world.number == viewer.home][:1] or self.worlds[:1]

    def _note(self, case: Case, answer: Answer, tally: Tally) -> None:
        tally.requests += 1
        tally.refused += is_refused(answer)
        tally.faults += [f"{case}: {fault}" for fault in judge(case, answer, self.worlds)]
        has_object = case.world is not None or not case.route.line.of
        if case.admitted and has_object and answer.status not in UNREACHED and not is_refused(answer):
            tally.reached.add(case.route.name)


def _some(viewers: Sequence[Viewer], number: int) -> Iterator[Viewer]:
    for step in range(min(FEW, len(viewers))):
        yield viewers[(FEW * number + step) % len(viewers)]


def _differing(case: Case, answer: Answer, same: bool) -> Iterator[str]:
    if answer.written:
        yield f"{case}: writes {sorted(set(answer.written))}"
    if not same:
        yield f"{case}: answers {answer.status}, and otherwise than to an absent id"
