"""The sheet of debarments. What is over is entered; what still bars waits for a second person, as on the page."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.imports.columns import Column, Context, Text
from keqiao.web.imports.sheet_kinds import Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import officers_associations
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions.debarments import NewDebarment, debar
from keqiao.web.registers.history_sheets.cells import (
    HUMAN,
    IN_TABLE,
    SINCE,
    SOURCE,
    UNIT,
    UNTIL,
    by_context,
    days_in_order,
    one_party,
    only_new,
    party_of,
)
from keqiao.web.registers.history_sheets.lines import Lines
from keqiao.web.registers.models import Debarment
from keqiao.web.registers.second_person import DEBAR, arguments_of

PLAIN = ("cause", "basis", "clause", "scope", "valid_from", "valid_until", "source")
COLUMNS = (
    UNIT,
    HUMAN,
    Column("cause", _("事由"), Text(200), ("原因",), required=True, example="结项验收不合格"),
    Column("basis", _("依据文件"), Text(200), ("依据",), required=True, example="2022年度科普项目申报通知"),
    Column("clause", _("条款"), Text(80), example="一（二）2"),
    Column("scope", _("限制范围"), Text(80), help=_("限制全部申报的，不填。"), example="新的科普项目"),
    SINCE,
    UNTIL,
    SOURCE,
)


def check(rows: Sequence[Row], context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows that name nobody or two, and those that end before they begin."""
    return chain(one_party(rows, context), days_in_order(rows, context))


def _row_senses(row: Row) -> Iterable[Hashable]:
    yield party_of(row), row.values["valid_from"], row.values["cause"]


def _line_senses(line: Debarment) -> Iterable[Hashable]:
    yield line.party_id, line.valid_from, line.cause


LINES = Lines(Debarment, PLAIN, _row_senses, _line_senses, order=("-valid_from", "pk"), counted=Q())
"""A row means the debarment of its unit or person, first day and cause, ended or not."""


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a debarment that is over, or ask a second person for one that still bars; returns the id of either.

    Raises:
        ValidationError: it stands there and would change, or another one for the same party waits already.
    """
    only_new(standing)
    wanted = _wanted(row)
    if wanted.valid_until is not None and wanted.valid_until < local_day(context.at):
        return str(debar(context.association_id, wanted, by=by_context(context))[0].pk)
    subject = Subject("parties.party", str(wanted.party_ids[0]), context.association_id)
    proposal = Proposal(DEBAR, subject, arguments_of(wanted), str(IN_TABLE))
    try:
        return str(propose(proposal, actor=context.actor, at=context.at).pk)
    except AlreadyProposed as waiting:
        raise ValidationError(
            _("已有同一对象的申请在等待审批，请先办结。"), code="debarment.waiting"
        ) from waiting


def _wanted(row: Row) -> NewDebarment:
    party = party_of(row)
    if party is None:  # ``check`` has said so
        raise ValidationError(_("请选择被禁止申报的单位或人员。"), code="debarment.nobody")
    plain = {name: row.get(name, "") for name in ("cause", "basis", "clause", "scope")}
    source = row.get("source", str(IN_TABLE))
    since, until = row.values["valid_from"], row.get("valid_until")
    return NewDebarment((party,), valid_from=since, valid_until=until, source=source, **plain)


DEBARMENTS = SheetKind(
    code="registers.debarments",
    label=_("禁止申报名册"),
    help=_("历年的禁止申报。已经期满的直接登记；还在期内的，逐条提交第二人审批后生效。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("unit", "valid_from", "cause"), ("person", "valid_from", "cause")),
    match=LINES.match,
    check=check,
    apply=apply,
    export=LINES.export,
    order=61,
    named_by=("unit", "person"),
)
