"""The dates of a call for calendars, and how often each of them has changed over the revisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal

from keqiao.core.programme.inheritance import Effective, Stated, effective
from keqiao.core.programme.schedule import Day, Deadline
from keqiao.core.programme.tree import category_at, leaves
from keqiao.core.programme.types import Programme

MilestoneKind = Literal["opens", "deadline", "completion"]
KINDS: tuple[MilestoneKind, ...] = ("opens", "deadline", "completion")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day of a call, by the node that states it: "" for the whole call, else the id of a category or track.

    ``name`` is that of the category or of its track, "" for the whole call. ``at`` is the hour where one is
    stated (Asia/Shanghai). Kind and node name the date for ever, whatever it is moved to.
    """

    node: str
    kind: MilestoneKind
    name: str
    on: date
    at: time | None
    invented: bool

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same when the date is moved."""
        return self.node, self.kind


@dataclass(frozen=True, slots=True)
class Dated:
    """A milestone over the revisions: ``changes`` counts how often it was moved, dropped or taken up again.

    ``revision`` is the number of the revision that last changed it. ``dropped``: the call no longer states it;
    ``milestone`` is then the last that was stated.
    """

    milestone: Milestone
    changes: int
    revision: int
    dropped: bool


def milestones(programme: Programme) -> tuple[Milestone, ...]:
    """Return the days that hold for what can be applied for, the whole call's first; unfilled days are left out."""
    paths = [path for path, _category in leaves(programme)] or [()]
    found: dict[tuple[str, str], Milestone] = {}
    for path in paths:
        facts = effective(programme, path)
        if facts.open_to_applicants:
            found |= {each.key: each for each in _of(programme, facts) if each.key not in found}
    return tuple(sorted(found.values(), key=lambda each: (each.node != "", KINDS.index(each.kind))))


def dated(revisions: Iterable[Programme]) -> tuple[Dated, ...]:
    """Return every milestone that any revision stated, as it stands after the last; oldest revision first."""
    known: dict[tuple[str, str], Dated] = {}
    for number, programme in enumerate(revisions, start=1):
        stated = {each.key: each for each in milestones(programme)}
        for key, each in stated.items():
            known[key] = _after(known.get(key), each, number)
        for key in known.keys() - stated.keys():
            if not known[key].dropped:
                known[key] = replace(
                    known[key], changes=known[key].changes + 1, revision=number, dropped=True
                )
    return tuple(known.values())


def _after(before: Dated | None, stated: Milestone, number: int) -> Dated:
    if before is None:
        return Dated(stated, 0, number, dropped=False)
    if before.milestone == stated and not before.dropped:
        return before
    return Dated(stated, before.changes + 1, number, dropped=False)


def _of(programme: Programme, facts: Effective) -> Iterator[Milestone]:
    stated: tuple[Stated[Day] | Stated[Deadline] | None, ...] = (
        facts.opens,
        facts.deadline,
        facts.completion,
    )
    for kind, each in zip(KINDS, stated, strict=True):
        if each is not None and isinstance(each.fact.on, date):
            node = each.track or (each.path[-1] if each.path else "")
            hour = getattr(each.fact, "at", None)
            yield Milestone(node, kind, _name(programme, each), each.fact.on, hour, each.fact.invented)


def _name(programme: Programme, stated: Stated[Day] | Stated[Deadline]) -> str:
    """The track where that states the day, else the category."""
    if stated.track is not None:
        return next(track.name for track in programme.tracks if track.id == stated.track)
    return category_at(programme, stated.path).name if stated.path else ""
