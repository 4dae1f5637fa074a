"""The board on which a proposal is made: who may, who does, and how places can be passed on.

Experts and applications are numbered; a set of experts is an integer whose bit n stands for expert n. A way passes a
place on: somebody new judges an application, so one of its experts is free for another one, and so on, until an expert
is reached who has room. It is the way of a flow (each application to its experts, at most so many of one body, each
expert to a number of tasks), found with the fewest steps, so that it never passes the same place twice.
"""

from collections.abc import Callable, Iterator, Sequence

from keqiao.core.assignment.values import Judge, Limits, Wanted

Step = tuple[int, int, int]
"""The expert that is reached, the application that makes it so, and the expert that this one gives up (-1: none)."""


class Board:
    """Numbers, sets and loads of one proposal. Changed by ``give``, ``take`` and ``pass_on`` alone."""

    def __init__(self, judges: Sequence[Judge], wanted: Sequence[Wanted], limits: Limits) -> None:
        self.judges, self.wanted = tuple(judges), tuple(wanted)
        self.load = [judge.has for judge in judges]
        self.of_one_body = limits.of_one_body
        self.fellows = [self._fellows(judge) for judge in self.judges]
        self.allowed = [self._allowed(each, limits) for each in self.wanted]
        self.matching = [
            mask(n for n, judge in enumerate(self.judges) if judge.fields & each.fields)
            for each in self.wanted
        ]
        self.given = [0] * len(self.wanted)
        self.fixed = [0] * len(self.wanted)
        self.tasks: list[set[int]] = [set() for _ in self.judges]

    def _fellows(self, judge: Judge) -> int:
        """Those of the same body; an expert whose body is not known has none."""
        if not judge.body:
            return 0
        return mask(n for n, other in enumerate(self.judges) if other.body == judge.body)

    def _allowed(self, wanted: Wanted, limits: Limits) -> int:
        return mask(n for n, judge in enumerate(self.judges) if (judge.id, wanted.id) not in limits.barred)

    def give(self, expert: int, application: int) -> None:
        """An expert gets an application."""
        self.given[application] |= 1 << expert
        self.tasks[expert].add(application)
        self.load[expert] += 1

    def take(self, expert: int, application: int) -> None:
        """An expert loses an application."""
        self.given[application] &= ~(1 << expert)
        self.tasks[expert].discard(application)
        self.load[expert] -= 1

    def has_room(self, expert: int) -> bool:
        """May the expert get one more?"""
        most = self.judges[expert].most
        return most is None or self.load[expert] < most

    def missing(self, application: int) -> int:
        """How many experts an application still needs."""
        return max(0, self.wanted[application].experts - self.given[application].bit_count())

    def open_to(self, application: int, given_up: int = -1) -> int:
        """Who could judge an application as well, once it gives one of its experts up (-1: none)."""
        possible = self.allowed[application] & ~self.given[application]
        full = self._full_bodies(application)
        if given_up >= 0:
            full &= ~self.fellows[given_up]
        return possible & ~full

    def _full_bodies(self, application: int) -> int:
        if self.of_one_body is None:
            return 0
        full = 0
        for expert in bits(self.given[application]):
            fellows = self.fellows[expert]
            if (fellows & self.given[application]).bit_count() >= self.of_one_body:
                full |= fellows
        return full

    def from_application(self, application: int) -> Iterator[tuple[int, int, int]]:
        """The first steps of a way that gives an application one expert more."""
        yield self.open_to(application), application, -1

    def from_expert(self, expert: int) -> Iterator[tuple[int, int, int]]:
        """The next steps of a way: who could take over one of the applications of an expert."""
        for application in sorted(self.tasks[expert]):
            if not self.fixed[application] >> expert & 1:
                yield self.open_to(application, expert), application, expert

    def way(
        self, begin: Iterator[tuple[int, int, int]], is_end: Callable[[int], bool], seen: int = 0
    ) -> tuple[list[Step], int]:
        """Return the shortest way from ``begin`` to an expert at which it may end, and all experts it looked at.

        The way is empty where there is none. Of ways of equal length the one with the lowest numbers is taken.
        """
        came: dict[int, Step] = {}
        edges = [begin]
        while edges:
            following = []
            for edge in edges:
                for reached, application, given_up in edge:
                    for expert in bits(reached & ~seen):
                        seen |= 1 << expert
                        came[expert] = (expert, application, given_up)
                        if is_end(expert):
                            return _back(came, expert), seen
                        following.append(self.from_expert(expert))
            edges = following
        return [], seen

    def pass_on(self, way: Sequence[Step]) -> None:
        """Go a way: each expert on it gets the application and whoever it replaces loses it."""
        for _expert, application, given_up in way:
            if given_up >= 0:
                self.take(given_up, application)
        for expert, application, _given_up in way:
            self.give(expert, application)


def _back(came: dict[int, Step], last: int) -> list[Step]:
    steps = [came[last]]
    while steps[-1][2] in came:
        steps.append(came[steps[-1][2]])
    return steps[::-1]


def bits(members: int) -> Iterator[int]:
    """Give the numbers in a set, the lowest first."""
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


def mask(numbers: Iterator[int]) -> int:
    """Return the set of these numbers."""
    members = 0
    for number in numbers:
        members |= 1 << number
    return members
