"""What the acceptance of a project rests on: targets judged, money, days, papers, what was said of rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from keqiao.core.findings import Source
from keqiao.core.performance import (
    Concluded,
    Course,
    Given,
    LevelWords,
    Owed,
    Table,
    conclude,
    rows_of,
    table_of,
)
from keqiao.core.programme.closing import Closing
from keqiao.core.targets import Judgement
from keqiao.readers.performance_words import performance_words
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.grants.carrying import holds_of
from keqiao.web.grants.ledger import account_of
from keqiao.web.indicators.projects import asked_of
from keqiao.web.indicators.queries import judgement_of

PROJECT = "grant"
"""The kind of project under which rooms ``activities`` and ``indicators`` know a grant."""
NO_CLOSING = Closing()
"""Where a call does not say how projects are closed: weights as most cities have them, and no total decides."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a conclusion looks at, as it stands now. ``is_stated``: the call says how projects are closed."""

    judgement: Judgement
    table: Table
    papers: tuple[Owed, ...]
    concluded: Concluded
    closing: Closing
    is_stated: bool

    @property
    def words(self) -> LevelWords:
        """Names of levels and rows."""
        return performance_words()


def facts_of(acceptance: Acceptance, at: datetime) -> Facts:
    """Return what the acceptance rests on, as things stand ``at``.

    Raises:
        LookupError: nobody says what is asked of the project.
    """
    grant: Any = acceptance.grant
    asked = asked_of(PROJECT, grant.pk, at)
    if asked is None:
        raise LookupError(f"nothing is asked of {grant.pk}")
    judgement = judgement_of(PROJECT, grant.pk, asked.targets, asked.facts, at)
    closing, is_stated = closing_of(grant)
    rows = rows_of(judgement, course_of(acceptance), performance_words())
    table = table_of(rows, closing, given_in(acceptance))
    papers = tuple(_owed(paper) for paper in acceptance.papers.all())
    return Facts(judgement, table, papers, conclude(judgement, table, papers, closing), closing, is_stated)


def closing_of(grant: Any) -> tuple[Closing, bool]:
    """Return how the call closes projects of this category, and whether it says so."""
    application: Any = grant.application
    stated = holds_of(grant.revision_id, application.node).closing
    return (stated.fact, True) if stated else (NO_CLOSING, False)


def course_of(acceptance: Acceptance) -> Course:
    """Return how the work went: days, and money as the ledger has it."""
    grant: Any = acceptance.grant
    spent = account_of(grant).admitted_fen if grant.amount_fen else None
    return Course(grant.ends_on, acceptance.finished_on, grant.amount_fen, spent)


def given_in(acceptance: Acceptance) -> Mapping[str, Given]:
    """Return the points that somebody gave by hand, by the key of their row."""
    rows = acceptance.rows.filter(points__isnull=False)
    return {row.key: Given(Decimal(row.points).normalize(), row.why) for row in rows}


def _owed(paper: Any) -> Owed:
    source = Source(clause=paper.clause) if paper.clause else None
    return Owed(paper.name, bool(paper.file_id or paper.not_needed), source)


def frozen(facts: Facts) -> dict[str, Any]:
    """Return the facts of a conclusion as plain values, to be kept with it."""
    return {
        "advice": facts.concluded.advice.value,
        "total": None if facts.table.total is None else str(facts.table.total),
        "grade": facts.table.grade.value if facts.table.grade else None,
        "rows": [
            {
                "key": scored.row.key,
                "level": part.level.value,
                "sublevel": scored.row.sublevel.value,
                "name": scored.row.name,
                "points": str(scored.points),
                "score": None if scored.score is None else str(scored.score),
                "given": scored.given.reason if scored.given else "",
            }
            for part in facts.table.parts
            for scored in part.rows
        ],
        "targets": [
            {
                "id": result.target.id,
                "progress": result.progress.value,
                "value": None if result.value is None else str(result.value),
                "facts": list(result.counting),
            }
            for result in facts.judgement.results
        ],
        "papers": [{"name": paper.name, "has": paper.has} for paper in facts.papers],
        "reasons": [reason.code for reason in facts.concluded.reasons],
    }
