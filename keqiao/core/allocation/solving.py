"""The selection as a model of whole numbers, solved by CP-SAT: one worker and a fixed seed, so the same every time."""

from collections.abc import Iterator, Sequence, Set
from itertools import accumulate
from math import prod

from ortools.sat.python import cp_model

from keqiao.core.allocation.order import Equals
from keqiao.core.allocation.room import Room
from keqiao.core.allocation.terms import Node

_SEED = 20230101
_EFFORT = 300.0
"""Units of work (no seconds) after which a single question is given up."""
_GREATEST_WEIGHT = 2**40

Solver = cp_model.CpSolver
Sum = cp_model.LinearExprT


class NotSolved(Exception):
    """The combinations of places, sums and limits are too many to be solved exactly."""


def solved(room: Room, order: Sequence[Equals], fixed: Set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return who is selected beside ``fixed``, and which of the equals could be exchanged for one another.

    First as few places as possible are missing to the stated least, then as little scope as possible, then as many as
    possible are taken of the first equals, of the second, and so on.

    Raises:
        NotSolved: too many combinations.
    """
    model = _Model(room, order, fixed)
    model.settle(model.places_missing(), maximise=False)
    model.settle(model.scope_missing(), maximise=False)
    for batch in _batches(order):
        model.settle_counts(batch)
    cut = [each for each in order if 0 < model.count(each) < len(each.members)]
    unsettled = frozenset(member for equals in cut for member in equals.members if model.can_be_both(member))
    for equals in cut:
        model.take_first(equals)
    return model.chosen(), unsettled


def _batches(order: Sequence[Equals]) -> Iterator[list[Equals]]:
    """Parts of the order whose counts can be weighed against one another in one number."""
    batch: list[Equals] = []
    for equals in order:
        if batch and prod(len(each.members) + 1 for each in [*batch, equals]) > _GREATEST_WEIGHT:
            yield batch
            batch = []
        batch.append(equals)
    if batch:
        yield batch


class _Model:
    """The model of one selection, and its last answer."""

    def __init__(self, room: Room, order: Sequence[Equals], fixed: Set[str]) -> None:
        self.room = room
        self.order = order
        self.fixed = frozenset(fixed)
        self.model = cp_model.CpModel()
        self.taken = {each: self.model.new_bool_var(each) for equals in order for each in equals.members}
        self.answer: dict[str, bool] = {}
        for node in room.case.nodes:
            self._keep_to(node)
        for cap in room.case.caps:
            if cap.room is not None:
                free = cap.room - len(cap.candidates & self.fixed)
                self.model.add(self._sum(sorted(cap.candidates & self.taken.keys())) <= max(0, free))
        self._take_only_the_needed()

    def _sum(self, ids: Sequence[str]) -> Sum:
        return cp_model.LinearExpr.sum([self.taken[each] for each in ids])

    def _free(self, node: Node) -> list[str]:
        return sorted(self.room.below[node.id] & self.taken.keys())

    def _keep_to(self, node: Node) -> None:
        free, there = self._free(node), self.room.below[node.id] & self.fixed
        if node.places and node.places.most is not None:
            self.model.add(self._sum(free) <= max(0, node.places.most - len(there)))
        if node.total_fen is not None:
            left = node.total_fen - sum(self.room.least_fen[each] for each in there)
            spent = [self.room.least_fen[each] * self.taken[each] for each in free]
            self.model.add(cp_model.LinearExpr.sum(spent) <= max(0, left))

    def _take_only_the_needed(self) -> None:
        """Whoever is taken brings something that those at least as good do not reach without it."""
        ahead: set[str] = set(self.fixed)
        for equals in self.order:
            ahead |= set(equals.members)
            for member in equals.members:
                self._need(member, ahead - {member})

    def _need(self, member: str, beside: set[str]) -> None:
        candidate = self.room.candidates[member]
        scoped = [node for node in self.room.case.above(candidate) if node.scope]
        lacking = []
        for node in scoped:
            for part in self.room.case.asked(candidate, node):
                lacks = self.model.new_bool_var("")
                self.model.add(self._reached(node, part, beside) <= node.scope[part] - 1).only_enforce_if(
                    lacks
                )
                lacking.append(lacks)
        if scoped:
            self.model.add_bool_or(lacking).only_enforce_if(self.taken[member])

    def _reached(self, node: Node, part: str, ids: Set[str]) -> Sum:
        below = sorted(self.room.below[node.id] & ids)
        brings = {each: self.room.case.asked(self.room.candidates[each], node).get(part, 0) for each in below}
        always = sum(brings[each] for each in below if each in self.fixed)
        return cp_model.LinearExpr.sum([brings[e] * self.taken[e] for e in below if e in self.taken]) + always

    def places_missing(self) -> Sum:
        """The places that are missing to the stated least."""
        found = []
        for node in self.room.case.nodes:
            if node.places and node.places.least:
                there = len(self.room.below[node.id] & self.fixed)
                found.append(self._missing(node.places.least, self._sum(self._free(node)) + there))
        return cp_model.LinearExpr.sum(found)

    def scope_missing(self) -> Sum:
        """What is missing of the stated scope."""
        everybody = self.fixed | self.taken.keys()
        return cp_model.LinearExpr.sum(
            [
                self._missing(whole, self._reached(node, part, everybody))
                for node in self.room.case.nodes
                for part, whole in node.scope.items()
            ]
        )

    def _missing(self, least: int, there: Sum) -> cp_model.IntVar:
        missing = self.model.new_int_var(0, least, "")
        self.model.add(missing >= least - there)
        return missing

    def settle(self, amount: Sum, *, maximise: bool) -> None:
        """Make ``amount`` as great (or small) as can be, and hold it there."""
        if maximise:
            self.model.maximize(amount)
        else:
            self.model.minimize(amount)
        solver = self._solve()
        reached = solver.value(amount)
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        self.model.add(amount == reached)

    def settle_counts(self, batch: Sequence[Equals]) -> None:
        """Take as many as can be of the first equals of a batch, then of the next."""
        sizes = [len(equals.members) + 1 for equals in batch]
        weights = [*accumulate(reversed(sizes[1:]), lambda so_far, size: so_far * size, initial=1)][::-1]
        weighed = [
            weight * self.taken[member]
            for weight, equals in zip(weights, batch, strict=True)
            for member in equals.members
        ]
        self.settle(cp_model.LinearExpr.sum(weighed), maximise=True)
        for equals in batch:
            self.model.add(self._sum(equals.members) == self.count(equals))

    def count(self, equals: Equals) -> int:
        """How many of them are taken in the last answer."""
        return sum(self.answer[each] for each in equals.members)

    def can_be_both(self, member: str) -> bool:
        """Can it be taken as well as left out, with everything that is settled? The last answer shows one of them."""
        return self._allows(member, taken=not self.answer[member])

    def take_first(self, equals: Equals) -> None:
        """Settle a tie for counting on: from the first member, whoever can be taken is."""
        for member in equals.members:
            changes = not self.answer[member] and self._allows(member, taken=True)
            self.model.add(self.taken[member] == int(changes or self.answer[member]))
            if changes:
                self._solve()

    def chosen(self) -> frozenset[str]:
        """Who is taken in the last answer."""
        return frozenset(each for each, taken in self.answer.items() if taken)

    def _allows(self, member: str, *, taken: bool) -> bool:
        tried = self.model.clone()
        tried.add(tried.get_bool_var_from_proto_index(self.taken[member].index) == int(taken))
        status = _solver().solve(tried)
        _require(status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE))
        return status != cp_model.INFEASIBLE

    def _solve(self) -> Solver:
        solver = _solver()
        _require(solver.solve(self.model) == cp_model.OPTIMAL)
        self.answer = {each: bool(solver.value(variable)) for each, variable in self.taken.items()}
        return solver


def _solver() -> Solver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = _SEED
    solver.parameters.max_deterministic_time = _EFFORT
    return solver


def _require(is_solved: bool) -> None:  # noqa: FBT001
    if not is_solved:
        raise NotSolved("places, sums and limits hold too many choices together to be solved exactly")
