"""What judging a target says: the progress with its value, the records that count, and those that nearly do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keqiao.core.findings import Finding
from keqiao.core.programme.targets import Target
from keqiao.core.targets.records import Exact


class Progress(StrEnum):
    """``behind``: not met so far, and there is time; ``missed``: the day has passed."""

    MET = "met"
    BEHIND = "behind"
    MISSED = "missed"
    PERSON = "person"


def worst(parts: Iterable[tuple[Progress, bool]]) -> Progress:
    """All have to be met; each comes with whether its day has passed.

    What is missed outweighs what is behind, and that what is unknown, unless the day of the unknown has passed: then it
    may be missed, and nobody can say that it is merely behind.
    """
    order = (
        (Progress.MISSED, (True, False)),
        (Progress.PERSON, (True,)),
        (Progress.BEHIND, (True, False)),
        (Progress.PERSON, (False,)),
    )
    found = set(parts)
    for progress, passed in order:
        if any((progress, is_over) in found for is_over in passed):
            return progress
    return Progress.MET


def best(states: Iterable[Progress]) -> Progress:
    """One is enough: what may still turn out well outweighs what does not."""
    order = (Progress.MET, Progress.PERSON, Progress.BEHIND, Progress.MISSED)
    return min(states, key=order.index)


@dataclass(frozen=True, slots=True)
class Near:
    """A record of the thing asked for that does not count, or not for certain, with every reason."""

    record: str
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group that has to reach the bound by itself: a session, a month, a county. ``key`` names it."""

    key: str
    value: Exact | None
    most: Exact | None
    progress: Progress
    until: date | None = None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One target judged.

    ``value`` is what counts for certain, in the target's unit; ``most`` what it would be if all that is unknown
    counted (None: nobody knows). Of a target whose groups each have to reach the bound it is the worst group's.
    ``shortfall`` is what is missing, of a cap what is too much; 0 where it is met. ``remarks`` say why a person is
    needed. A ``soft`` target warns, an ``optional`` one is not asked for, one of alternatives is judged with its group.
    """

    target: Target
    progress: Progress
    threshold: Exact
    value: Exact | None = None
    most: Exact | None = None
    shortfall: Exact | None = None
    due: date | None = None
    is_over: bool = False
    counting: tuple[str, ...] = ()
    nearly: tuple[Near, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A group of alternatives (或): one is enough; of those that hold for each area, one in every area.

    It does not decide where all of its targets are soft or optional.
    """

    name: str
    progress: Progress
    members: tuple[str, ...]
    decides: bool = True
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """All targets of one project on one day."""

    results: tuple[Result, ...]
    alternatives: tuple[Alternatives, ...] = ()

    def of(self, target_id: str) -> Result:
        """The result of one target.

        Raises:
            KeyError: there is no target of this id.
        """
        for result in self.results:
            if result.target.id == target_id:
                return result
        raise KeyError(target_id)

    @property
    def standing(self) -> tuple[Result | Alternatives, ...]:
        """What decides: targets that are asked for by themselves and not softly, and the alternatives."""
        alone = (
            result
            for result in self.results
            if not (result.target.alternative_group or result.target.soft or result.target.optional)
        )
        return (*alone, *(group for group in self.alternatives if group.decides))

    @property
    def progress(self) -> Progress:
        """Of the whole: everything that decides has to be met."""
        return worst((each.progress, each.is_over) for each in self.standing)
