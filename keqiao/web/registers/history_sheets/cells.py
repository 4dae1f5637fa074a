"""Columns that the sheets of this room share, and whom a row is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Choice, Column, Context, Day, Reference, Text, Words
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, Standing
from keqiao.web.parties.lookups import ORGANISATION, PERSON, find_organisations, find_people
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.models.history import OutcomeKind

IN_TABLE = _("表格导入")
UNIT = Column(
    "unit",
    _("单位"),
    ORGANISATION,
    ("单位全称", "单位名称", "承担单位"),
    help=_("全称或信用代码，须已在名册中。"),
    example="某某市力学学会",
)
HUMAN = Column(
    "person", _("人员姓名"), PERSON, ("姓名", "专家姓名"), help=_("登记对象是人员的填写，须已在人员名册中。")
)
SOURCE = Column(
    "source", _("来源"), Text(120), help=_("从何处得知；不填则记为表格导入。"), example="2023年考核通报"
)
SINCE = Column("valid_from", _("起始日期"), Day(), required=True, example="2023-05-04")
UNTIL = Column("valid_until", _("截止日期"), Day(), help=_("含当天；没有期限的不填。"))


def _outcomes() -> Mapping[str, Words]:
    return dict(OutcomeKind.choices)


GOOD = dict.fromkeys(("合格", "通过", "良好", "优秀", "较好", "已完成", "完成较好"), OutcomeKind.GOOD.value)
POOR = dict.fromkeys(("不合格", "未通过", "较差", "完成不好"), OutcomeKind.POOR.value)
OUTCOME = Choice(_outcomes, GOOD | POOR)
"""How something went, in the words that offices write for it."""


def by_context(context: Context) -> By:
    """Who imports, and when."""
    return By(context.actor, context.at)


def party_of(row: Row) -> UUID | None:
    """Return the id of the unit or person that a row names, or nothing."""
    meant = row.get("unit") or row.get("person")
    return UUID(meant.id) if meant else None


def one_party(rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that name neither a unit nor a person, or both."""
    for row in rows:
        if bool(row.get("unit")) == bool(row.get("person")):
            yield row.number, Fault("registers.unit_or_person", "unit")


def in_order(rows: Sequence[Row], first: str, last: str) -> Iterable[tuple[int, Fault]]:
    """Yield the rows whose day in column ``last`` lies before the one in ``first``."""
    for row in rows:
        since, until = row.get(first), row.get(last)
        if since and until and until < since:
            yield row.number, Fault("registers.ends_before_it_begins", last)


def days_in_order(rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that end before they begin."""
    return in_order(rows, "valid_from", "valid_until")


def references(party_ids: Iterable[UUID | None], context: Context) -> Mapping[UUID, tuple[str, Reference]]:
    """Return for each party the column it stands in (unit or person) and the word for it; two queries."""
    words = sorted({str(pk) for pk in party_ids if pk is not None})
    units, people = find_organisations(words, context), find_people(words, context)
    found = {UUID(word): ("unit", each) for word, named in units.items() for each in named}
    return found | {UUID(word): ("person", each) for word, named in people.items() for each in named}


def standing_for(row: Row, rows: Mapping[str, Any], by_sense: Mapping[Any, Any], sense: Any) -> Any:
    """Return the stored line a row means: the one of its number, else the one of the same sense, or nothing."""
    return rows.get(row.get(ID, "")) or by_sense.get(sense)


def standings(
    meant: Mapping[int, Any], values: Mapping[UUID, Mapping[str, Any]]
) -> dict[int, Standing | Fault]:
    """Return what stands already, by number of the row."""
    return {number: Standing(str(line.pk), values[line.pk]) for number, line in meant.items()}


def changed(row: Row, standing: Standing, keys: Iterable[str] = ()) -> list[str]:
    """Return the columns in which a row says something else than what stands, of ``keys`` or of all."""
    wanted = set(keys) or set(row.values)
    return [
        key
        for key, value in row.values.items()
        if key in wanted and _differs(value, standing.values.get(key))
    ]


def _differs(value: Any, stands: Any) -> bool:
    if isinstance(value, Reference):
        return not isinstance(stands, Reference) or value.id != stands.id
    return value != stands


def not_by_table() -> ValidationError:
    """What was decided is not changed by a table."""
    return ValidationError(
        _("名册中已有这条登记，不能用表格改动。请在它的页面上办理。"), code="registers.not_by_table"
    )


def only_new(standing: Standing | None) -> None:
    """Refuse a row that says something else than the line that stands there already.

    Raises:
        ValidationError: there is one.
    """
    if standing is not None:
        raise not_by_table()


def page_of(code: str) -> Callable[[str], str]:
    """Return what leads from the id of a line to its page in the book ``code``."""
    return lambda pk: reverse("registers:line", args=[code, pk])
