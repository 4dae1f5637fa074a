"""Conditions on what a form says: which part applies, and what has to agree with what.

A condition is data. ``core.forms`` builds the typed rule tree from it, so that it answers in three values and can
explain itself.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.findings import Weight
from keqiao.core.programme.facts import Comparator, Identifier, Model, PossibleDate, Text, Texts

FieldPath = Annotated[
    str,
    StringConstraints(
        max_length=160, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9][A-Za-z0-9_-]*){0,2}$"
    ),
]
"""A field of the form, or a part of one: ``budget.grant``, ``team.months``; of a list, its column."""


class Value(Model):
    """A value of the form, or a fixed one. Exactly one of the four is stated.

    ``field`` reads one value; ``sum_of`` adds up a column (0 for an empty list), ``count_of`` counts the filled rows.
    ``fixed`` is a number (money in fen), a date, or words.
    """

    field: FieldPath | None = None
    sum_of: FieldPath | None = None
    count_of: FieldPath | None = None
    fixed: int | PossibleDate | Text | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        stated = (self.field, self.sum_of, self.count_of, self.fixed)
        if sum(each is not None for each in stated) != 1:
            raise PydanticCustomError("value_unstated", "state exactly one of field, sum_of, count_of, fixed")
        return self


class Compares(Model):
    """``left op right``, of numbers, dates or words (words only with ``==``)."""

    kind: Literal["compares"]
    left: Value
    op: Comparator
    right: Value


class Chosen(Model):
    """One of ``options`` is chosen in ``field``."""

    kind: Literal["chosen"]
    field: FieldPath
    options: Texts = Field(min_length=1)


class Filled(Model):
    """Something stands in ``field``."""

    kind: Literal["filled"]
    field: FieldPath


class Together(Model):
    """At least ``least`` of ``parts`` hold; all of them where it is left out."""

    kind: Literal["together"]
    parts: tuple["Condition", ...] = Field(min_length=1)
    least: int | None = Field(default=None, ge=1)


class Otherwise(Model):
    """``part`` does not hold."""

    kind: Literal["otherwise"]
    part: "Condition"


Condition = Annotated[Compares | Chosen | Filled | Together | Otherwise, Field(discriminator="kind")]


class Check(Model):
    """What has to agree over several fields.

    ``says`` is the sentence shown where it does not, ``at`` the field to go to. ``when`` limits it to a case.
    ``weight`` ``warn`` lets it pass with a reason.
    """

    id: Identifier
    says: Text
    at: FieldPath
    holds: Condition
    when: Condition | None = None
    weight: Weight = Weight.REFUSE


Together.model_rebuild()
Otherwise.model_rebuild()
