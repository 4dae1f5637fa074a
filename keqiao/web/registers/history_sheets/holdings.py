"""The sheet of projects in hand. A row that is there already may say since when it no longer counts, and no more."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Choice, Code, Column, Context, Day, Text, Whole, Words
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import ORGANISATION, PERSON, officers_associations
from keqiao.web.registers.actions import history
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.history_sheets.cells import (
    IN_TABLE,
    SOURCE,
    UNIT,
    by_context,
    changed,
    in_order,
    not_by_table,
    page_of,
)
from keqiao.web.registers.history_sheets.lines import Lines, Said
from keqiao.web.registers.models import Holding
from keqiao.web.registers.models.history import FIRST_YEAR, LAST_YEAR, HoldingStage, path_parts

PLAIN = ("title", "stage", "year", "project", "call", "since", "ended_on", "source")
ALSO_CALLED = {"申报": HoldingStage.APPLIED.value, "立项": HoldingStage.UNDERTAKEN.value}


def _stages() -> Mapping[str, Words]:
    return dict(HoldingStage.choices)


def _one_spelling(path: str) -> str:
    return "/".join(path_parts(path))


COLUMNS = (
    replace(UNIT, required=True),
    Column("title", _("项目名称"), Text(200), ("名称",), required=True, example="科普大篷车进乡村"),
    Column("stage", _("阶段"), Choice(_stages, ALSO_CALLED), required=True, example="承担"),
    Column("year", _("年度"), Whole(FIRST_YEAR, LAST_YEAR), ("立项年度",), required=True, example="2025"),
    Column(
        "project",
        _("项目编号"),
        Text(64),
        ("立项编号",),
        help=_("不填则由系统编号。"),
        example="KP2025-07",
    ),
    Column("call", _("通知编号"), Text(80)),
    Column(
        "path", _("类别路径"), Code(check=_one_spelling, longest=200), help=_("类别编号从上到下，用 / 隔开")
    ),
    Column("lead", _("牵头单位"), ORGANISATION, help=_("联合申报的才填")),
    Column("person", _("项目负责人"), PERSON, ("负责人", "主持人"), help=_("须已在人员名册中。")),
    Column("since", _("起始日期"), Day(), ("立项日期", "申报日期"), required=True, example="2025-05-04"),
    Column("ended_on", _("退出日期"), Day(), help=_("撤回、落选、退回的日期；在手的不填。")),
    SOURCE,
)


def check(rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that end before they begin."""
    return in_order(rows, "since", "ended_on")


def _row_senses(row: Row) -> Iterable[Hashable]:
    said = row.values
    unit = UUID(said["unit"].id)
    if "project" in said:
        yield unit, said["stage"], said["project"]
    else:
        yield unit, said["stage"], said["year"], said["title"]


def _line_senses(line: Holding) -> Iterable[Hashable]:
    yield line.party_id, line.stage, line.project
    yield line.party_id, line.stage, line.year, line.title


def _path(line: Holding) -> Said:
    return {"path": "/".join(line.path) or None}


LINES = Lines(
    Holding,
    PLAIN,
    _row_senses,
    _line_senses,
    order=("-year", "pk"),
    parties={"lead": "lead_id", "person": "person_id"},
    more=_path,
)
"""A row means the line of its unit, stage and number, or without a number that of its unit, stage, year and title."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a project in hand, or since when one that is there no longer counts.

    Raises:
        ValidationError: something else of a line would change, or a value is not sound.
    """
    by = by_context(context)
    if standing is None:
        line = history.add_holding(context.association_id, _wanted(row), by=by)
        return _ended(row, line.pk, by)
    if set(changed(row, standing)) - {"ended_on", ID} or standing.values["ended_on"] is not None:
        raise not_by_table()
    return _ended(row, UUID(standing.id), by)


def _ended(row: Row, pk: UUID, by: By) -> str:
    if last := row.get("ended_on"):
        history.end_holding(pk, last, reason=row.get("source", str(IN_TABLE)), by=by)
    return str(pk)


def _wanted(row: Row) -> history.InHand:
    lead, person = row.get("lead"), row.get("person")
    plain: dict[str, Any] = {name: row.values[name] for name in ("title", "stage", "year", "since")}
    return history.InHand(
        party_id=UUID(row.values["unit"].id),
        project=row.get("project", str(uuid4())),
        source=row.get("source", str(IN_TABLE)),
        call=row.get("call", ""),
        path=path_parts(row.get("path", "")),
        lead_id=UUID(lead.id) if lead else None,
        person_id=UUID(person.id) if person else None,
        **plain,
    )


HOLDINGS = SheetKind(
    code="registers.holdings",
    label=_("在手项目"),
    help=_("已申报和正在承担的项目。已有的行可以补退出日期，其他内容不由表格改动。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("unit", "stage", "project"),),
    match=LINES.match,
    check=check,
    apply=apply,
    export=LINES.export,
    order=63,
    named_by=("unit", "title"),
    address=page_of("holdings"),
)
