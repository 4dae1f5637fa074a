"""Rules about papers: attachments, lengths of texts, ways of filing, order of endorsement."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.endorsement import EndorsementStep, Steps
from keqiao.core.programme.facts import Comparator, Identifier, Text, Texts
from keqiao.core.programme.filing import FilingWays
from keqiao.core.programme.rules.base import Rule

__all__ = ["EndorsementRule", "EndorsementStep", "FilingRule", "MaterialRule", "TextLimit"]


class MaterialRule(Rule):
    """A named paper is attached, in a number, with clauses it must contain."""

    type: Literal["material"]
    name: Text
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=1)
    unit: Text | None = None
    copies: int | None = Field(default=None, ge=1)
    contains: Texts = ()
    form: Text | None = None

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise PydanticCustomError("min_above_max", "min is above max")
        return self


class TextLimit(Rule):
    """The length of a field of the form; ``needs_data``: the text must rest on figures."""

    type: Literal["text_limit"]
    field: Text
    op: Comparator = "<="
    value: int = Field(ge=1)
    unit: Text = "字"
    needs_data: bool = False


class FilingRule(Rule, FilingWays):
    """How and where to hand in, where this is stated as a rule beside the programme's filing."""

    type: Literal["filing"]
    form: Text | None = None
    per: Text | None = None


class EndorsementRule(Rule):
    """Ordered sign-off before filing, for the applicants named in ``applies_to`` (all where empty)."""

    type: Literal["endorsement"]
    steps: Steps = ()
    chain: Identifier | None = None
