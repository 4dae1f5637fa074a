"""The sheet of society affairs: re-elections, yearly inspections, party branches. Rows are only ever added."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Choice, Column, Context, Day, Text, Whole, Words
from keqiao.web.imports.sheet_kinds import Row, SheetKind, Standing
from keqiao.web.parties.lookups import officers_associations
from keqiao.web.registers.actions import history
from keqiao.web.registers.history_sheets.cells import (
    IN_TABLE,
    OUTCOME,
    SOURCE,
    UNIT,
    by_context,
    only_new,
    page_of,
)
from keqiao.web.registers.history_sheets.lines import Lines
from keqiao.web.registers.models import SocietyAffair
from keqiao.web.registers.models.history import FIRST_YEAR, LAST_YEAR, AffairKind

PLAIN = ("kind", "year", "on", "outcome", "words", "next_due", "source")
ALSO_CALLED = {
    "换届选举": AffairKind.ELECTION.value,
    "年检": AffairKind.INSPECTION.value,
    "年审": AffairKind.INSPECTION.value,
    "党建": AffairKind.PARTY_BRANCH.value,
    "成立党支部": AffairKind.PARTY_BRANCH.value,
}


def _kinds() -> Mapping[str, Words]:
    return dict(AffairKind.choices)


COLUMNS = (
    replace(UNIT, header=_("学会"), aliases=("学会名称", "学会全称", *UNIT.aliases), required=True),
    Column("kind", _("事项"), Choice(_kinds, ALSO_CALLED), ("类别",), required=True, example="换届"),
    Column(
        "year",
        _("所属年度"),
        Whole(FIRST_YEAR, LAST_YEAR),
        ("年度",),
        required=True,
        help=_("2025年度的年检在2026年进行，填2025。"),
        example="2022",
    ),
    Column("on", _("日期"), Day(), ("办理日期", "换届日期", "检查日期"), required=True, example="2022-05-06"),
    Column("outcome", _("结果"), OUTCOME, ("结论", "检查结论"), example="合格"),
    Column("words", _("结果说明"), Text(200), ("说明",)),
    Column(
        "next_due",
        _("下次应办日期"),
        Day(),
        ("下次换届日期", "应换届日期"),
        help=_("过了这一天还没有登记的，按未完成处理"),
        example="2027-05-06",
    ),
    SOURCE,
)


def _row_senses(row: Row) -> Iterable[Hashable]:
    said = row.values
    yield UUID(said["unit"].id), said["kind"], said["year"], said["on"]


def _line_senses(line: SocietyAffair) -> Iterable[Hashable]:
    yield line.party_id, line.kind, line.year, line.on


LINES = Lines(SocietyAffair, PLAIN, _row_senses, _line_senses, order=("-on", "pk"))
"""A row means the affair of its society, kind, year and day."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a new affair.

    Raises:
        ValidationError: it stands there and would change, or a value is not sound.
    """
    only_new(standing)
    said = row.values
    wanted = history.Affair(
        UUID(said["unit"].id),
        said["kind"],
        said["year"],
        said["on"],
        row.get("source", str(IN_TABLE)),
        outcome=row.get("outcome", ""),
        words=row.get("words", ""),
        next_due=row.get("next_due"),
    )
    return str(history.add_affair(context.association_id, wanted, by=by_context(context)).pk)


AFFAIRS = SheetKind(
    code="registers.affairs",
    label=_("学会事务"),
    help=_("历次换届、年度检查和党组织建设。只增加，不改动已有的登记。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("unit", "kind", "year", "on"),),
    match=LINES.match,
    apply=apply,
    export=LINES.export,
    order=64,
    named_by=("unit", "kind", "year"),
    address=page_of("affairs"),
)
