"""Who can be selected at all, and why the others cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from keqiao.core.allocation.order import has_standing
from keqiao.core.allocation.proposal import Reason, Status, Verdict, said
from keqiao.core.allocation.terms import Candidate, Case
from keqiao.core.findings import Value
from keqiao.core.money import Bounds

_FINEST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Sifted:
    """Those who can be selected, each with its bounds in fen, and a verdict on each of the others."""

    spans: Mapping[str, Bounds]
    verdicts: Mapping[str, Verdict]


def sifted(case: Case) -> Sifted:
    """Sift the candidates by what concerns each of them alone."""
    verdicts = {each.candidate: each for candidate in case.candidates for each in _stopped(case, candidate)}
    left = [each for each in case.candidates if each.id not in verdicts]
    spans = {each.id: span for each in left if (span := case.span(each)) is not None}
    return Sifted(spans, verdicts)


def _stopped(case: Case, candidate: Candidate) -> Iterator[Verdict]:
    """The first thing that keeps a candidate out, or leaves it open."""
    known = next((bar for bar in candidate.bars if bar.holds), None)
    asked = next((bar for bar in candidate.bars if bar.holds is None), None)
    mark = case.pass_mark(candidate)
    if known:
        yield Verdict(candidate.id, Status.OUT, Reason(known.kind.value), source=known.source)
    elif mark is not None and candidate.score is not None and candidate.score < mark:
        values: dict[str, Value] = {"score": _in_decimals(candidate.score), "mark": _in_decimals(mark)}
        yield Verdict(candidate.id, Status.OUT, Reason.PASS_MARK, values=values)
    elif asked:
        yield Verdict(candidate.id, Status.OPEN, Reason.NOT_CHECKED, source=asked.source)
    elif (mark is not None and candidate.score is None) or not _has_standing(case, candidate):
        yield Verdict(candidate.id, Status.OPEN, Reason.NOT_RANKED)
    elif case.span(candidate) is None:
        values = said(requested=candidate.requested_fen, least=_least_stated(case, candidate))
        yield Verdict(candidate.id, Status.OUT, Reason.ASKS_BELOW_LEAST, values=values)


def _has_standing(case: Case, candidate: Candidate) -> bool:
    return has_standing(candidate, (c for c in case.candidates if c.list_id == candidate.list_id))


def _least_stated(case: Case, candidate: Candidate) -> int | None:
    return next((each.amount_fen.least for each in case.above(candidate) if each.amount_fen), None)


def _in_decimals(score: Fraction) -> str:
    """A score as people write it; what has more places is cut off, so that it never looks better than it is."""
    cut = (Decimal(score.numerator) / score.denominator).quantize(_FINEST, ROUND_DOWN)
    text = f"{cut:f}"
    return text.rstrip("0").rstrip(".")
