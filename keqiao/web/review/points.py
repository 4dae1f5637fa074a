"""What a formal check looks at: rules that the facts leave to a person, papers, what is looked at in every case."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from keqiao.core.findings import Finding, Source, Weight
from keqiao.core.rules.formal_check import Point, Said, Topic, points_of_rules
from keqiao.readers.formal_check_words import formal_check_words
from keqiao.web.applications.judging import exceptions_of, judged_as_submitted
from keqiao.web.applications.kept_findings import from_values, to_values
from keqiao.web.filing.papers_owed import owed_in
from keqiao.web.filing.queries import copies_came, stamped
from keqiao.web.review.models import CheckAnswer

APPLICATION = "applications.application"
SIGNATURE_PAGE, COPIES = "paper.signature_page", "paper.copies"


def points_of(submission: Any, day: date) -> tuple[Point, ...]:
    """Return everything that is looked at in what was submitted, by what is on record on ``day``."""
    exceptions = {strict: rule.id for strict, rule in exceptions_of(submission).items()}
    of_rules = points_of_rules(judged_as_submitted(submission, day), exceptions)
    return (*of_rules, *_of_papers(submission), *_always())


def _of_papers(submission: Any) -> Iterable[Point]:
    """The stamped page that the call wants and that does not fit, and copies on paper that have not come."""
    application: Any = submission.application
    owed = owed_in(submission.revision_id, application.node)
    source = Source(clause=owed.clause) if owed.clause else None
    page = stamped((APPLICATION, application.pk), submission.digest)
    if owed.stamped and page.state != "fits":
        said = Finding(f"formal_check.signature_page_{page.state}", Weight.ASK, source=source)
        yield Point(SIGNATURE_PAGE, Topic.PAPER, (said,), source)
    came = copies_came(application.pk)
    if came < owed.copies:
        said = Finding("formal_check.copies_short", Weight.ASK, {"owed": owed.copies, "came": came}, source)
        yield Point(COPIES, Topic.PAPER, (said,), source)


def _always() -> Iterable[Point]:
    for code in formal_check_words().always:
        yield Point(f"always.{code}", Topic.ALWAYS, ())


def answers_about(answers: Iterable[CheckAnswer], digest: str) -> dict[str, CheckAnswer]:
    """Return the answers by point that were given about the content with this digest: older ones are asked anew."""
    return {each.key: each for each in answers if each.digest == digest}


def said_in(answers: Mapping[str, CheckAnswer]) -> dict[str, Said]:
    """Return what was said, by point, as the core asks about it."""
    return {key: Said(each.said) for key, each in answers.items()}


def frozen_points(points: Sequence[Point], answers: Mapping[str, CheckAnswer]) -> list[dict[str, Any]]:
    """Return points with their answers as plain values: what stands in ``FormalCheck.found``."""
    return [
        {
            "key": point.key,
            "topic": point.topic.value,
            "findings": to_values(point.findings),
            "source": point.source.model_dump(mode="json", exclude_none=True) if point.source else None,
            "evidence": list(point.evidence),
            "is_soft": point.is_soft,
            "exception": point.exception,
            "said": answers[point.key].said if point.key in answers else "",
            "reason": answers[point.key].reason if point.key in answers else "",
        }
        for point in points
    ]


def point_in(frozen: Mapping[str, Any]) -> Point:
    """Return a point that :func:`frozen_points` froze."""
    return Point(
        key=frozen["key"],
        topic=Topic(frozen["topic"]),
        findings=from_values(frozen["findings"]),
        source=Source.model_validate(frozen["source"]) if frozen["source"] else None,
        evidence=tuple(frozen["evidence"]),
        is_soft=frozen["is_soft"],
        exception=frozen["exception"],
    )
