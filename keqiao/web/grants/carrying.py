"""What a grant takes over when it begins: from the selection, the submitted form, and what the call says of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from keqiao.core.forms.awarded import awarded_lines, awarded_targets, promised
from keqiao.core.forms.specification import Specification
from keqiao.core.programme import effective
from keqiao.core.programme.forms.fields import TextField
from keqiao.core.programme.inheritance import Effective
from keqiao.core.programme.targets import Target
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.queries import standing_submission, submitted_answers
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.parties.finding import ORGANISATION, parties_called

ONE_LINE = "项目经费"
CATEGORIES_KEPT = 2000  # in the memory of one process
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Carried:
    """What stands in an agreement from the start: all of it from the form and the call, nothing is typed again."""

    category: str
    outcome: str
    content: list[list[str]]
    targets: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    begins_on: date
    ends_on: date | None


def carried(application: Any, amount_fen: int, scope: Mapping[str, int], day: date) -> Carried:
    """Return what the grant of an application takes over; ``day`` is the one it begins on."""
    submission = standing_submission(application.pk)
    specification = asked_at(submission.revision_id, application.node).specification
    answers = submitted_answers(submission)
    holds = holds_of(submission.revision_id, application.node)
    return Carried(
        category=holds.names[-1] if holds.names else "",
        outcome=holds.outcome.fact.kind if holds.outcome else "",
        content=_content(specification, answers),
        targets=list(awarded_targets(specification, answers, scope)),
        lines=[asdict(line) for line in awarded_lines(specification, answers, amount_fen, ONE_LINE)],
        begins_on=day,
        ends_on=end_of_term(holds, day),
    )


def targets_in_force(grant: Any) -> tuple[Target, ...]:
    """Return the targets of a grant: those of the call with the numbers that were promised, then the unit's own."""
    holds = holds_of(grant.revision_id, grant.application.node)
    return promised([stated.fact for stated in holds.targets], grant.targets)


def end_of_term(holds: Effective, begins: date) -> date | None:
    """Return the last day that the call states, or reckons in months; None where it says neither."""
    if holds.completion is not None and isinstance(holds.completion.fact.on, date):
        return holds.completion.fact.on if holds.completion.fact.on >= begins else None
    months = holds.term.fact.months if holds.term else None
    return _months_later(begins, months) - timedelta(days=1) if months else None


@lru_cache(maxsize=CATEGORIES_KEPT)
def holds_of(revision_id: UUID, node: str) -> Effective:
    """Return what holds for a category of a revision: revisions never change."""
    ready = ready_call(revision_id)
    return effective(ready.programme, ready.path(node))


def supervising_bureau(revision_id: UUID) -> UUID | None:
    """Return the finance bureau that issued the call together with the association; None: there is none, or no body
    of that name.
    """
    names = [
        name
        for name in ready_call(revision_id).programme.issuers
        if name.endswith(tuple(endorsing_words().finance_names))
    ]
    found = [party.pk for name in names for party in parties_called(name, ORGANISATION)]
    return found[0] if len(found) == 1 else None


def _content(specification: Specification | None, answers: Mapping[str, Any]) -> list[list[str]]:
    """What the form says in paragraphs, by label; never what is under lock."""
    fields = specification.fields if specification else ()
    return [
        [each.label, said.strip()]
        for each in fields
        if isinstance(each, TextField) and each.kind == "long_text" and not each.sensitive
        if isinstance(said := answers.get(each.id), str) and said.strip()
    ]


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(day.year * MONTHS_IN_A_YEAR + day.month - 1 + months, MONTHS_IN_A_YEAR)
    first_after = date(year + (month + 1) // MONTHS_IN_A_YEAR, (month + 1) % MONTHS_IN_A_YEAR + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
