"""The list of projects of a notice: only the fields that are allowed stand in it, whatever is known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from keqiao.core.money import FEN_PER_YUAN, exact_amount, format_wan
from keqiao.writers.letters.paper import table
from keqiao.writers.notice.blocks import Grid

_FEN_PER_WAN = 10_000 * FEN_PER_YUAN


class Field(StrEnum):
    """A column of a list."""

    NUMBER = "number"
    CODE = "code"
    TITLE = "title"
    CATEGORY = "category"
    UNIT = "unit"
    PARTNERS = "partners"
    LEADER = "leader"
    SCOPE = "scope"
    ROLE = "role"
    AMOUNT = "amount"
    PARENT = "parent"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Listed:
    """One project. ``amount_fen`` None: without money; ``parent`` is the pilot of which it is a sub-project.

    ``is_topic``: it is no project but a topic (选题) that goes into a catalogue.
    """

    title: str
    unit: str
    category: str = ""
    code: str = ""
    partners: tuple[str, ...] = ()
    leader: str = ""
    scope: str = ""
    role: str = ""
    amount_fen: int | None = None
    parent: str = ""
    note: str = ""
    is_topic: bool = False


_HEADS: Mapping[Field, str] = {
    Field.NUMBER: "序号",
    Field.CODE: "项目编号",
    Field.TITLE: "项目名称",
    Field.CATEGORY: "类别",
    Field.UNIT: "承担单位",
    Field.PARTNERS: "联合单位",
    Field.LEADER: "负责人",
    Field.SCOPE: "承担内容",
    Field.ROLE: "承担方式",
    Field.AMOUNT: "金额（万元）",
    Field.PARENT: "所属试点",
    Field.NOTE: "备注",
}
_OF_TOPICS: Mapping[Field, str] = {
    **_HEADS,
    Field.CODE: "选题编号",
    Field.TITLE: "选题名称",
    Field.UNIT: "推荐单位",
}
_WORDS: Mapping[Field, Callable[[Listed], str]] = {
    Field.CODE: lambda each: each.code,
    Field.TITLE: lambda each: each.title,
    Field.CATEGORY: lambda each: each.category,
    Field.UNIT: lambda each: each.unit,
    Field.PARTNERS: lambda each: "、".join(each.partners),
    Field.LEADER: lambda each: each.leader,
    Field.SCOPE: lambda each: each.scope,
    Field.ROLE: lambda each: each.role,
    Field.AMOUNT: lambda each: in_wan(each.amount_fen),
    Field.PARENT: lambda each: each.parent,
    Field.NOTE: lambda each: each.note,
}


def listing(items: Sequence[Listed], allowed: Sequence[Field]) -> Grid:
    """A table with the allowed fields in their order; with a row for the sum where amounts stand in it.

    Where nothing has an amount there is no column for it.

    Raises:
        ValueError: no field is allowed, or one twice.
    """
    if not allowed or len(set(allowed)) != len(allowed):
        raise ValueError("a list has each of its fields once")
    has_money = any(each.amount_fen is not None for each in items)
    told = [each for each in allowed if has_money or each is not Field.AMOUNT] or list(allowed)
    heads = _OF_TOPICS if items and all(each.is_topic for each in items) else _HEADS
    rows = [[heads[each] for each in told]]
    rows += [[_said(item, field, number) for field in told] for number, item in enumerate(items, start=1)]
    return table([*rows, *_total(items, told)])


def parted(items: Iterable[Listed]) -> tuple[list[Listed], list[Listed]]:
    """Part what a list names into projects and topics."""
    projects: list[Listed] = []
    topics: list[Listed] = []
    for each in items:
        (topics if each.is_topic else projects).append(each)
    return projects, topics


def in_wan(fen: int | None) -> str:
    """An amount in 万元, exact: two decimals at the most where they say it all, else its full wording."""
    if fen is None:
        return ""
    places = next((places for places in (0, 1, 2) if fen * 10**places % _FEN_PER_WAN == 0), None)
    return exact_amount(fen) if places is None else format_wan(fen, places=places)


def _said(item: Listed, field: Field, number: int) -> str:
    return str(number) if field is Field.NUMBER else _WORDS[field](item)


def _total(items: Iterable[Listed], allowed: Sequence[Field]) -> list[list[str]]:
    amounts = [each.amount_fen for each in items if each.amount_fen is not None]
    if Field.AMOUNT not in allowed or len(amounts) < 2 or len(allowed) < 2:
        return []
    at = allowed.index(Field.AMOUNT)
    label = next(place for place in range(len(allowed)) if place != at)
    row = [""] * len(allowed)
    row[at], row[label] = in_wan(sum(amounts)), "合计"
    return [row]
