"""The kinds of field that a form can have."""

from typing import Annotated, Literal, Self

from pydantic import Field as Setting
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from keqiao.core.programme.facts import Identifier, Model, Number, Text, Texts
from keqiao.core.programme.forms.conditions import Condition

PersonPart = Literal[
    "name", "gender", "birth_date", "id_number", "nation", "political_status", "degree", "title", "post",
    "employer", "field", "phone", "email", "member_number", "part", "signature",
]  # fmt: skip
"""What a block about a person may ask for, in the order of the form that asks."""

UnitPart = Literal[
    "name", "credit_code", "kind", "legal_person", "address", "postcode", "phone", "email", "founded_on",
    "supervisor", "bank", "account_name", "account_number", "staff",
]  # fmt: skip
"""What a block about a unit may ask for."""

Role = Literal[
    "applicant", "beneficiary", "host", "partner", "leader", "contact", "head", "supported", "mentor", "team"
]
"""Whom a block is about. ``leader`` heads the project, ``head`` the unit; ``supported`` is 被托举人."""

Precision = Literal["day", "month", "year"]


class FormField(Model):
    """What every field has.

    ``id`` is its key in the answers. ``help`` stands beside the blank, in grey. ``fills`` names where a first value
    comes from (``unit.address``, ``category.name``). ``rule`` is the id of the rule of the call that the answer
    decides: it is asked only where that rule holds. ``only_in`` are ids of categories: it is asked in these and below
    them only, everywhere where empty. ``hidden_from_reviewers`` keeps it out of blind copies, ``sensitive`` out of
    everything but the office's own view; ``office_only`` is filled by the office (项目编号). ``shown_if``: the field
    applies only then.
    """

    id: Identifier
    label: Text
    help: Text | None = None
    required: bool = True
    fills: Identifier | None = None
    rule: Identifier | None = None
    only_in: tuple[Identifier, ...] = ()
    hidden_from_reviewers: bool = False
    sensitive: bool = False
    office_only: bool = False
    shown_if: Condition | None = None


class HeadingField(FormField):
    """Begins a part of the form; nothing is typed here. Its ``shown_if`` holds for the whole part."""

    kind: Literal["heading"]
    required: Literal[False] = False


class TextField(FormField):
    """Words. ``max_chars`` counts characters as typed; ``needs_data``: must rest on figures.

    ``text`` stands on one line, ``long_text`` in paragraphs.
    """

    kind: Literal["text", "long_text"]
    max_chars: int | None = Setting(default=None, ge=1)
    min_chars: int | None = Setting(default=None, ge=1)
    needs_data: bool = False


class NumberField(FormField):
    """A number in ``unit``, with at most ``decimals`` places, from ``least`` to ``most``, both included."""

    kind: Literal["number"]
    unit: Text | None = None
    decimals: int = Setting(default=0, ge=0, le=6)
    least: Number | None = None
    most: Number | None = None


class MoneyField(FormField):
    """An amount, kept in fen, written in ``unit`` with at most ``decimals`` places, bounds in fen."""

    kind: Literal["money"]
    unit: Literal["元", "万元"] = "元"
    decimals: int = Setting(default=2, ge=0, le=6)
    least_fen: int | None = Setting(default=None, ge=0)
    most_fen: int | None = Setting(default=None, ge=0)


class DateField(FormField):
    """A day, month or year."""

    kind: Literal["date"]
    precision: Precision = "day"


class PeriodField(FormField):
    """From one day (month, year) to another, both included."""

    kind: Literal["period"]
    precision: Precision = "month"


class ChoiceField(FormField):
    """One of ``options``, or several where ``most_picks`` is not 1; on paper □ and ■.

    ``other``: something that is not listed may be written. ``most_picks`` None: any number.
    """

    kind: Literal["choice"]
    options: Texts = ()
    least_picks: int = Setting(default=1, ge=0)
    most_picks: int | None = Setting(default=1, ge=1)
    other: bool = False


class RegionField(FormField):
    """A region, by its code; ``level`` is the lowest that has to be named."""

    kind: Literal["region"]
    level: Literal["province", "prefecture", "county", "township"] = "county"


class PersonField(FormField):
    """A block about one person: ``parts`` in the order of the form."""

    kind: Literal["person"]
    parts: tuple[PersonPart, ...] = ("name", "employer", "post", "phone", "email")
    role: Role | None = None


class UnitField(FormField):
    """A block about one unit."""

    kind: Literal["unit"]
    parts: tuple[UnitPart, ...] = ("name", "credit_code", "address")
    role: Role | None = None


class Column(Model):
    """A column of a table, or a part of a repeated block.

    ``summed`` adds a row with the sum below. ``computed``: the product, or the sum, of the columns named in ``of``.
    """

    id: Identifier
    label: Text
    kind: Literal["text", "long_text", "number", "money", "date", "choice", "computed", "signature"] = "text"
    required: bool = True
    max_chars: int | None = Setting(default=None, ge=1)
    unit: Text | None = None
    decimals: int = Setting(default=0, ge=0, le=6)
    precision: Precision = "day"
    options: Texts = ()
    summed: bool = False
    computed: Literal["sum", "product"] | None = None
    of: tuple[Identifier, ...] = ()


class TableField(FormField):
    """A table. ``rows`` are the labels of fixed rows; without them rows are added freely, ``least`` to ``most``.

    ``as_blocks``: each row is written as a block of labels and blanks below each other (代表作, 工作经历).
    ``role`` names the people or units that its rows are about (team, mentors, partners).
    """

    kind: Literal["table"]
    columns: tuple[Column, ...] = ()
    rows: Texts = ()
    least: int = Setting(default=0, ge=0)
    most: int | None = Setting(default=None, ge=1)
    as_blocks: bool = False
    role: Role | None = None


class ComputedField(FormField):
    """A number that follows from others: the sum of ``sum_of``, less ``less``. Nobody types it."""

    kind: Literal["computed"]
    required: Literal[False] = False
    sum_of: tuple[Text, ...] = Setting(min_length=1)
    less: tuple[Text, ...] = ()
    unit: Text | None = None


class TargetsField(FormField):
    """The targets of the category as rows: its minima are locked, higher values may be promised.

    ``own_least`` and ``own_most`` bound the measurable ones that the applicant adds.
    """

    kind: Literal["targets"]
    own_least: int = Setting(default=0, ge=0)
    own_most: int = Setting(default=20, ge=0)


class BudgetField(FormField):
    """The budget: lines with grant, own and other money, all in fen; ceilings come from the category's funding.

    ``items`` are fixed lines; where it is empty, the spending that the call permits is offered. ``own_share_least``
    is the least share of own and other money, in percent of the grant. ``basis``: every line says how it was reckoned.
    """

    kind: Literal["budget"]
    items: Texts = ()
    unit: Literal["元", "万元"] = "元"
    own: bool = True
    other: bool = True
    basis: bool = True
    own_share_least: Number | None = None


class FileField(FormField):
    """A slot for files. ``accepts`` are kinds of the file store, ``most_mb`` the size of one. ``required_if``: needed
    then. ``numbered``: a document of an authority, whose number and date are asked as well (红头文件).
    """

    kind: Literal["file"]
    accepts: tuple[Literal["pdf", "word", "sheet", "image", "archive", "video", "audio"], ...] = (
        "pdf",
        "image",
    )
    least: int = Setting(default=1, ge=0)
    most: int = Setting(default=1, ge=1)
    most_mb: int = Setting(default=20, ge=1, le=2000)
    required_if: Condition | None = None
    numbered: bool = False

    @model_validator(mode="after")
    def _least_is_not_above_most(self) -> Self:
        if self.least > self.most:
            raise PydanticCustomError("min_above_max", "least is above most")
        return self


class PledgeField(FormField):
    """A pledge that has to be accepted; ``words`` in their ``version``. On paper it is signed."""

    kind: Literal["pledge"]
    words: Texts = Setting(min_length=1)
    version: Identifier = "1"


AnyField = Annotated[
    HeadingField | TextField | NumberField | MoneyField | DateField | PeriodField | ChoiceField | RegionField
    | PersonField | UnitField | TableField | ComputedField | TargetsField | BudgetField | FileField | PledgeField,
    Setting(discriminator="kind"),
]  # fmt: skip
