"""What keeps applications out whatever their score, by what is on record on the day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from keqiao.core.allocation import Bar, BarKind
from keqiao.core.rules.answers import Judged, Verdict
from keqiao.core.rules.formal_check import Said
from keqiao.web.allocation.merit import is_settled
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.judging import judged_as_submitted
from keqiao.web.review.queries.passed import answers_at_passing

KINDS = {"debarment": BarKind.DEBARRED, "continuation": BarKind.NO_CONTINUED_SUPPORT}
"""Types of rules that stop an award, and how they are called here."""
CLEARED = frozenset({Said.MEETS.value, Said.EXCEPTED.value, Said.IRRELEVANT.value})


def bars_of(
    rows: Sequence[Selection], submissions: Mapping[UUID, Any], day: date
) -> dict[UUID, tuple[Bar, ...]]:
    """Return the bars of each, by the id of the selection; what the formal check settled is settled."""
    said = answers_at_passing([row.application_id for row in rows])
    return {
        row.pk: tuple(_bars(row, submissions.get(row.application_id), said.get(row.application_id, {}), day))
        for row in rows
    }


def _bars(row: Selection, submission: Any, said: Mapping[str, str], day: date) -> Iterator[Bar]:
    if submission is None:
        return
    for judged in judged_as_submitted(submission, day):
        kind = KINDS.get(judged.type)
        if kind is not None and judged.verdict is not Verdict.PASSES:
            yield from _bar(row, kind, judged, is_cleared=said.get(judged.rule) in CLEARED)


def _bar(row: Selection, kind: BarKind, judged: Judged, *, is_cleared: bool) -> Iterator[Bar]:
    """A bar that is sure, or one of which nobody knows, unless somebody has found out."""
    if judged.verdict is Verdict.FAILS:
        yield Bar(kind, holds=True, source=judged.source)
    elif not is_cleared and (settled := is_settled(row, kind)) is not False:
        yield Bar(kind, holds=settled, source=judged.source)
