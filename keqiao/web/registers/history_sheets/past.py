"""The sheet of past projects and topics. A row that is there already may bring its result; nothing else is changed."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Choice, Column, Context, Day, Money, Text, Whole, Words
from keqiao.web.imports.sheet_kinds import ID, Row, SheetKind, Standing
from keqiao.web.parties.lookups import PERSON, officers_associations
from keqiao.web.registers.actions import history
from keqiao.web.registers.history_sheets.cells import (
    IN_TABLE,
    OUTCOME,
    SOURCE,
    UNIT,
    by_context,
    changed,
    not_by_table,
    page_of,
)
from keqiao.web.registers.history_sheets.lines import Lines
from keqiao.web.registers.models import TrackRecord
from keqiao.web.registers.models.entered import IN_USE
from keqiao.web.registers.models.history import FIRST_YEAR, LAST_YEAR, PastKind

RESULT = ("outcome", "concluded_on", "conclusion")
PLAIN = ("title", "family", "year", "amount_fen", "outcome", "concluded_on", "conclusion", "source")


def _kinds() -> Mapping[str, Words]:
    return dict(PastKind.choices)


COLUMNS = (
    replace(UNIT, required=True),
    Column(
        "title", _("项目名称"), Text(200), ("选题名称", "名称"), required=True, example="科普大篷车进乡村"
    ),
    Column("kind", _("类别"), Choice(_kinds), help=_("项目或选题；不填为项目。"), example="项目"),
    Column(
        "family",
        _("项目类别"),
        Text(120),
        ("专项", "类型"),
        required=True,
        help=_("与通知回看的说法一致。"),
        example="科普项目",
    ),
    Column("year", _("年度"), Whole(FIRST_YEAR, LAST_YEAR), ("立项年度",), required=True, example="2022"),
    Column("amount_fen", _("经费（元）"), Money("元"), ("资助金额（元）", "经费"), example="20000"),
    Column("leader", _("项目负责人"), PERSON, ("负责人", "主持人"), help=_("须已在人员名册中。")),
    Column("outcome", _("完成情况"), OUTCOME, ("结论", "验收结论"), example="合格"),
    Column("concluded_on", _("结论日期"), Day(), ("验收日期",), example="2022-12-10"),
    Column("conclusion", _("结论说明"), Text(200)),
    SOURCE,
)


def _row_senses(row: Row) -> Iterable[Hashable]:
    said = row.values
    yield (
        UUID(said["unit"].id),
        row.get("kind", PastKind.PROJECT.value),
        said["family"],
        said["year"],
        said["title"],
    )


def _line_senses(line: TrackRecord) -> Iterable[Hashable]:
    yield line.party_id, line.kind, line.family, line.year, line.title


LINES = Lines(
    TrackRecord,
    ("kind", *PLAIN),
    _row_senses,
    _line_senses,
    order=("-year", "pk"),
    counted=IN_USE & Q(party__organisation__isnull=False),
    parties={"leader": "leader_id"},
)
"""A row means the line of its unit, kind, family, year and title."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a new line, or the result of one that is there.

    Raises:
        ValidationError: something else than the result of a line would change.
    """
    by = by_context(context)
    if standing is None:
        return str(history.add_past_project(context.association_id, _wanted(row), by=by).pk)
    if set(changed(row, standing)) - set(RESULT) - {ID}:
        raise not_by_table()
    said = {key: row.get(key, standing.values.get(key)) for key in RESULT}
    if said["outcome"] is None or said["concluded_on"] is None:
        raise not_by_table()
    conclusion = history.Conclusion(said["outcome"], said["concluded_on"], said["conclusion"] or "")
    history.record_result(UUID(standing.id), conclusion, by=by)
    return standing.id


def _wanted(row: Row) -> history.PastProject:
    plain = {name: row.get(name, "") for name in ("title", "family", "outcome", "conclusion")}
    leader = row.get("leader")
    return history.PastProject(
        party_id=UUID(row.values["unit"].id),
        kind=row.get("kind", PastKind.PROJECT.value),
        year=row.values["year"],
        amount_fen=row.get("amount_fen"),
        leader_id=UUID(leader.id) if leader else None,
        concluded_on=row.get("concluded_on"),
        source=row.get("source", str(IN_TABLE)),
        **plain,
    )


PAST = SheetKind(
    code="registers.past",
    label=_("以往项目与选题"),
    help=_("往年立项的项目和完成情况、往年的选题目录。已有的行可以补结论，其他内容不由表格改动。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("unit", "kind", "family", "year", "title"),),
    match=LINES.match,
    apply=apply,
    export=LINES.export,
    order=62,
    named_by=("unit", "title"),
    address=page_of("past"),
)
