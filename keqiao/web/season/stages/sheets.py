"""What a drawn expert writes on a sheet: points round the share of the application's course, a veto, a doubt."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from keqiao.core.programme.selection import Criterion, Scorecard
from keqiao.core.scoring.checking import band_of
from keqiao.core.scoring.sheets import lines
from keqiao.web.season.vocabulary import words

VETOED, FRAUD = "vetoed", "fraud"
PASSABLE = 60


def sheet_for(card: Scorecard, course: str, stream: str) -> Mapping[str, Any]:
    """Return the answers of one sheet; ``stream`` names the chance that draws them."""
    said, chance = words("reviewing"), Random(stream)  # noqa: S311  invented data, not a secret
    share = said["shares"][course] + chance.randint(-said["spread"], said["spread"])
    is_vetoed, is_fraud = (
        course == VETOED and bool(card.vetoes),
        course == FRAUD and card.integrity is not None,
    )
    marks = {} if is_fraud else {line.id: _mark(line, share) for line in lines(card)}
    return {
        "marks": marks,
        "fraud": is_fraud if card.integrity is not None else None,
        "vetoes": {} if is_fraud else {each.id: is_vetoed for each in card.vetoes[:1]} | _no(card),
        "comment": said["explained"] if is_vetoed or is_fraud else said["comment"],
        "recommends": share >= PASSABLE if card.recommendation and not is_fraud else None,
    }


def _no(card: Scorecard) -> dict[str, bool]:
    return {each.id: False for each in card.vetoes[1:]}


def _mark(line: Criterion, share: int) -> dict[str, str]:
    """The whole points nearest below the share that lie in a band, where there are bands."""
    points = min(int(line.points), round(line.points * Decimal(share) / 100))
    while line.bands and band_of(line, points) is None and points > 0:
        points -= 1
    return {"points": str(points)}
