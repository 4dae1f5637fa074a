"""What pages show of points: words and marks, so that templates decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Source
from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.rules.formal_check import Said, Topic
from keqiao.readers.formal_check_words import formal_check_words
from keqiao.readers.lifecycle_words import Language, case_words
from keqiao.web.review.forms import KNOWN, REASON, SAID
from keqiao.web.review.models import SAID_WORDS
from keqiao.web.review.queries import Looked, PointSeen

STATE_KINDS = {
    FormalCheckState.OPEN: "active",
    FormalCheckState.PASSED: "done",
    FormalCheckState.RETURNED: "warn",
    FormalCheckState.REFUSED: "refuse",
    FormalCheckState.WITHDRAWN: "",
}
SAID_KINDS = {Said.MEETS: "done", Said.FAILS: "refuse", Said.EXCEPTED: "warn", Said.IRRELEVANT: ""}
TOPIC_WORDS = {
    Topic.RULE: gettext_lazy("通知规定的条件"),
    Topic.PAPER: gettext_lazy("纸质材料"),
    Topic.ALWAYS: gettext_lazy("通用事项"),
}
OFFERED = (Said.MEETS, Said.FAILS, Said.IRRELEVANT)


@dataclass(frozen=True, slots=True)
class Row:
    """One point on a page: what is asked, by which clause, what was said, what may be said."""

    key: str
    number: int
    topic: Topic
    words: str
    findings: Sequence[Finding]
    source: Source | None
    evidence: str
    is_soft: bool
    said: str
    said_words: str
    said_kind: str
    reason: str
    by: str
    at: datetime | None
    offered: Sequence[tuple[str, str]]
    fault: Finding | None = None

    @property
    def is_wanting(self) -> bool:
        """Was it found wanting?"""
        return self.said == Said.FAILS.value


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one topic."""

    title: str
    rows: Sequence[Row]


def state_words(state: FormalCheckState) -> str:
    """Return what a state is called, in the language that is spoken now."""
    return case_words("formal_check", language()).states[state.value]


def rows_of(
    looked: Looked, typed: Mapping[str, str] | None = None, faults: Mapping[str, Finding] | None = None
) -> list[Row]:
    """Return all points of a check, in their order, with what was ``typed`` and refused, and why."""
    known = faults or {}
    return [
        _row(number, _as_typed(each, typed), known.get(each.point.key))
        for number, each in enumerate(looked.points, 1)
    ]


def groups_of(rows: Sequence[Row]) -> list[Group]:
    """Return points by topic; topics without a point are left out."""
    by_topic = {topic: [row for row in rows if row.topic is topic] for topic in TOPIC_WORDS}
    return [Group(str(TOPIC_WORDS[topic]), found) for topic, found in by_topic.items() if found]


def _as_typed(seen: PointSeen, typed: Mapping[str, str] | None) -> PointSeen:
    """A point with the answer that a form brought, so that nothing typed is lost when the form is refused."""
    if typed is None:
        return seen
    key = seen.point.key
    return replace(
        seen, said=typed.get(f"{SAID}{key}", seen.said), reason=typed.get(f"{REASON}{key}", seen.reason)
    )


def words_of(point: PointSeen) -> str:
    """Return the words of a standing point; "" for points whose findings say what is asked."""
    code = point.point.key.removeprefix("always.")
    said = formal_check_words().always.get(code) if point.point.topic is Topic.ALWAYS else None
    return said[language()] if said else ""


def phrases_for(said: str) -> list[str]:
    """Return what officers often write with this answer, in the language that is spoken now."""
    return [each[language()] for each in formal_check_words().reasons.get(said, ())]


def _row(number: int, seen: PointSeen, fault: Finding | None) -> Row:
    point, said = seen.point, Said(seen.said) if seen.said in KNOWN else None
    offered = [*OFFERED, *([Said.EXCEPTED] if point.exception else [])]
    return Row(
        key=point.key,
        number=number,
        topic=point.topic,
        words=words_of(seen),
        findings=point.findings,
        source=point.source,
        evidence=_("、").join(point.evidence),
        is_soft=point.is_soft,
        said=seen.said,
        said_words=str(SAID_WORDS[said]) if said else "",
        said_kind=SAID_KINDS[said] if said else "",
        reason=seen.reason,
        by=seen.by,
        at=seen.at,
        offered=[(each.value, str(SAID_WORDS[each])) for each in offered],
        fault=fault,
    )


def language() -> Language:
    """Return the language that is spoken now, as the vocabulary names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"
