"""Totals: of a sheet, of all sheets together, as they are shown. All exact; nothing is rounded before it is shown."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from keqiao.core.programme.selection import Criterion, Scorecard
from keqiao.core.scoring.checking import found_fraud
from keqiao.core.scoring.sheets import Sheet, lines_of


def points_for(card: Scorecard, criterion: Criterion, sheet: Sheet) -> Fraction:
    """Return what ``sheet`` gives for ``criterion``, in points: nothing at all where it found fraud.

    Raises:
        ValueError: a line without points; only sheets without faults have totals.
    """
    if found_fraud(card, sheet):
        return Fraction(0)
    return sum((_line_points(line, sheet) for line in lines_of(criterion)), Fraction(0))


def _line_points(line: Criterion, sheet: Sheet) -> Fraction:
    mark = sheet.marks.get(line.id)
    if mark is None or mark.points is None:
        raise ValueError(f"sheet {sheet.id} has no points for {line.id}")
    return Fraction(mark.points)


def sheet_total(card: Scorecard, sheet: Sheet) -> Fraction:
    """Return the total of one sheet in points; 0 where it found fraud."""
    return sum((points_for(card, criterion, sheet) for criterion in card.criteria), Fraction(0))


def left_out(card: Scorecard, values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return the values that do not count: the lowest and the highest, one each, where the card says so.

    Source: domain.md C4 (去掉一个最高分和一个最低分, from five sheets on, stated beforehand).
    """
    if card.joined == "trimmed_mean" and len(values) >= card.trim_from:
        return (min(values), max(values))
    return ()


def joined(card: Scorecard, values: Sequence[Fraction]) -> Fraction:
    """Return one value for those of several sheets, as the card joins them.

    Raises:
        ValueError: there is no sheet.
    """
    if not values:
        raise ValueError("no sheet, no total")
    out = left_out(card, values)
    return (sum(values, Fraction(0)) - sum(out, Fraction(0))) / (len(values) - len(out))


def shown(card: Scorecard, value: Fraction) -> Decimal:
    """Return a total as it is shown, with the decimals of the card; half a unit of the last place goes up."""
    units = value * 10**card.decimals
    whole = floor(units + Fraction(1, 2)) if card.rounding == "half_up" else floor(units)
    return Decimal(whole).scaleb(-card.decimals)


def counting(card: Scorecard, value: Fraction) -> Fraction:
    """Return the value that decides order and pass mark: the one that is shown, or the exact one."""
    return Fraction(shown(card, value)) if card.ranked_by == "shown" else value
