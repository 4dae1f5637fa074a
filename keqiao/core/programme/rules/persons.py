"""The rule about a person in a named role of the project."""

from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Comparator, Number, PossibleDate, Text, Texts
from keqiao.core.programme.rules.base import Rule

PersonAttribute = Literal[
    "age",
    "birth",
    "membership",
    "position",
    "qualification",
    "title",
    "workplace",
    "field",
    "workplace_and_field",
    "participation",
    "responsibility",
    "experience",
    "reputation",
    "number",
    "other",
]


class Person(Rule):
    """A fact about whoever holds ``role``: age, birth date, office held, qualification, working place.

    An age is in full years (周岁) on ``on_date``, with ``op`` and ``value``; where a birth date is stated
    too (``born_after``, that day included), the birth date decides. ``level`` counts grades of which the
    first is the highest (``level_order``). ``exception_for`` names those for whom this rule replaces a
    stricter one, on approval. ``years_min``, ``months_min`` and ``experience_years`` are least lengths of
    work in those units.
    """

    type: Literal["person"]
    role: Text
    attr: PersonAttribute
    op: Comparator | None = None
    value: Number | None = None
    unit: Text | None = None
    on_date: PossibleDate | None = None
    born_after: PossibleDate | None = None
    any_of: Texts = ()
    of: Text | None = None
    or_above: bool = False
    level: int | None = Field(default=None, ge=1)
    level_op: Comparator | None = None
    level_order: Text | None = None
    where: Text | None = None
    fields: Texts = ()
    years_min: Number | None = None
    months_min: Number | None = None
    experience_years: Number | None = None
    exception_for: Text | None = None
