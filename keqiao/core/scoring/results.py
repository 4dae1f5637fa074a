"""What the sheets of one application say together: passes, fails, or a person has to look; with all reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from keqiao.core.findings import Finding, Value, Verdict, Weight
from keqiao.core.programme.selection import Criterion, Scorecard
from keqiao.core.scoring.checking import found_fraud
from keqiao.core.scoring.sheets import Sheet
from keqiao.core.scoring.totals import counting, joined, left_out, points_for, sheet_total, shown


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one application. ``total`` is exact, ``shown`` is told; None: there is no sheet yet.

    ``by_criterion`` holds the points of each criterion (by id, parts among them), joined over the sheets as totals are.
    ``recommended`` is the share of sheets that recommend. ``sheets`` are the ids of those that were joined,
    ``left_out`` the totals among them that did not count.
    """

    application: str
    verdict: Verdict
    total: Fraction | None = None
    shown: Decimal | None = None
    by_criterion: Mapping[str, Fraction] | None = None
    recommended: Fraction = Fraction(0)
    sheets: tuple[str, ...] = ()
    left_out: tuple[Fraction, ...] = ()
    findings: tuple[Finding, ...] = ()


def result_of(card: Scorecard, application: str, sheets: Sequence[Sheet]) -> Result:
    """Join the sealed ``sheets`` of one application, which have no faults.

    Fails: enough experts state a veto, or the total that counts lies below the pass mark. A person looks where sheets
    are missing, where an expert found fraud, or where fewer experts state a veto than the card asks for.
    """
    if not sheets:
        missing = Finding("scoring.no_sheets", Weight.ASK, {"needed": card.experts or 1}, card.source)
        return Result(application, Verdict.PERSON, findings=(missing,))
    totals = [sheet_total(card, sheet) for sheet in sheets]
    total = joined(card, totals)
    vetoes, doubts = tuple(_vetoes(card, sheets)), tuple(_doubts(card, sheets))
    below = tuple(_below(card, total)) if not doubts else ()
    undecided = Verdict.PERSON if doubts else Verdict.PASSES
    verdict = Verdict.FAILS if vetoes or below else undecided
    return Result(
        application,
        verdict,
        total,
        shown(card, total),
        {each.id: _joined_points(card, each, sheets) for each in every_criterion(card.criteria)},
        Fraction(sum(sheet.recommends is True for sheet in sheets), len(sheets)),
        tuple(sheet.id for sheet in sheets),
        left_out(card, totals),
        (*vetoes, *doubts, *below),
    )


def every_criterion(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    """Give all criteria with their parts."""
    for criterion in criteria:
        yield criterion
        yield from every_criterion(criterion.parts)


def _joined_points(card: Scorecard, criterion: Criterion, sheets: Sequence[Sheet]) -> Fraction:
    return joined(card, [points_for(card, criterion, sheet) for sheet in sheets])


def _stating(card: Scorecard, sheets: Sequence[Sheet]) -> Iterator[tuple[str, int]]:
    """The vetoes that somebody states, by name, and how many experts do."""
    for veto in card.vetoes:
        count = sum(sheet.vetoes.get(veto.id) is True and not found_fraud(card, sheet) for sheet in sheets)
        if count:
            yield veto.name, count


def _vetoes(card: Scorecard, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    for name, count in _stating(card, sheets):
        if count >= card.vetoes_needed:
            yield Finding("scoring.vetoed", Weight.REFUSE, {"name": name, "count": count}, card.source)


def _doubts(card: Scorecard, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    frauds = sum(found_fraud(card, sheet) for sheet in sheets)
    if frauds:
        yield Finding("scoring.fraud_found", Weight.ASK, {"count": frauds}, card.source)
    for name, count in _stating(card, sheets):
        if count < card.vetoes_needed:
            values: dict[str, Value] = {"name": name, "count": count, "needed": card.vetoes_needed}
            yield Finding("scoring.veto_by_some", Weight.ASK, values, card.source)
    if card.experts is not None and len(sheets) < card.experts:
        short: dict[str, Value] = {"have": len(sheets), "needed": card.experts}
        yield Finding("scoring.sheets_missing", Weight.ASK, short, card.source)


def _below(card: Scorecard, total: Fraction) -> Iterator[Finding]:
    if card.pass_mark is not None and counting(card, total) < card.pass_mark:
        values = {"shown": str(shown(card, total)), "pass_mark": str(card.pass_mark)}
        yield Finding("scoring.below_pass_mark", Weight.REFUSE, values, card.source)
