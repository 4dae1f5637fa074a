"""Targets (绩效指标): in words as the call states them, and typed where facts can count them."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Comparator, Fact, Identifier, Model, Number, Text, Texts

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def _numbers_are_numbers(value: object) -> object:
    """Take a text that is a number for one: JSON and YAML hand on exact decimals as texts."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


class ItemCondition(Model):
    """A condition on each fact that is counted: each session with at least 200 people, each film at most 3
    minutes.

    ``of`` is a field of the fact (``participants``, ``hours``, ``minutes``, ``level``), ``among`` a list of
    accepted values, which stands in place of ``op`` and ``value``.
    """

    of: Identifier
    op: Comparator | None = None
    value: Annotated[Number | Text | None, BeforeValidator(_numbers_are_numbers)] = None
    unit: Text | None = None
    among: Texts = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.among and (self.op is None or self.value is None):
            raise PydanticCustomError("condition_empty", "a condition needs op and value, or among")
        return self


class GroupFloor(Model):
    """At least ``floor`` in every group: 4 sessions in every county. ``groups`` is their number where
    known.
    """

    by: Identifier
    floor: Number
    groups: int | None = Field(default=None, ge=1)


class ShareCap(Model):
    """At most ``percent`` of the measured whole may meet ``where``."""

    where: tuple[ItemCondition, ...] = Field(min_length=1)
    percent: Number = Field(ge=0, le=100)


class Measure(Model):
    """How facts give the number of a target.

    ``measure(count | sum | distinct | exists | ratio) of facts where … [each | floor per group] [share cap]``.
    ``field`` is what is summed or told apart; ``denominator`` names the base figure or target a ratio
    refers to. The threshold is the target's own comparator and value. With ``each`` (session, work, month,
    county …) every one of them has to reach it; ``group_floor`` asks for a floor in every group besides the
    total.
    """

    kind: Literal["count", "sum", "distinct", "exists", "ratio"]
    facts: Identifier
    field: Identifier | None = None
    where: tuple[ItemCondition, ...] = ()
    each: Identifier | None = None
    group_floor: GroupFloor | None = None
    share_cap: ShareCap | None = None
    denominator: Text | None = None

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if self.kind in {"sum", "distinct"} and self.field is None:
            raise PydanticCustomError("field_needed", "this kind of measure needs a field")
        if self.kind == "ratio" and self.denominator is None:
            raise PydanticCustomError("denominator_needed", "ratio needs a denominator")
        return self


class Target(Fact):
    """One target of the call.

    ``value`` is in ``unit`` (percentages as points with unit ``%``); a range is two targets (``>=`` and
    ``<=``). ``per`` is the item or period each of which has to reach it (每场, 每年, 每部), ``scope`` the
    window or area of counting. Targets with one ``alternative_group`` are alternatives: one is enough.
    ``part_of`` is the id of the target this one is a part of (其中); ``relative_to`` the id of the target a
    percentage refers to. ``soft`` targets (原则上, 一般, 左右) warn and never fail; ``optional`` ones are
    not required.
    """

    id: Identifier
    metric: Text
    comparator: Comparator = "=="
    value: Number
    unit: Text | None = None
    per: Text | None = None
    scope: Text | None = None
    alternative_group: Text | None = None
    part_of: Identifier | None = None
    relative_to: Identifier | None = None
    optional: bool = False
    soft: bool = False
    hedge: Text | None = None
    by: date | None = None
    measure: Measure | None = None
