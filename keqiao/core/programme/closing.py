"""How a project is closed (结项): what its performance table weighs, and which totals lead to which conclusion."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Fact, Model, Number

WHOLE = 100  # points of a performance table


class Weights(Model):
    """Points of each part of the performance table (绩效自评表), 100 together.

    ``cost`` is a part of its own where the finance bureau's form has one; else cost is a kind of output. What is not
    stated is as most cities have it (``domain.md`` C1): 10, 50, 30, 10.
    """

    execution: Number = Field(default=10, ge=0, le=WHOLE)
    output: Number = Field(default=50, gt=0, le=WHOLE)
    cost: Number = Field(default=0, ge=0, le=WHOLE)
    effect: Number = Field(default=30, ge=0, le=WHOLE)
    satisfaction: Number = Field(default=10, ge=0, le=WHOLE)

    @model_validator(mode="after")
    def _add_up(self) -> Self:
        total = self.execution + self.output + self.cost + self.effect + self.satisfaction
        if total != WHOLE:
            raise PydanticCustomError(
                "weights_do_not_add_up", "the weights add up to {total}, not to 100", {"total": str(total)}
            )
        return self


class Closing(Fact):
    """How projects are closed: the performance table, and which of its totals leads to which conclusion.

    ``decimals`` and ``rounding`` make each score of the table. A total of at least ``passes_from`` passes, one below
    ``fails_below`` fails, what lies between is put right first; None: the total decides nothing, targets and papers do.
    ``explain_above``: who reaches more than so many percent of a target has to say why it was set so low.
    ``answer_days``: working days in which whom a consequence is about may answer before it is recorded; five where the
    call states none, a rule of this house.
    """

    weights: Weights = Field(default=Weights())
    decimals: int = Field(default=2, ge=0, le=4)
    rounding: Literal["half_up", "truncated"] = "half_up"
    passes_from: Number | None = Field(default=None, ge=0, le=WHOLE)
    fails_below: Number | None = Field(default=None, ge=0, le=WHOLE)
    explain_above: Number = Field(default=130, ge=100, le=1000)
    answer_days: int = Field(default=5, ge=1, le=60)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.passes_from is not None and (self.fails_below or 0) > self.passes_from:
            raise PydanticCustomError("closing_marks_cross", "what fails lies above what passes")
        return self
