"""How the money of a project ends: the last payment, the settlement agreed by two people, what is left paid back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.web.grants.actions import settling
from keqiao.web.grants.asking import ask
from keqiao.web.grants.queries import Condition, money_of
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.projects import Project, agreed
from keqiao.web.season.stages.spending import paid
from keqiao.web.season.vocabulary import words

REPAY_IN = timedelta(days=15)
OPEN = (InstalmentState.PLANNED.value, InstalmentState.DUE.value)


def settle(project: Project, at: datetime) -> Iterator[str]:
    """Pay what waited for the acceptance, and settle with the unit."""
    if not project.grant.amount_fen:
        return
    yield from paid(project, Condition.ACCEPTANCE, at)
    row = settling.open_settlement(project.grant.pk, **project.by(at))
    settling.submit(row.pk, words("accepting")["finished"], **project.by(at))
    yield from _admitted(project, row, at)


def settle_failed(project: Project, at: datetime) -> Iterator[str]:
    """Nothing more is paid; the office settles for a unit that does not report, and demands what is left."""
    if not project.grant.amount_fen:
        return
    said = words("accepting")
    for row in money_of(project.grant).instalments:
        if row.state in OPEN:
            agreed(ask("grants.cancel", row.pk, said["cancel"], **project.office(at)), at)
            yield "instalment_cancelled"
    settlement = settling.open_settlement(project.grant.pk, **project.office(at))
    settling.settle_for_unit(settlement.pk, said["settle_for_unit"], **project.office(at))
    yield "settled_for_unit"
    yield from _admitted(project, settlement, at)


def _admitted(project: Project, row: Any, at: datetime) -> Iterator[str]:
    agreed(ask("grants.admit", row.pk, "", **project.office(at)), at)
    yield "settlement_admitted"
    left = money_of(project.grant).in_hand_fen
    if left <= 0:
        settling.close(row.pk, **project.finance(at))
        yield "settled_even"
        return
    settling.demand(row.pk, local_day(at + REPAY_IN), **project.finance(at))
    yield "demanded"
    if project.course.get("waived"):
        agreed(ask("grants.waive", row.pk, words("accepting")["waive"], **project.office(at)), at)
        yield "waived"
    else:
        settling.receive(row.pk, f"{project.grant.number}-R", **project.finance(at))
        yield "paid_back"
