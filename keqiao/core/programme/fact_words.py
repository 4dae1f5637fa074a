"""What records of facts there are, as the vocabulary of the installation names them, handed to the core as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Languages = Mapping[str, str]
"""The same words by language: ``zh`` and ``en``."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of record: its name, and the codes of the fields that conditions may name."""

    name: Languages
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactField:
    """A field of records.

    ``order`` ranks the words of a ranked field, the lowest first; ``smaller_is_better`` turns the comparison of a
    number round (grade 1 is above grade 2). A field that ``selects`` tells what the record is: one with another value
    is something else. ``whole`` numbers have no decimals; a field with ``several`` words holds more than one.
    """

    name: Languages
    type: Literal["number", "text", "link", "ranked"]
    unit: Languages | None = None
    order: tuple[str, ...] = ()
    smaller_is_better: bool = False
    selects: bool = False
    whole: bool = False
    several: bool = False

    @property
    def is_number(self) -> bool:
        """May it be summed and compared?"""
        return self.type == "number"


@dataclass(frozen=True, slots=True)
class FactGroup:
    """What records are grouped by: single items, periods of the term, or named areas."""

    name: Languages
    of: Literal["item", "period", "area"]


@dataclass(frozen=True, slots=True)
class ScopeWord:
    """What a word for the window or area of counting means: the term, the year of the call, or an area."""

    window: Literal["term", "year"] = "term"
    area: str | None = None


@dataclass(frozen=True, slots=True)
class FactWords:
    """The whole vocabulary of records, by code; scopes by their words in calls."""

    kinds: Mapping[str, FactKind] = field(default_factory=dict)
    fields: Mapping[str, FactField] = field(default_factory=dict)
    groups: Mapping[str, FactGroup] = field(default_factory=dict)
    scopes: Mapping[str, ScopeWord] = field(default_factory=dict)
