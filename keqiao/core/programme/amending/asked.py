"""What a notice asks for, as values: the vocabulary between whoever reads notices and whoever matches them."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum


class Act(StrEnum):
    """What is to happen to the part. ``EXTEND`` puts a later day in the place of one;"""

    REPLACE = "replace"
    EXTEND = "extend"
    ADD = "add"
    REMOVE = "remove"
    EXCHANGE = "exchange"  # an attached paper gives way to a new one
    STATE = "state"  # said without a verb of change (a contact below the text)
    UNREAD = "unread"  # words with a number or a verb of change that nothing understood


class Subject(StrEnum):
    """What a change is about. ``ANY`` where only the kind of value tells."""

    DEADLINE = "deadline"
    COMPLETION = "completion"
    OPENS = "opens"
    FUNDING = "funding"
    TOTAL = "total"
    PLACES = "places"
    LIMIT = "limit"
    TARGET = "target"
    COPIES = "copies"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"
    ADDRESS = "address"
    TEXT = "text"
    ITEM = "item"
    MATERIAL = "material"
    ATTACHMENT = "attachment"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with an hour where one is stated (Asia/Shanghai); ``sure_year`` is false where no year is written and
    the notice has no date from which it would follow.
    """

    on: date
    at: time | None = None
    sure_year: bool = True
    wrote_year: bool = True


@dataclass(frozen=True, slots=True)
class Later:
    """A length of time to add to the day that stands: ``days`` natural or working days, or ``months``."""

    days: int = 0
    working: bool = False
    months: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or range in fen; ``ceiling`` where the words only limit it from above."""

    low_fen: int
    high_fen: int
    ceiling: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A count with its unit as printed (may be empty); a range has ``high``."""

    value: Decimal
    unit: str = ""
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A text as worded; contacts too."""

    text: str


Said = Moment | Later | Money | Number | Words


@dataclass(frozen=True, slots=True)
class Asked:
    """One change that a notice asks for.

    ``about`` is what its words say of the part (without the values), as normalised; ``scope`` are the names and
    project numbers in it that stand in quotes or are unmistakable. ``stage`` names a step other than the application
    itself (推荐单位上报, 纸质材料). ``before`` is None where the notice does not say what it replaces. ``doubt`` is the
    code of what a person has to settle, empty for a plain statement. ``items`` are the names of what is added or taken
    away.
    """

    act: Act
    subject: Subject
    about: str
    scope: tuple[str, ...] = ()
    stage: str = ""
    before: Said | None = None
    after: Said | None = None
    items: tuple[str, ...] = ()
    doubt: str = ""
