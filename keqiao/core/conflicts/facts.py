"""What conflicts are found in: experts, applications and what was declared between people. Plain values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Who:
    """A person as somebody wrote it down: the id in the register, the keyed digest of the ID number, the name."""

    name: str
    id: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its id in the register and, where it is a part (学院), the id of the ``whole`` it is part of."""

    name: str
    id: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """Work, an office or a seat in a body, from ``since`` until ``until`` inclusive; None: not known, or still."""

    body: Body
    since: date | None = None
    until: date | None = None


class Part(StrEnum):
    """What a person is in an application."""

    LEADER = "leader"
    MEMBER = "member"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class Person:
    """A person who takes part in an application."""

    who: Who
    part: Part
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """What two people are to each other, as one of them or the office declared it: ``kind`` (spouse, co_author).

    ``other`` may be a body in which ``one`` has an interest. ``until`` is the last day on which it was so (of the last
    joint paper); None: it still is, or nobody said.
    """

    kind: str
    one: Who
    other: Who | Body
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who may be asked to judge. ``served``: the years in which the call had this expert. ``declared``: the
    applications that the expert will not judge, for reasons of the expert's own.
    """

    id: str
    who: Who
    posts: tuple[Post, ...] = ()
    served: frozenset[int] = frozenset()
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Application:
    """What is to be judged. ``endorsers`` recommended or declined it, ``endorsing`` are their people who did so.

    ``unsuitable`` are those whom the applicant asks not to have it judged by.
    """

    id: str
    call: str
    category: str
    unit: Body
    host: Body | None = None
    partners: tuple[Body, ...] = ()
    people: tuple[Person, ...] = ()
    endorsers: tuple[Body, ...] = ()
    endorsing: tuple[Who, ...] = ()
    unsuitable: tuple[Who, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """When it is judged and for whom: ``offices`` run the call, ``finance`` supervises its money."""

    day: date
    year: int
    offices: tuple[Body, ...] = ()
    finance: tuple[Body, ...] = ()
