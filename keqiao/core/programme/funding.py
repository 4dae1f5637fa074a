"""Money and places of a category. All amounts in fen."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Fact

Fen = Annotated[int, Field(ge=0, strict=True)]
Per = Literal["project", "category", "unit", "session", "year", "place"]


class FixedFunding(Fact):
    """The same amount for each project; ``total_fen`` where the call states a sum."""

    kind: Literal["fixed"]
    amount_fen: Fen
    per: Per = "project"
    total_fen: Fen | None = None


class RangeFunding(Fact):
    """An amount between two bounds for each project, both included."""

    kind: Literal["range"]
    min_fen: Fen
    max_fen: Fen
    per: Per = "project"
    total_fen: Fen | None = None

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> Self:
        if self.min_fen > self.max_fen:
            raise PydanticCustomError("min_above_max", "min_fen is above max_fen")
        return self


class CeilingFunding(Fact):
    """At most this much for each project (不超过)."""

    kind: Literal["ceiling"]
    max_fen: Fen
    per: Per = "project"
    total_fen: Fen | None = None


class EnvelopeFunding(Fact):
    """A sum for the whole category, divided among what stands below it."""

    kind: Literal["envelope"]
    total_fen: Fen
    per: Per = "category"


class NoFunding(Fact):
    """The call says, or the officer has settled, that there is no money (topic collection, honours)."""

    kind: Literal["none"]


Funding = Annotated[
    FixedFunding | RangeFunding | CeilingFunding | EnvelopeFunding | NoFunding, Field(discriminator="kind")
]


class Places(Fact):
    """How many are selected: an exact ``count``, or between ``min`` and ``max``."""

    count: int | None = Field(default=None, ge=0)
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _is_a_number_or_a_range(self) -> Self:
        if (self.count is None) == (self.min is None and self.max is None):
            raise PydanticCustomError("places_unstated", "state count, or min and max")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError("min_above_max", "min is above max")
        return self

    @property
    def least(self) -> int:
        """The smallest number of places that keeps to the statement."""
        return self.count if self.count is not None else (self.min or 0)

    @property
    def most(self) -> int | None:
        """The largest number of places; None where no upper bound is stated."""
        return self.count if self.count is not None else self.max


class UnitLimit(Fact):
    """How many one unit may apply for in the category and what stands below it, together."""

    max: int = Field(ge=1)


def least_of_one(funding: Funding | None) -> int | None:
    """Return the smallest amount of one project (place, session …: ``per``) in fen; None where it is not stated."""
    return _first_stated(funding, ("amount_fen", "min_fen", "max_fen"))


def most_of_one(funding: Funding | None) -> int | None:
    """Return the largest amount of one project (place, session …: ``per``) in fen; None where it is not stated."""
    return _first_stated(funding, ("amount_fen", "max_fen"))


def most_in_all(funding: Funding | None, places: Places | None, money: Funding | None) -> int | None:
    """Return the sum that ``funding`` states, or the most for one project by ``money`` times ``places``, in fen.

    0 where there is no money, None where it cannot be told: an amount for a session or a year, a number of
    places that is open.
    """
    if (stated := getattr(funding, "total_fen", None)) is not None:
        return int(stated)
    if isinstance(money, NoFunding):
        return 0
    each = most_of_one(money)
    if each is None or places is None or places.most is None or getattr(money, "per", "") != "project":
        return None
    return each * places.most


def _first_stated(funding: Funding | None, names: tuple[str, ...]) -> int | None:
    return next((int(v) for name in names if (v := getattr(funding, name, None)) is not None), None)
