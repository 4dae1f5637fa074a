"""What pages show of rounds, tasks and sheets: words and marks, so that templates decide nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding, Verdict
from keqiao.core.lifecycle.review_round import ReviewRoundState
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.core.programme.selection import Band, Criterion, Scorecard
from keqiao.core.scoring.sheets import lines_of
from keqiao.core.scoring.totals import sheet_total
from keqiao.readers.lifecycle_words import case_words
from keqiao.web.review.sheets import Answers, sheet_in
from keqiao.web.review.shown import language

ROUND_KINDS = {
    ReviewRoundState.PLANNED: "",
    ReviewRoundState.OPEN: "active",
    ReviewRoundState.CLOSED: "done",
    ReviewRoundState.CANCELLED: "refuse",
}
TASK_KINDS = {
    ReviewTaskState.INVITED: "warn",
    ReviewTaskState.ACCEPTED: "active",
    ReviewTaskState.DRAFT: "active",
    ReviewTaskState.SEALED: "done",
    ReviewTaskState.DECLINED: "refuse",
    ReviewTaskState.RECUSED: "refuse",
    ReviewTaskState.CANCELLED: "",
    ReviewTaskState.MISSED: "refuse",
}
VERDICT_KINDS = {Verdict.PASSES: "done", Verdict.FAILS: "refuse", Verdict.PERSON: "warn"}


@dataclass(frozen=True, slots=True)
class LineSeen:
    """One line of a sheet: what is asked, what was typed, what is wrong with it. ``depth`` 0: a criterion by itself."""

    criterion: Criterion
    heading: str
    points: str
    band: str
    fault: Finding | None

    @property
    def bands(self) -> Sequence[Band]:
        """The grades that can be chosen."""
        return self.criterion.bands


@dataclass(frozen=True, slots=True)
class VetoSeen:
    """One statement that puts an application out."""

    id: str
    name: str
    said: str
    fault: Finding | None


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A whole sheet on a page; ``total`` is what it comes to so far, None where it cannot be told."""

    lines: Sequence[LineSeen]
    vetoes: Sequence[VetoSeen]
    fraud: str
    comment: str
    recommends: str
    faults: Mapping[str, Finding]
    total: Fraction | None


def round_words(state: str) -> tuple[str, str]:
    """Return the mark and the word of the state of a round."""
    return ROUND_KINDS[ReviewRoundState(state)], case_words("review_round", language()).states[state]


def task_words(state: str) -> tuple[str, str]:
    """Return the mark and the word of the state of a task."""
    return TASK_KINDS[ReviewTaskState(state)], case_words("review_task", language()).states[state]


def verdict_words(verdict: Verdict) -> tuple[str, str]:
    """Return the mark and the word of a verdict."""
    words = {Verdict.PASSES: _("达标"), Verdict.FAILS: _("不达标"), Verdict.PERSON: _("待人工核定")}
    return VERDICT_KINDS[verdict], words[verdict]


def sheet_seen(card: Scorecard, answers: Answers, faults: Sequence[Finding] = ()) -> SheetSeen:
    """Return a sheet as its page shows it."""
    placed = {":".join(map(str, fault.at)): fault for fault in faults}
    return SheetSeen(
        lines=[each for criterion in card.criteria for each in _lines(criterion, answers, placed)],
        vetoes=[
            VetoSeen(
                veto.id,
                veto.name,
                _said(answers.get("vetoes", {}).get(veto.id)),
                placed.get(f"vetoes:{veto.id}"),
            )
            for veto in card.vetoes
        ],
        fraud=_said(answers.get("fraud")),
        comment=answers.get("comment", ""),
        recommends=_said(answers.get("recommends")),
        faults=placed,
        total=total_of(card, answers),
    )


def total_of(card: Scorecard, answers: Answers) -> Fraction | None:
    """Return the total of a sheet; None while points are missing."""
    try:
        return sheet_total(card, sheet_in("", answers))
    except ValueError:
        return None


def most_points(card: Scorecard) -> Decimal:
    """Return the points that a sheet can come to."""
    return sum((Decimal(each.points) for each in card.criteria), Decimal(0))


def _lines(criterion: Criterion, answers: Answers, placed: Mapping[str, Finding]) -> Iterator[LineSeen]:
    for number, line in enumerate(lines_of(criterion)):
        mark = answers.get("marks", {}).get(line.id, {})
        heading = criterion.name if criterion.parts and not number else ""
        yield LineSeen(
            line, heading, mark.get("points", ""), mark.get("band", ""), placed.get(f"marks:{line.id}")
        )


def _said(answer: Any) -> str:
    return "" if answer is None else "yes" if answer else "no"


def plain_total(value: Fraction | None) -> str:
    """Return a total of one sheet in digits; sheets are scored in decimals, so it ends."""
    if value is None:
        return "—"
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def strip(totals: Sequence[Fraction], left_out: Sequence[Fraction], most: Any) -> list[tuple[float, bool]]:
    """Return where each total stands on a line of 100, and whether it counts."""
    out = list(left_out)
    found = []
    for total in sorted(totals):
        counts = total not in out
        if not counts:
            out.remove(total)
        found.append((float(100 * total / Fraction(most)) if most else 0.0, counts))
    return found
