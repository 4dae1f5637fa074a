"""What pages show of acceptances: words and marks of states, the rows of the performance table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.acceptance import TABLE
from keqiao.core.lifecycle.acceptance import AcceptanceState as S
from keqiao.core.lifecycle.credit import CreditState as C
from keqiao.core.performance import Advice
from keqiao.readers.breach_words import breach_names
from keqiao.readers.lifecycle_words import Language, case_words
from keqiao.web.acceptance.facts import Facts
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.accounts.queries import names_of
from keqiao.web.audit.queries import timeline
from keqiao.writers.performance import asked_words, reached_words, row_name

KINDS: Mapping[str, Mapping[Any, str]] = {
    "acceptance": {
        S.SUBMITTED: "active",
        S.RETURNED: "warn",
        S.RECTIFYING: "warn",
        S.PASSED: "done",
        S.FAILED: "refuse",
    },
    "credit": {C.IN_FORCE: "refuse", C.APPEALED: "warn", C.UPHELD: "refuse", C.LIFTED: "done"},
}
"""Marks of states; what is not here waits."""
ADVICE = {
    Advice.PASSES: ("done", _("可以通过")),
    Advice.PAPERS: ("warn", _("材料不齐")),
    Advice.RECTIFY: ("warn", _("应当整改")),
    Advice.FAILS: ("refuse", _("达不到通过标准")),
    Advice.PERSON: ("", _("需要人工判断")),
}
EFFECTS = {
    "ban": _("禁止申报"),
    "revoke": _("取消资格"),
    "repay": _("追回经费"),
    "no_support": _("不再支持"),
    "criticise": _("通报批评"),
}


def language() -> Language:
    """Return the language that is spoken now, as the vocabulary names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def chip(case: str, state: str) -> tuple[str, str]:
    """Return the mark and the word of a state."""
    return KINDS[case].get(state, ""), case_words(case, language()).states[state]  # type: ignore[call-overload]


def breach_word(breach: str) -> str:
    """Return the name of a breach."""
    return next(names[language()] for code, names in breach_names().items() if code.value == breach)


@dataclass(frozen=True, slots=True)
class RowSeen:
    """One row of the performance table as the page shows it; ``faults`` are what was found at it."""

    key: str
    level: str
    name: str
    asked: str
    reached: str
    points: Any
    score: Any
    share: float | None
    reason: str
    why: str
    given: Any
    is_short: bool
    faults: tuple[Finding, ...]


def rows_seen(acceptance: Acceptance, facts: Facts, faults: Mapping[str, list[Finding]]) -> list[RowSeen]:
    """Return the rows of the table with what was said of each."""
    said = {row.key: row for row in acceptance.rows.all()}
    return [
        _row(scored, part.level.value, said.get(scored.row.key), tuple(faults.get(scored.row.key, ())), facts)
        for part in facts.table.parts
        for scored in part.rows
    ]


def reasons_seen(facts: Facts) -> list[Finding]:
    """Return what speaks for and against the advice; rows that the table itself adds are called by their names."""
    names = {
        scored.row.key: row_name(scored.row, facts.words, language())
        for part in facts.table.parts
        for scored in part.rows
    }
    return [_named(each, names) for each in facts.concluded.reasons]


def _named(finding: Finding, names: Mapping[str, str]) -> Finding:
    key = str(finding.values.get("key", ""))
    if key not in names or finding.values.get("name"):
        return finding
    return replace(finding, values={**finding.values, "name": names[key]})


def _row(scored: Any, level: str, said: Any, faults: tuple[Finding, ...], facts: Facts) -> RowSeen:
    row, spoken = scored.row, language()
    return RowSeen(
        key=row.key,
        level=facts.words.name("levels", level, spoken),
        name=row_name(row, facts.words, spoken),
        asked=asked_words(row, spoken),
        reached=reached_words(row, spoken),
        points=scored.points,
        score=scored.score,
        share=None if row.share is None else float(row.share),
        reason=said.reason if said else "",
        why=said.why if said else "",
        given=said.points.normalize() if said and said.points is not None else None,
        is_short=row.share is not None and row.share < 1,
        faults=faults,
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the timeline shows it."""

    at: Any
    words: str
    who: str
    reason: str


def history(acceptance: Acceptance, *, is_office: bool) -> list[Happening]:
    """Return what happened, newest first; who did it is told to the office only."""
    rows = [row for row in timeline(acceptance) if is_office or row.act != "points_given"]
    names = names_of({row.actor_id for row in rows if row.actor_id}) if is_office else {}
    acts = case_words(TABLE.case, language()).acts
    words = {TABLE.events[act]: said for act, said in acts.items()}
    words |= {"opened": str(_("开始验收")), "points_given": str(_("打分"))}
    return [
        Happening(row.at, words.get(row.act, row.act), str(names.get(row.actor_id, "")), row.reason_words)
        for row in rows
    ][::-1]
