"""What was asked, as a typed tree. Rooms turn its leaves into conditions on what the viewer may see."""

from dataclasses import dataclass
from datetime import date

from keqiao.core.query.fields import Field

Value = str | int


@dataclass(frozen=True, slots=True)
class Words:
    """Words without a key: wherever the list looks for words. ``whole``: they stood in quotation marks."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """The key has one of the values: text that it holds, codes of choices, numbers, fen."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The key lies in a span, both ends included; an open end is None. Days are days of Asia/Shanghai."""

    field: Field
    least: int | date | None
    most: int | date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """The key has no value."""

    field: Field


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fit the part."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """What fits every part; all rows where there is none."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """What fits at least one part."""

    parts: tuple["Node", ...]


Node = Words | Is | Between | Missing | Not | All | Any
