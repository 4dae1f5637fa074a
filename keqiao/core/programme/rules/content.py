"""Rules about what is applied for: thresholds, choices, place, series, part of the sessions."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Comparator, Number, Text, Texts
from keqiao.core.programme.rules.base import Rule


class Count(Rule):
    """A threshold that must hold when applying; ``value`` in ``unit``, counted ``per`` period, event or
    area.
    """

    type: Literal["count"]
    metric: Text
    op: Comparator
    value: Number
    unit: Text | None = None
    per: Text | None = None
    scope: Text | None = None
    platform: Text | None = None


class Choice(Rule):
    """Choose at least ``pick_min`` and at most ``pick_max`` of ``options``.

    ``open`` is true for a list that ends in 等. ``options_count`` is the stated length of the list where
    the list itself stands elsewhere; ``within`` the field in which something of one's own may be chosen.
    """

    type: Literal["choice"]
    what: Text
    options: Texts = ()
    options_count: int | None = Field(default=None, ge=1)
    pick_min: int | None = Field(default=None, ge=0)
    pick_max: int | None = Field(default=None, ge=1)
    open: bool = False
    within: Text | None = None

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> Self:
        if self.pick_min is not None and self.pick_max is not None and self.pick_min > self.pick_max:
            raise PydanticCustomError("min_above_max", "pick_min is above pick_max")
        return self


class Where(Rule):
    """The event takes place in a region."""

    type: Literal["place"]
    where: Text


class Series(Rule):
    """What is selected becomes part of an umbrella series and is run under its name."""

    type: Literal["series"]
    into: Text


class Split(Rule):
    """Part of the whole may be applied for: some of the sessions, one or several issues; at least ``min``."""

    type: Literal["split"]
    unit: Text
    min: int | None = Field(default=None, ge=1)
