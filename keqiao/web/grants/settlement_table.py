"""The settlement as a table (经费决算表, domain.md D8): line by line what was planned, changed and spent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.lifecycle.settlement import SettlementState as S
from keqiao.web.grants.ledger import entries_of
from keqiao.web.grants.models import Grant, Settlement
from keqiao.web.grants.queries import money_of
from keqiao.web.grants.shown import language
from keqiao.web.parties.queries import local_day
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.summary import Kind, Summary, SummaryColumn
from keqiao.writers.summary.value import Entry

FEN_IN_WAN = 1_000_000
FORMS = ("xlsx", "docx", "pdf")
HOLDS = frozenset({S.ADMITTED.value, S.REPAYMENT_DUE.value, S.CLOSED.value})
"""States in which what was spent is admitted; before, the table is a draft."""


def title_of(grant: Grant) -> str:
    """Return what the table is called."""
    return _("项目经费决算表 %(number)s") % {"number": grant.number}


def table_of(settlement: Settlement, grant: Grant) -> Summary:
    """Return the settlement of a grant as a table, in the language of whoever reads it."""
    is_draft = settlement.state not in HOLDS
    issuers = (grant.unit.name,)
    return Summary(
        title=_("项目经费决算表"),
        head=(
            f"{grant.number} {grant.title}　{grant.unit.name}",
            local_day(settlement.changed_at).isoformat(),
        ),
        columns=_columns(),
        rows=tuple(_rows(grant)),
        total=_("合计"),
        foot=(_("项目负责人："), _("财务负责人："), _("单位（盖章）：")),
        notes=tuple(_notes(settlement, grant)),
        imprint=Imprint(at=settlement.changed_at, issuers=issuers, is_draft=is_draft),
        language=language(),
    )


def _columns() -> tuple[SummaryColumn, ...]:
    said = (
        ("line", _("支出科目"), Kind.TEXT, 2.4),
        ("planned", _("批复预算：专项（万元）"), Kind.MONEY, 1.2),
        ("changed", _("调整（万元）"), Kind.MONEY, 1.0),
        ("spent", _("核定支出：专项（万元）"), Kind.MONEY, 1.2),
        ("left", _("结余（万元）"), Kind.MONEY, 1.0),
        ("own", _("批复预算：自筹（万元）"), Kind.MONEY, 1.2),
        ("remarks", _("备注"), Kind.TEXT, 2.0),
    )
    return tuple(SummaryColumn(*each) for each in said)


def _rows(grant: Grant) -> Iterator[tuple[Entry, ...]]:
    """A line each; a line that a change took out stands last with what it had."""
    first: dict[str, int] = dict(entries_of(grant)[0].lines)  # type: ignore[union-attr]
    lines: list[Any] = list(money_of(grant).lines)
    for line in lines:
        planned = first.pop(line.key, 0)
        numbers = (
            planned,
            line.planned_fen - planned,
            line.admitted_fen,
            line.planned_fen - line.admitted_fen,
            line.own_fen,
        )
        waiting = _("有票据未核定") if line.waiting_fen else ""
        yield (line.key, *map(_wan, numbers), waiting)
    for key, planned in first.items():
        yield (key, *map(_wan, (planned, -planned, 0, 0, 0)), _("变更后取消"))


def _notes(settlement: Settlement, grant: Grant) -> Iterator[str]:
    money = money_of(grant)
    sums = (
        (_("已拨付"), money.paid_fen),
        (_("核定支出"), money.admitted_fen),
        (_("应上缴结余"), settlement.demanded_fen),
        (_("已上缴"), money.returned_fen),
        (_("免予上缴"), money.waived_fen),
    )
    said = _("%(name)s %(number)s 万元")
    yield "　".join(said % {"name": name, "number": _plain(fen)} for name, fen in sums)
    yield _("结余＝批复预算＋调整－核定支出。自筹经费的支出由单位核算，不在此核定。")
    if settlement.words:
        yield _("说明：%(words)s") % {"words": settlement.words}


def _wan(fen: int) -> Decimal:
    return Decimal(fen) / FEN_IN_WAN


def _plain(fen: int) -> str:
    words = format(_wan(fen), "f")
    return words.rstrip("0").rstrip(".") if "." in words else words
