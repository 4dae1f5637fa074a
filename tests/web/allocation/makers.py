"""Makers of decisions: calls, applications that passed the formal check, what experts made of them."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from django.db import transaction

from keqiao.core.findings import Verdict
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.results import Result
from keqiao.web.accounts.roles import Role
from keqiao.web.allocation import actions, queries
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications.models import Application
from keqiao.web.audit.log import record
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.review.kept_results import result_values
from keqiao.web.review.models import FormalCheck, Outcome, Round
from tests.web import make
from tests.web.applications import makers

NOW = makers.NOW
numbers = count(1)
CARD = {"criteria": [{"id": "merit", "name": "水平", "points": 100}], "pass_mark": 60}


def decision(call: Any) -> Decision:
    """An empty decision about a call."""
    officer = make.officer(call.association)
    return Decision.objects.create(
        association=call.association,
        call=call,
        revision=call.revisions.get(),
        made_by=officer,
        made_at=NOW,
    )


@transaction.atomic
def selection(of: Decision, state: str = "ranked", **values: Any) -> Selection:
    """A submitted application in a decision, in this state."""
    row = Selection.objects.create(
        association=of.association,
        decision=of,
        call=of.call,
        application=makers.submitted(of.call),
        state=state,
        decided_at=NOW,
        **values,
    )
    record("ranked", row, actor=of.made_by, role="officer", at=NOW)
    return row


def application(call: Any, node: str, title: str, unit: Any = None) -> Application:
    """An application that passed the formal check; of its form nothing is kept."""
    revision, number = call.revisions.get(), next(numbers)
    unit = unit or make.organisation()
    row = Application.objects.create(
        association=call.association,
        call=call,
        revision=revision,
        node=node,
        path=list(ready_call(revision.pk).path(node)),
        unit=unit,
        title=title,
        state=ApplicationState.SUBMITTED.value,
        number=f"N{number:04}",
        key=f"k{number}",
        submitted_at=NOW,
        created_by=make.holder(Role.APPLICANT, unit),
        created_at=NOW,
        edited_at=NOW,
    )
    passed(row)
    return row


def passed(row: Application) -> FormalCheck:
    """The formal check of an application, passed."""
    return FormalCheck.objects.create(
        association=row.association,
        call=row.call,
        application=row,
        revision=row.revision,
        digest="d",
        state="passed",
        begun_at=NOW,
        decided_by=make.officer(row.association),
        decided_at=NOW,
    )


def judged(call: Any, scores: dict[Application, Any], card: dict[str, Any] | None = None) -> Round:
    """A closed round in which experts gave these totals."""
    made = Round.objects.create(
        association=call.association,
        call=call,
        revision=call.revisions.get(),
        name="评审",
        card=Scorecard.model_validate(card or CARD).model_dump(mode="json"),
        experts=1,
        state="closed",
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW - timedelta(days=2),
        closed_at=NOW - timedelta(days=1),
        digest="d",
        made_by=make.officer(call.association),
        made_at=NOW,
    )
    mark = (card or CARD).get("pass_mark", 0)
    for row, score in scores.items():
        total = Fraction(str(score))
        verdict = Verdict.PASSES if total >= mark else Verdict.FAILS
        result = Result(str(row.pk), verdict, total, Decimal(str(score)), {"merit": total}, sheets=("s",))
        Outcome.objects.create(
            association=call.association,
            round=made,
            application=row,
            verdict=verdict.value,
            total=str(total),
            shown=result.shown,
            sheets=1,
            found=result_values(result),
            written_at=NOW,
        )
    return made


def filed(call: Any, node: str, *scores: Any, units: Any = ()) -> list[Application]:
    """Applications of one category with these scores, the first called 甲."""
    rows = [
        application(
            call, node, f"{node}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[n]}", units[n] if units else None
        )
        for n in range(len(scores))
    ]
    judged(call, dict(zip(rows, scores, strict=True)))
    return rows


def begun(call: Any, officer: Any = None) -> Decision:
    """A decision that an officer has begun."""
    return actions.begin(call.pk, actor=officer or make.officer(call.association), at=NOW)


def states(decision: Decision) -> dict[str, str]:
    """The state of each application by its title."""
    return {str(row.application): row.state for row in queries.rows_in(decision)}


def amounts(decision: Decision) -> dict[str, Fraction]:
    """The sums in 万元 of those who get one, by title."""
    rows = queries.rows_in(decision).filter(amount_fen__isnull=False)
    return {str(row.application): Fraction(row.amount_fen, 1_000_000) for row in rows}


def row_of(decision: Decision, application: Application) -> Selection:
    """The selection of an application as it stands now."""
    return queries.rows_in(decision).get(application=application)
