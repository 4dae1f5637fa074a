"""What other rules would change, before they are set. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.allocation import NotSolved, Policy, Proposal, propose
from keqiao.core.money import exact_amount
from keqiao.web.allocation.actions.moving import refusal
from keqiao.web.allocation.frozen import thawed
from keqiao.web.allocation.gathering import gathered
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import called
from keqiao.web.allocation.policies import values_of

STATUS = {
    "in": gettext_lazy("立项"),
    "out": gettext_lazy("不立项"),
    "absorbed": gettext_lazy("并入试点"),
    "open": gettext_lazy("待定"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One application of which the proposal would be another."""

    title: str
    before: str
    after: str


def preview(decision: Decision, rows: Sequence[Selection], policy: Policy, at: datetime) -> list[Difference]:
    """Return what would be proposed otherwise under ``policy``.

    Raises:
        Refused: points are to be added to ranks, or it cannot be solved.
    """
    tried = Decision(
        call_id=decision.call_id,
        revision_id=decision.revision_id,
        association_id=decision.association_id,
        policy=values_of(policy),
        pilots=decision.pilots,
    )
    try:
        after = propose(gathered(tried, rows, at).case)
    except NotSolved as unsolved:
        raise refusal("decision.not_solved") from unsolved
    except ValueError as wrong:
        raise refusal("decision.points_on_ranks") from wrong
    frozen = thawed(decision.proposed)
    before = frozen.proposal if frozen else None
    found = [
        Difference(called(row.application), _words(before, row), _words(after, row))
        for row in rows
        if str(row.application_id) in after.verdicts
    ]
    return [each for each in found if each.before != each.after]


def _words(proposal: Proposal | None, row: Selection) -> str:
    verdict = proposal.verdicts.get(str(row.application_id)) if proposal else None
    if verdict is None:
        return "—"
    status = str(STATUS[verdict.status.value])
    place = _("第%(place)s位") % {"place": verdict.place} if verdict.place else ""
    amount = exact_amount(verdict.amount_fen) if verdict.amount_fen else ""
    return " ".join(each for each in (place, status, amount) if each)
