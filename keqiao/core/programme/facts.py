"""What every statement of a definition has in common, and the small value types that statements are made
of.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from keqiao.core.findings import Source

Text = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=2000,
        pattern=r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*$",
    ),
]
"""Words on one line, as the document words them."""

Identifier = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
"""A name for references inside a definition: ASCII, unique in the programme."""

Comparator = Literal[">=", "<=", "==", ">", "<", "~"]
"""``==`` is a bare number (no comparator word); acceptance takes at least as much. ``~`` is 左右."""


def _one_or_many(value: object) -> object:
    """Take one text for a list of one: ``by: 市科协`` is ``by: [市科协]``."""
    return (value,) if isinstance(value, str) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_many)]
"""Several wordings, in the order of the document."""


MOST_DIGITS = 15


def _whole_numbers_stay_whole(value: object) -> object:
    """Refuse booleans, which Python counts as numbers, and turn 5.0 into 5."""
    if isinstance(value, bool):
        raise PydanticCustomError("number_needed", "a number is needed, not yes or no")
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < MOST_DIGITS:
        return int(value) if value == value.to_integral_value() else value
    return value


Number = Annotated[
    int | Annotated[Decimal, Field(max_digits=MOST_DIGITS, decimal_places=6, allow_inf_nan=False)],
    BeforeValidator(_whole_numbers_stay_whole),
]
"""A quantity as stated; never a float."""


def _has_an_unknown_part(value: str) -> str:
    if "x" not in value:
        raise PydanticCustomError("date_unknown", "not a date of the calendar")
    return value


PlaceholderDate = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]{4}|xxxx)-([0-9]{2}|xx)-([0-9]{2}|xx)$"),
    AfterValidator(_has_an_unknown_part),
]
"""A date that the document leaves unfilled: ``1988-xx-xx``. It blocks publication."""


def _no_timestamps(value: object) -> object:
    if isinstance(value, int | float):
        raise PydanticCustomError("date_form", "write the date as YYYY-MM-DD")
    return value


PossibleDate = Annotated[date | PlaceholderDate, BeforeValidator(_no_timestamps)]
"""A date (Asia/Shanghai), or a placeholder where a part is unknown."""


class Model(BaseModel):
    """Base of all parts of a definition: frozen, and nothing that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Fact(Model):
    """A statement of the call with the clause that makes it.

    ``reading`` says how doubtful words were read (原则上, a missing year). ``needs_answer`` marks a
    statement that an officer has to settle before publication. ``invented`` marks a value that the document
    does not state and the demonstration adds; it shows as invented on every page.
    """

    source: Source | None = None
    reading: Text | None = None
    needs_answer: bool = False
    invented: bool = False


def is_placeholder(value: object) -> bool:
    """Is ``value`` a date with an unknown part?"""
    return isinstance(value, str) and "x" in value
