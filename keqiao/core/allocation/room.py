"""What a set of selected candidates leaves free: places, money for floors, limits, and the scope that is reached."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from keqiao.core.allocation.terms import Candidate, Cap, Case, Node


@dataclass(frozen=True, slots=True)
class Room:
    """The eligible candidates of a case, each with the least that it costs in fen; ``below`` are theirs by node."""

    case: Case
    least_fen: Mapping[str, int]
    candidates: Mapping[str, Candidate] = field(init=False)
    below: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        eligible = {each.id: each for each in self.case.candidates if each.id in self.least_fen}
        below: dict[str, set[str]] = {node.id: set() for node in self.case.nodes}
        for candidate in eligible.values():
            for node in self.case.above(candidate):
                below[node.id].add(candidate.id)
        object.__setattr__(self, "candidates", eligible)
        object.__setattr__(self, "below", {node: frozenset(ids) for node, ids in below.items()})

    def full_places(self, candidate: Candidate, chosen: Set[str]) -> Iterator[Node]:
        """The nodes whose places the chosen fill, the nearest first."""
        for node in self.case.above(candidate):
            most = node.places.most if node.places else None
            if most is not None and len(self.below[node.id] & chosen) >= most:
                yield node

    def short_sums(self, candidate: Candidate, chosen: Set[str]) -> Iterator[tuple[Node, int]]:
        """The sums that do not hold one more floor, each with what is missing in fen."""
        for node in self.case.above(candidate):
            if node.total_fen is not None:
                spent = sum(self.least_fen[each] for each in self.below[node.id] & chosen)
                missing = spent + self.least_fen[candidate.id] - node.total_fen
                if missing > 0:
                    yield node, missing

    def full_caps(self, candidate: Candidate, chosen: Set[str]) -> Iterator[Cap]:
        """The limits on undertaking that the chosen fill."""
        for cap in self.case.caps:
            concerns = candidate.id in cap.candidates
            if concerns and cap.room is not None and len(cap.candidates & chosen) >= cap.room:
                yield cap

    def is_needed(self, candidate: Candidate, beside: Set[str]) -> bool:
        """Is some part that it applies for not reached by ``beside``? True where no scope is stated."""
        scoped = [node for node in self.case.above(candidate) if node.scope]
        return not scoped or any(
            self.reached(node, part, beside) < node.scope[part]
            for node in scoped
            for part in self.case.asked(candidate, node)
        )

    def reached(self, node: Node, part: str, ids: Set[str]) -> int:
        """How much of a part these reach together."""
        found = (self.candidates[each] for each in self.below[node.id] & ids)
        return sum(self.case.asked(each, node).get(part, 0) for each in found)

    def admits(self, candidate: Candidate, chosen: Set[str]) -> bool:
        """Is there a place, money for a floor, and room in each limit for one more?"""
        stops = (self.full_places, self.short_sums, self.full_caps)
        return not any(True for stop in stops for _each in stop(candidate, chosen))

    def places_missing(self, chosen: Set[str]) -> int:
        """How many places are missing to the least that is stated, added up over the nodes."""
        stated = ((node, node.places.least) for node in self.case.nodes if node.places)
        return sum(max(0, least - len(self.below[node.id] & chosen)) for node, least in stated)

    def scope_missing(self, chosen: Set[str]) -> int:
        """How much of the stated scope is not reached, added up over the nodes and parts."""
        stated = ((node, part, whole) for node in self.case.nodes for part, whole in node.scope.items())
        return sum(max(0, whole - self.reached(node, part, chosen)) for node, part, whole in stated)
