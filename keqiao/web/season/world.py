"""A generated world: units, people and registers as plain values, before anything is written down.

Everything refers to everything else by key. The same seed, place and day give the same world, and a smaller world is
the beginning of a larger one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with a unit, or not known of it, so that rules have something to find."""

    NONE = "none"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_UNKNOWN = "account_unknown"
    LEGAL_UNKNOWN = "legal_unknown"
    LEVEL_UNKNOWN = "level_unknown"
    AFFILIATION_UNKNOWN = "affiliation_unknown"
    HOST_UNKNOWN = "host_unknown"
    SUPERVISOR_UNKNOWN = "supervisor_unknown"
    DEBARRED = "debarred"
    OVERDUE = "overdue"
    PROJECT_POOR = "project_poor"


@dataclass(frozen=True, slots=True)
class Area:
    """A region: its code (GB/T 2260) and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a world is drawn: the area of an association, its level, the level right below and the areas there.

    ``slug`` is the association's; registers that calls ask for by name go by it.
    """

    slug: str
    place: Area
    level: str
    level_below: str
    below: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is: ``units``, how many of them have an account of their own (``log_ins``), and how many apply
    beside those (``applications``). ``whole``: with units and experts for the stages after the formal check.
    """

    units: int
    log_ins: int = 0
    applications: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class UnitDrawn:
    """A unit. Empty texts and None are what nobody has stated.

    ``affiliated`` is the key of the body it belongs to, ``ASSOCIATION`` that of the ground; ``recommender`` says the
    same of the body that first recommended it.
    """

    key: str
    mould: str
    name: str
    kind: str
    area: Area
    registered_on: date
    level: str = ""
    credit_code: str = ""
    legal: bool | None = None
    account: str = ""
    traits: Mapping[str, bool] = field(default_factory=dict)
    affiliated: str = ""
    host: str = ""
    supervisor: str = ""
    recommender: str = ""
    flaw: Flaw = Flaw.NONE


ASSOCIATION = "association"
"""The key of the association that a world is played for."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate; level 1 is the highest, None where there are no levels."""

    name: str
    level: int | None


@dataclass(frozen=True, slots=True)
class PersonDrawn:
    """A person of a unit: ``tie`` is the kind of tie, ``post`` the words for it."""

    key: str
    unit: str
    name: str
    tie: str
    post: str
    birth_date: date | None
    identity_number: str
    phone: str
    area: Area
    field: str
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a register: in which (``register`` of the stage ``registers``), of which party, and its values."""

    register: str
    holder: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register of recognitions that a call asks for by name. ``regions`` are its lines that areas hold."""

    name: str
    kind: str
    holder: str
    issuer: str
    grades: tuple[str, ...]
    years: int | None
    regions: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """What an association has on record: schemes, lines by the unit they are about, which registers are full."""

    schemes: tuple[Scheme, ...]
    lines: Mapping[str, tuple[Line, ...]]
    kept: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LogIn:
    """An account that acts for units; ``role`` is that of room accounts."""

    units: tuple[str, ...]
    mail: str
    name: str
    role: str = "applicant"


class Life(StrEnum):
    """What has become of an application."""

    BEGUN = "begun"
    FAULTY = "faulty"
    READY = "ready"
    DISCARDED = "discarded"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    TAKEN_UP_AGAIN = "taken_up_again"


class Fate(StrEnum):
    """What becomes of an application at whoever endorses it first."""

    RECOMMENDED = "recommended"
    DECLINED = "declined"
    RETURNED = "returned"
    CORRECTED = "corrected"
    LEFT = "left"


class Ending(StrEnum):
    """What becomes of the list of an endorsing unit (``keqiao/data/season/endorsing.yaml`` says each in words)."""

    OPEN = "open"
    PROPOSED = "proposed"
    FORWARDED = "forwarded"
    RECALLED = "recalled"
    DISPUTED = "disputed"
    LATE = "late"


class Aim(StrEnum):
    """What the work on a project comes to (``keqiao/data/season/working.yaml`` says each in words)."""

    MET = "met"
    NARROW = "narrow"
    EXCEEDED = "exceeded"
    BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class QueueDrawn:
    """The lists of a body (``taker``, by key) that endorses: what becomes of them, and which body has to agree.

    ``mail`` and ``treasury_mail`` are the accounts that act; "" where nobody does.
    """

    taker: str
    ending: Ending
    mail: str
    treasury: str = ""
    treasury_mail: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationDrawn:
    """An application of a unit, with the key of the person who leads it.

    ``turn`` picks among the categories that take the unit on the day of the play: which are open, the world does not
    know. ``category`` names one by its id instead. ``fate`` counts where somebody has to endorse it. ``partner`` is the
    unit that joins, where the form asks for one. ``course`` is how experts find it (``data/season/reviewing.yaml``);
    one that has a course passes the formal check.
    """

    unit: str
    leader: str
    title: str
    life: Life
    turn: int
    category: str = ""
    fate: Fate = Fate.RECOMMENDED
    partner: str = ""
    course: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class ExpertDrawn:
    """Somebody of the register of experts (``person``, by key), with fields of work and the account that acts.

    ``relation`` is what the expert is to the unit ``tied`` (by key), or to whoever leads its application; "" nothing.
    """

    person: str
    mail: str
    title: str
    fields: tuple[str, ...]
    relation: str = ""
    tied: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """All of it, as drawn on a day.

    ``around`` are bodies and units that ways of endorsing and later stages need beside the ``units``, ``queues`` what
    becomes of lists. ``stream`` names the chance by which later stages draw what nobody draws before.
    """

    ground: Ground
    day: date
    units: tuple[UnitDrawn, ...]
    people: tuple[PersonDrawn, ...]
    registers: Registers
    log_ins: tuple[LogIn, ...]
    applications: tuple[ApplicationDrawn, ...] = ()
    around: tuple[UnitDrawn, ...] = ()
    queues: tuple[QueueDrawn, ...] = ()
    experts: tuple[ExpertDrawn, ...] = ()
    stream: str = ""

    @property
    def everybody(self) -> tuple[UnitDrawn, ...]:
        """All units, those around last."""
        return (*self.units, *self.around)
