"""The sheet of accounts on outside platforms. A row that is there already may say its last day, and no more."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from keqiao.readers.platforms import outside_platforms
from keqiao.web.imports.columns import Choice, Column, Context, Day, Text, Words
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import officers_associations
from keqiao.web.registers.actions import platforms
from keqiao.web.registers.history_sheets.cells import (
    HUMAN,
    IN_TABLE,
    SOURCE,
    UNIT,
    by_context,
    changed,
    in_order,
    not_by_table,
    one_party,
    page_of,
    party_of,
)
from keqiao.web.registers.history_sheets.lines import Lines
from keqiao.web.registers.models import PlatformAccount
from keqiao.web.registers.models.platforms import platform_choices

PLAIN = ("platform", "number", "since", "until", "source")
ALSO_CALLED = {name: code for code, each in outside_platforms().items() for name in each.called}


def _platforms() -> Mapping[str, Words]:
    return dict(platform_choices())


PLATFORM = Column(
    "platform",
    _("平台"),
    Choice(_platforms, ALSO_CALLED),
    ("平台名称",),
    required=True,
    example="科创中国",
)
COLUMNS = (
    UNIT,
    HUMAN,
    PLATFORM,
    Column("number", _("账号或编号"), Text(80), ("账号", "注册编号"), example="kczg-0371"),
    Column("since", _("入驻日期"), Day(), ("注册日期",), example="2022-01-01"),
    Column("until", _("注销日期"), Day(), help=_("仍在使用的不填。")),
    SOURCE,
)


def check(rows: Sequence[Row], context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that name nobody or two, and those that end before they begin."""
    return chain(one_party(rows, context), in_order(rows, "since", "until"))


def _row_senses(row: Row) -> Iterable[Hashable]:
    said = (party_of(row), row.values["platform"], row.get("number", ""))
    yield (*said, row.values["since"]) if "since" in row.values else said


def _line_senses(line: PlatformAccount) -> Iterable[Hashable]:
    said = (line.party_id, line.platform, line.number)
    yield from (said, (*said, line.since))


LINES = Lines(
    PlatformAccount, PLAIN, _row_senses, _line_senses, order=(F("until").desc(nulls_first=True), "pk")
)
"""A row means the account of its holder, platform, number and first day; without a day the open or the last one."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter an account, or the last day of one that is there.

    Raises:
        ValidationError: something else of a line would change, or a value is not sound.
    """
    by = by_context(context)
    if standing is None:
        return str(platforms.add_account(context.association_id, _wanted(row), by=by).pk)
    if set(changed(row, standing)) - {ID} != {"until"} or standing.values["until"] is not None:
        raise not_by_table()
    return str(platforms.close_account(UUID(standing.id), row.values["until"], by=by).pk)


def _wanted(row: Row) -> platforms.NewAccount:
    return platforms.NewAccount(
        party_of(row),  # there is one: ``check`` has seen to it
        row.values["platform"],
        row.get("source", str(IN_TABLE)),
        row.get("number", ""),
        since=row.get("since"),
        until=row.get("until"),
    )


PLATFORMS = SheetKind(
    code="registers.platforms",
    label=_("外部平台账号"),
    help=_("科创中国、科普中国等平台的账号。已有的行可以补注销日期，其他内容不由表格改动。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("unit", "platform", "number", "since"), ("person", "platform", "number", "since")),
    match=LINES.match,
    check=check,
    apply=apply,
    export=LINES.export,
    order=65,
    named_by=("unit", "person", "platform"),
    address=page_of("platforms"),
)
