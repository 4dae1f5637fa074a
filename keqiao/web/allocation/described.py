"""A decision in plain words, for whoever approves it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.money import exact_amount
from keqiao.web.allocation.frozen import Frozen, thawed
from keqiao.web.allocation.listed import LISTED
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import Names, called, names_of
from keqiao.web.allocation.targets import target_of
from keqiao.web.approvals.frozen import Change
from keqiao.web.eligibility.calls import ready_call

S = SelectionState


def changes_of(decision: Decision) -> Iterator[Change]:
    """Yield who gets what, who waits in reserve, each departure with its reason, and the sums."""
    rows = list(
        decision.selections.select_related("application__unit", "application__leader").order_by(*LISTED)
    )
    frozen, names = thawed(decision.proposed), names_of(ready_call(decision.revision_id).programme, rows)
    chosen = [row for row in rows if row.state == S.PROPOSED.value]
    for row in chosen:
        yield Change(_label(row, names), "", decided_words(row, names))
    for row in rows:
        if row.state == S.RESERVE.value:
            yield Change(_label(row, names), "", _("备选，第%(place)s位") % {"place": row.rank or "—"})
    if frozen is not None:
        yield from _departures(rows, frozen, names)
    total = sum(row.amount_fen or 0 for row in chosen)
    summary = _("%(count)s项，合计%(sum)s") % {"count": len(chosen), "sum": exact_amount(total)}
    yield Change(_("合计"), "", summary)


def decided_words(row: Selection, names: Names) -> str:
    """Say what is decided of an application: its sum, and its part where it has one."""
    parts = "、".join(f"{names.parts.get(part, part)} {amount}" for part, amount in row.scope.items())
    amount = exact_amount(row.amount_fen) if row.amount_fen else _("立项不资助")
    return f"{amount}（{parts}）" if parts else amount


def _departures(rows: list[Selection], frozen: Frozen, names: Names) -> Iterator[Change]:
    for row in rows:
        if row.reason and row.state != S.MERGED.value:
            proposed = target_of(frozen, row)
            before = exact_amount(proposed.amount_fen) if proposed.amount_fen else _("不在建议名单内")
            yield Change(_("与建议不同：%(title)s") % {"title": _label(row, names)}, before, row.reason)


def _label(row: Selection, names: Names) -> str:
    application: Any = row.application
    title = f"{application.number} {called(application)}"
    return " · ".join((names.nodes.get(application.node, ""), title, application.unit.name))
