"""All that stands against sealing a sheet, at once, each with its place."""

from collections.abc import Iterator
from decimal import Decimal

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.programme.selection import Criterion, Scorecard
from keqiao.core.scoring.sheets import Mark, Sheet, lines


def check_sheet(card: Scorecard, sheet: Sheet) -> tuple[Finding, ...]:
    """Return every fault of ``sheet``; none: it can be sealed.

    Whoever has found fraud scores nothing, but says what was found. A veto has to be explained as well. ``at`` of a
    finding leads to the part of the sheet: ``("marks", "plan")``, ``("vetoes", "v1")``, ``("comment",)``.
    """
    if found_fraud(card, sheet):
        return tuple(_comment_faults(card, sheet))
    return (
        *_integrity_faults(card, sheet),
        *_foreign(card, sheet),
        *_veto_faults(card, sheet),
        *(fault for line in lines(card) for fault in _mark_faults(card, line, sheet.marks.get(line.id))),
        *_comment_faults(card, sheet),
        *_recommendation_faults(card, sheet),
    )


def found_fraud(card: Scorecard, sheet: Sheet) -> bool:
    """Does the sheet answer the question of integrity with yes? A card that does not ask it takes no answer."""
    return card.integrity is not None and sheet.fraud is True


def _refused(card: Scorecard, code: str, at: tuple[str, ...], **values: Value) -> Finding:
    source: Source | None = card.source
    return Finding(code, Weight.REFUSE, values, source, at)


def _integrity_faults(card: Scorecard, sheet: Sheet) -> Iterator[Finding]:
    if card.integrity is not None and sheet.fraud is None:
        yield _refused(card, "scoring.integrity_unanswered", ("fraud",))


def _foreign(card: Scorecard, sheet: Sheet) -> Iterator[Finding]:
    known = {"marks": {line.id for line in lines(card)}, "vetoes": {veto.id for veto in card.vetoes}}
    for part, given in (("marks", sheet.marks), ("vetoes", sheet.vetoes)):
        for identifier in sorted(set(given) - known[part]):
            yield _refused(card, "scoring.not_on_the_card", (part, identifier), id=identifier)


def _veto_faults(card: Scorecard, sheet: Sheet) -> Iterator[Finding]:
    for veto in card.vetoes:
        if sheet.vetoes.get(veto.id) is None:
            yield _refused(card, "scoring.veto_unanswered", ("vetoes", veto.id), name=veto.name)


def _mark_faults(card: Scorecard, line: Criterion, mark: Mark | None) -> Iterator[Finding]:
    at = ("marks", line.id)
    if mark is None or mark.points is None:
        yield _refused(card, "scoring.points_missing", at, name=line.name)
        return
    points = Decimal(mark.points)
    if not points.is_finite() or not 0 <= points <= line.points:
        yield _refused(
            card, "scoring.points_outside", at, name=line.name, given=str(points), most=str(line.points)
        )
        return
    if points != round(points, card.item_decimals):
        yield _refused(
            card,
            "scoring.points_too_fine",
            at,
            name=line.name,
            given=str(points),
            decimals=card.item_decimals,
        )
    elif line.bands:
        yield from _band_faults(card, line, points, mark.band)


def band_of(line: Criterion, points: Decimal | int) -> str | None:
    """Return the name of the band in which ``points`` lie; None: they lie in none."""
    return next((band.name for band in line.bands if band.least <= points <= band.most), None)


def _band_faults(card: Scorecard, line: Criterion, points: Decimal, chosen: str | None) -> Iterator[Finding]:
    at, lies_in = ("marks", line.id), band_of(line, points)
    if lies_in is None:
        yield _refused(card, "scoring.points_in_no_band", at, name=line.name, given=str(points))
    elif chosen is not None and chosen != lies_in:
        yield _refused(
            card,
            "scoring.band_differs",
            at,
            name=line.name,
            given=str(points),
            chosen=chosen,
            band=lies_in,
        )


def _comment_faults(card: Scorecard, sheet: Sheet) -> Iterator[Finding]:
    """Blank space is not counted as writing."""
    written = len("".join(sheet.comment.split()))
    states_something = found_fraud(card, sheet) or any(sheet.vetoes.get(veto.id) for veto in card.vetoes)
    if states_something and not written:
        yield _refused(card, "scoring.explanation_missing", ("comment",))
    elif card.comment_min_chars is not None and written < card.comment_min_chars:
        yield _refused(
            card, "scoring.comment_short", ("comment",), written=written, least=card.comment_min_chars
        )


def _recommendation_faults(card: Scorecard, sheet: Sheet) -> Iterator[Finding]:
    if card.recommendation and sheet.recommends is None:
        yield _refused(card, "scoring.recommendation_missing", ("recommends",))
