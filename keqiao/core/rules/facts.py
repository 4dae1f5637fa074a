"""What rules are asked about: units, people and their records as they stand on one day. Plain values.

Nothing here is guessed. A fact that nobody has stated is ``UNKNOWN``; a record that is not there counts as
"there is none" only where its register is kept in full (``Records.kept``), else as unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Literal, TypeAlias, TypeVar

T = TypeVar("T")


class Unknown(Enum):
    """The one value of a fact that nobody has stated."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("an unknown fact is neither true nor false: ask whether it `is UNKNOWN`")


UNKNOWN = Unknown.UNKNOWN
Known: TypeAlias = T | Unknown
"""``Known[T]``: a value, or the statement that nobody knows it."""

Answer = bool | int | Decimal | date | str | tuple[str, ...]
"""What an applicant states in answer to a rule that only the form can settle."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation on the day of asking.

    ``kind`` is a key of ``data/vocabulary/organisation_kinds.yaml``. ``areas`` are the names of the regions it is
    registered in, the widest first (河南省, 三门峡市, 渑池县). ``affiliations`` are the names, full and short, of
    the associations it belongs to (所属). ``traits`` are qualities that calls name and a register or an officer has
    confirmed or denied (重点高校, 创新型企业); one that is missing is unknown. ``host`` is the body in whose name a
    hosted body applies, ``supervisor`` the one it answers to; None: it has none. ``hosts`` are the bodies that apply
    in its name.
    """

    id: str
    name: str
    kind: Known[str] = UNKNOWN
    level: Known[Literal["nation", "province", "prefecture", "county", "township"]] = UNKNOWN
    areas: Known[tuple[str, ...]] = UNKNOWN
    affiliations: Known[frozenset[str]] = UNKNOWN
    traits: Mapping[str, bool] = field(default_factory=dict)
    legal_person: Known[bool] = UNKNOWN
    account_state: Known[str] = UNKNOWN
    registered_on: Known[date] = UNKNOWN
    host: Known["Unit | None"] = UNKNOWN
    supervisor: Known["Unit | None"] = UNKNOWN
    hosts: Known[tuple["Unit", ...]] = UNKNOWN


@dataclass(frozen=True, slots=True)
class Post:
    """An office somebody holds, or a membership: ``post`` (理事, 会员) in the unit with this id."""

    unit: str
    post: str


@dataclass(frozen=True, slots=True)
class Qualification:
    """A certificate: ``name`` (国家心理咨询师) and its ``level``, 1 the highest; None where it has no levels."""

    name: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Human:
    """A person in a named role of the project, on the day of asking."""

    id: str
    name: str
    birth_date: Known[date] = UNKNOWN
    areas: Known[tuple[str, ...]] = UNKNOWN
    fields: Known[frozenset[str]] = UNKNOWN
    posts: Known[tuple[Post, ...]] = UNKNOWN
    qualifications: Known[tuple[Qualification, ...]] = UNKNOWN
    part: Known[str] = UNKNOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register of recognitions, titles, terms of office or awards.

    ``register`` is its name as the association keeps it; ``holder`` the id of a unit or person, or the name of an
    area. Holds from ``since`` to ``until``, both days included (None: open). ``state`` is ``valid``, ``rectifying``,
    ``revoked`` or ``expired``.
    """

    register: str
    holder: str
    since: date
    until: date | None = None
    by: str = ""
    grade: Known[str] = UNKNOWN
    state: str = "valid"


@dataclass(frozen=True, slots=True)
class Result:
    """How something went that was done: a funded project, a re-election, a yearly inspection."""

    holder: str
    what: str
    year: int
    outcome: Known[Literal["good", "poor", "unfinished"]] = UNKNOWN
    call: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """Something adverse that happened in an area or to a unit: ``what`` in the words of the register."""

    holder: str
    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Debarment:
    """Who may not apply, why, on what ground, from and until which day (both included; None: until lifted).

    ``scope`` names what is barred (新的科普项目); empty: everything of the body that decided. ``by`` is the id of the
    association that keeps it. A stayed one (appeal with effect) does not bar.
    """

    subject: str
    cause: str
    basis: str
    since: date
    until: date | None = None
    scope: str = ""
    by: str = ""
    stayed: bool = False


class Stage(StrEnum):
    """How far a project has come: applied for, or undertaken (承担) once it was awarded."""

    APPLIED = "applied"
    UNDERTAKEN = "undertaken"


@dataclass(frozen=True, slots=True)
class Holding:
    """One application or project of a unit: in which call, below which categories (ids from the top), in which year.

    ``project`` is its id, so that the same project is not counted twice; ``lead`` the id of the unit that leads it,
    ``person`` that of its leader.
    """

    project: str
    unit: str
    call: str
    path: tuple[str, ...]
    year: int
    stage: Stage
    lead: str = ""
    person: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Platform:
    """An account on an outside platform: its number, since when, and counts read there (members, posts)."""

    holder: str
    platform: str
    since: Known[date] = UNKNOWN
    number: str = ""
    uploads: Known[int] = UNKNOWN
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything dated that is known of the units and people of a case.

    ``kept`` are the registers that are kept in full: names of recognition registers, and the words ``results``,
    ``incidents``, ``debarments``, ``holdings``, ``platforms`` or ``<word>:<name or year>`` for part of one. What a
    full register does not hold did not happen; what another does not hold is unknown.
    """

    entries: tuple[Entry, ...] = ()
    results: tuple[Result, ...] = ()
    incidents: tuple[Incident, ...] = ()
    debarments: tuple[Debarment, ...] = ()
    holdings: tuple[Holding, ...] = ()
    platforms: tuple[Platform, ...] = ()
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody who asks whether they may apply, on one day.

    ``subjects`` are other bodies by the role in which the call names them (示范园, 依托单位, 建站单位). ``people``
    are those who hold a named role (被托举人, 项目负责人). ``answers`` hold what only the form tells, by the id of the
    rule; ``cases`` the cases that apply by their words in ``when`` (国际性: True). ``approved`` are ids of rules whose
    exception somebody with the right to do so has approved, or that somebody has judged to be met.
    """

    on: date
    applicant: Unit
    partners: tuple[Unit, ...] = ()
    subjects: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, tuple[Human, ...]] = field(default_factory=dict)
    records: Records = Records()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    cases: Mapping[str, bool] = field(default_factory=dict)
    approved: frozenset[str] = frozenset()
