"""The sheet of debarments. What is over is entered; what still bars waits for a second person, as on the page."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.approvals.actions import Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.approvals.refusals import AlreadyProposed
from keqiao.web.imports.columns import Column, Context, Text
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, SheetKind, Standing
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
    not_by_table,
    one_party,
    party_of,
    references,
    standing_for,
    standings,
)
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


def match(rows: Sequence[Row], context: Context) -> dict[int, Standing | Fault]:
    """Return the debarments that rows mean: by number, else by party, first day and cause."""
    parties = [pk for row in rows if (pk := party_of(row))]
    stored = Debarment.objects.filter(association_id=context.association_id, party_id__in=parties)
    by_id = {str(line.pk): line for line in stored}
    by_sense = {(line.party_id, line.valid_from, line.cause): line for line in by_id.values()}
    meant = {
        row.number: standing_for(
            row, by_id, by_sense, (party_of(row), row.values["valid_from"], row.values["cause"])
        )
        for row in rows
    }
    meant = {number: line for number, line in meant.items() if line}
    return standings(meant, _values(meant.values(), context))


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a debarment that is over, or ask a second person for one that still bars; returns the id of either.

    Raises:
        ValidationError: it stands there and would change, or another one for the same party waits already.
    """
    if standing is not None:
        raise not_by_table()
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


def export(context: Context) -> Iterable[Mapping[str, Any]]:
    """Yield the debarments of the association."""
    stored = list(
        Debarment.objects.filter(association_id=context.association_id).order_by("-valid_from", "pk")
    )
    values = _values(stored, context)
    yield from ({ID: str(line.pk), **values[line.pk]} for line in stored)


def _values(stored: Iterable[Debarment], context: Context) -> dict[UUID, dict[str, Any]]:
    stored = list(stored)
    named = references((line.party_id for line in stored), context)
    found = {}
    for line in stored:
        said: dict[str, Any] = {name: getattr(line, name) or None for name in PLAIN}
        if line.party_id in named:
            column, reference = named[line.party_id]
            said[column] = reference
        found[line.pk] = said
    return found


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
    match=match,
    check=check,
    apply=apply,
    export=export,
    order=61,
    named_by=("unit", "person"),
)
