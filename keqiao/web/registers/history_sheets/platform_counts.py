"""The sheet of counts read on outside platforms, of accounts that stand in the register. Rows are only ever added."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Choice, Column, Context, Day, Text, Whole, Words
from keqiao.web.imports.sheet_kinds import Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import officers_associations
from keqiao.web.registers.actions import platforms
from keqiao.web.registers.history_sheets.cells import (
    HUMAN,
    IN_TABLE,
    SOURCE,
    UNIT,
    by_context,
    one_party,
    only_new,
    party_of,
)
from keqiao.web.registers.history_sheets.lines import Lines, Said
from keqiao.web.registers.history_sheets.platforms import PLATFORM
from keqiao.web.registers.models import PlatformAccount, PlatformCount
from keqiao.web.registers.models.entered import IN_USE
from keqiao.web.registers.models.platforms import CountKind

MOST = 2**53
"""As much as a table program keeps exact."""
ALSO_CALLED = {
    **dict.fromkeys(("注册成员", "注册成员数", "注册人数", "成员数", "注册会员"), CountKind.MEMBERS.value),
    **dict.fromkeys(("上传信息", "上传信息数", "信息上传"), CountKind.UPLOADS.value),
    **dict.fromkeys(("发布资讯", "资讯", "资讯数", "发布信息"), CountKind.POSTS.value),
    **dict.fromkeys(("浏览传播", "浏览量", "传播量", "阅读量"), CountKind.VIEWS.value),
    **dict.fromkeys(("发布活动", "活动", "活动数", "活动场次"), CountKind.ACTIVITIES.value),
}


def _kinds() -> Mapping[str, Words]:
    return dict(CountKind.choices)


COLUMNS = (
    UNIT,
    HUMAN,
    PLATFORM,
    Column(
        "number",
        _("账号或编号"),
        Text(80),
        ("账号", "注册编号"),
        help=_("同一平台有几个账号的必填。"),
        example="kczg-0371",
    ),
    Column(
        "kind", _("统计指标"), Choice(_kinds, ALSO_CALLED), ("指标",), required=True, example="注册成员（人）"
    ),
    Column("value", _("数值"), Whole(most=MOST), ("数量",), required=True, example="1200"),
    Column("on", _("统计日期"), Day(), ("日期",), required=True, example="2025-12-31"),
    SOURCE,
)


def check(rows: Sequence[Row], context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that name nobody or two, and those of which the account is not certain."""
    return chain(one_party(rows, context), _without_one_account(rows, context))


def _without_one_account(rows: Sequence[Row], context: Context) -> Iterable[tuple[int, Fault]]:
    known = _accounts(rows, context)
    for row in rows:
        named = _named(row, known)
        meant = _open_on(row, named)
        if len(meant) > 1:
            yield row.number, Fault("registers.several_accounts", "number")
        elif not named:
            yield row.number, Fault("registers.no_account", "platform")
        elif not meant:
            yield row.number, Fault("registers.account_not_open", "on")


def _accounts(rows: Sequence[Row], context: Context) -> list[PlatformAccount]:
    """All accounts of the holders that rows name, in one query."""
    holders = {pk for row in rows if (pk := party_of(row))}
    return list(
        PlatformAccount.objects.filter(
            IN_USE, association_id=context.association_id, party_id__in=holders
        ).order_by("pk")
    )


def _named(row: Row, known: Collection[PlatformAccount]) -> list[PlatformAccount]:
    number = row.get("number")
    wanted = (party_of(row), row.values["platform"])
    return [
        each for each in known if (each.party_id, each.platform) == wanted and number in (None, each.number)
    ]


def _open_on(row: Row, accounts: Collection[PlatformAccount]) -> list[PlatformAccount]:
    on = row.values["on"]
    return [
        each
        for each in accounts
        if (each.since is None or each.since <= on) and (each.until is None or on <= each.until)
    ]


def _row_senses(row: Row) -> Iterable[Hashable]:
    said = (party_of(row), row.values["platform"], row.values["kind"], row.values["on"])
    yield (*said, row.values["number"]) if "number" in row.values else said


def _line_senses(line: PlatformCount) -> Iterable[Hashable]:
    said = (line.party_id, line.account.platform, line.kind, line.on)
    yield from (said, (*said, line.account.number))


def _account_of(line: PlatformCount) -> Said:
    return {"platform": line.account.platform, "number": line.account.number or None}


def _of_holders(rows: Sequence[Row]) -> Q:
    return Q(account__party_id__in={pk for row in rows if (pk := party_of(row))})


LINES = Lines(
    PlatformCount,
    ("kind", "value", "on", "source"),
    _row_senses,
    _line_senses,
    order=("-on", "-entered_at", "pk"),
    counted=IN_USE & Q(account__taken_back_at=None),
    related=("account",),
    more=_account_of,
    holders=_of_holders,
)
"""A row means the count of this day on the account; the one entered last, where there are two."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a count of an account.

    Raises:
        ValidationError: another count of that day stands there, or the account is not certain any more.
    """
    only_new(standing)
    meant = _open_on(row, _named(row, _accounts([row], context)))
    if len(meant) != 1:
        raise ValidationError(
            _("这一行对应的平台账号已有变化，请重新核对。"), code="registers.account_changed"
        )
    wanted = platforms.Counted(
        row.values["kind"], row.values["value"], row.values["on"], row.get("source", str(IN_TABLE))
    )
    return str(platforms.add_count(meant[0].pk, wanted, by=by_context(context)).pk)


PLATFORM_COUNTS = SheetKind(
    code="registers.platform_counts",
    label=_("外部平台数据"),
    help=_(
        "各平台账号的注册成员、信息、资讯等数据，按统计日期逐次登记。账号须已在名册中；已登记的数据不由表格改动。"
    ),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(
        ("unit", "platform", "number", "kind", "on"),
        ("person", "platform", "number", "kind", "on"),
    ),
    match=LINES.match,
    check=check,
    apply=apply,
    export=LINES.export,
    order=66,
    named_by=("unit", "person", "platform", "kind"),
)
