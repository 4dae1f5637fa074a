"""The answer type that all rules share: what was found, how much it weighs, and which clause says so.

The core answers with codes and values; the sentences live in ``keqiao/data/messages``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

Value = str | int | float | bool | None | tuple[str, ...]


class Weight(StrEnum):
    """How much a finding or a rule weighs.

    ``refuse`` stops the act; ``warn`` lets it pass with a reason; ``ask`` needs an answer from a person.
    """

    REFUSE = "refuse"
    WARN = "warn"
    ASK = "ask"


class Verdict(StrEnum):
    """The three answers. ``person``: the facts do not decide it, somebody has to look."""

    PASSES = "passes"
    FAILS = "fails"
    PERSON = "person"


class Place(BaseModel):
    """Where the words of a fact stand in the stored document.

    Counted as readers count: ``line`` and ``page`` from 1; ``block``, ``row``, ``column`` and ``paragraph``
    from 0. ``start`` and ``end`` are the characters within the paragraph (end exclusive).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int | None = Field(default=None, ge=1)
    page: int | None = Field(default=None, ge=1)
    block: int | None = Field(default=None, ge=0)
    row: int | None = Field(default=None, ge=0)
    column: int | None = Field(default=None, ge=0)
    paragraph: int | None = Field(default=None, ge=0)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)


class Source(BaseModel):
    """The clause that states a fact: which document, which clause, where its words stand.

    ``document`` is the id of one of the programme's documents; left out where there is only one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str = Field(min_length=1, max_length=200)
    document: str | None = Field(default=None, min_length=1, max_length=80)
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    ``code`` names the sentence in the messages (``programme.id_repeated``), ``values`` fill its
    placeholders, ``source`` is the clause. ``at`` says which part of the value that was checked is meant
    (keys and positions from the top, as in ``("categories", 0, "funding")``); readers turn it into a line.
    """

    code: str
    weight: Weight
    values: Mapping[str, Value] = field(default_factory=dict)
    source: Source | None = None
    at: tuple[str | int, ...] = ()
