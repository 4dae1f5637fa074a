"""The sheet of adverse incidents in regions and at units. Rows are only ever added."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Column, Context, Day, Text
from keqiao.web.imports.sheet_kinds import Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import REGION, officers_associations, region_reference
from keqiao.web.registers.actions import history
from keqiao.web.registers.history_sheets.cells import (
    IN_TABLE,
    SOURCE,
    UNIT,
    by_context,
    only_new,
    page_of,
    party_of,
)
from keqiao.web.registers.history_sheets.lines import Lines, Said, of_parties
from keqiao.web.registers.models import Incident
from keqiao.web.registers.models.entered import IN_USE

PLAIN = ("what", "on", "words", "source")
COLUMNS = (
    Column("region", _("地区"), REGION, ("区域",), help=_("名称或行政区划代码；涉及单位的，填单位")),
    replace(UNIT, example=""),
    Column(
        "what",
        _("事件类别"),
        Text(60),
        ("事件",),
        required=True,
        help=_("与通知的说法一致，如：伪科学活动"),
        example="伪科学活动",
    ),
    Column("on", _("发生日期"), Day(), ("日期",), required=True, example="2022-06-01"),
    Column("words", _("情况"), Text(400), ("情况说明",)),
    SOURCE,
)


def check(rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that name neither a region nor a unit, or both."""
    for row in rows:
        if bool(row.get("region")) == bool(row.get("unit")):
            yield row.number, Fault("registers.region_or_unit", "region")


def _region(row: Row) -> int | None:
    meant = row.get("region")
    return int(meant.id) if meant else None


def _row_senses(row: Row) -> Iterable[Hashable]:
    yield party_of(row), _region(row), row.values["what"], row.values["on"]


def _line_senses(line: Incident) -> Iterable[Hashable]:
    yield line.party_id, line.region_id, line.what, line.on


def _place(line: Incident) -> Said:
    return {"region": region_reference(line.region)} if line.region else {}


def _holders(rows: Sequence[Row]) -> Q:
    return of_parties(rows) | Q(region_id__in={_region(row) for row in rows} - {None})


LINES = Lines(
    Incident,
    PLAIN,
    _row_senses,
    _line_senses,
    order=("-on", "pk"),
    counted=IN_USE & (Q(party=None) | Q(party__organisation__isnull=False)),
    related=("region",),
    more=_place,
    holders=_holders,
)
"""A row means the incident of its region or unit, its words and its day."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a new incident.

    Raises:
        ValidationError: it stands there and would change, or a value is not sound.
    """
    only_new(standing)
    wanted = history.NewIncident(
        row.values["what"],
        row.values["on"],
        row.get("source", str(IN_TABLE)),
        party_id=party_of(row),
        region_id=_region(row),
        words=row.get("words", ""),
    )
    return str(history.add_incident(context.association_id, wanted, by=by_context(context)).pk)


INCIDENTS = SheetKind(
    code="registers.incidents",
    label=_("不良事件"),
    help=_("历年地区或单位发生的不良事件。只增加，不改动已有的登记。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("region", "what", "on"), ("unit", "what", "on")),
    match=LINES.match,
    check=check,
    apply=apply,
    export=LINES.export,
    order=66,
    named_by=("region", "unit", "what"),
    address=page_of("incidents"),
)
