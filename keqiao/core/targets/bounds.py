"""Whether a number that may not be known for certain reaches a bound, and how much is missing."""

from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.programme.facts import Comparator, Number
from keqiao.core.targets.conditions import AT_MOST, COMPARE
from keqiao.core.targets.counting import Span
from keqiao.core.targets.records import Exact


def exact(number: Number) -> Exact:
    """A number of a definition, without rounding."""
    return number if isinstance(number, int) else Fraction(number)


@dataclass(frozen=True, slots=True)
class Bound:
    """``value`` with its comparator; ``tolerance_percent`` is what the office takes for 左右 (None: not settled)."""

    comparator: Comparator
    value: Exact
    tolerance_percent: Number | None = None

    @property
    def is_cap(self) -> bool:
        """Is it an upper bound?"""
        return self.comparator in AT_MOST

    def reached(self, span: Span) -> bool | None:
        """Is it reached whatever is unknown (True), not reached whatever is unknown (False), or not known?"""
        if self.comparator == "~":
            return self._is_about(span)
        reaches = COMPARE[self.comparator]
        if self.is_cap:
            span_least = span.most is not None and reaches(span.most, self.value)
            return True if span_least else None if reaches(span.least, self.value) else False
        if reaches(span.least, self.value):
            return True
        return None if span.most is None or reaches(span.most, self.value) else False

    def _is_about(self, span: Span) -> bool | None:
        if span.least == span.most == self.value:
            return True
        if self.tolerance_percent is None:
            return None
        width = abs(Fraction(self.value) * Fraction(self.tolerance_percent) / 100)
        low, high = self.value - width, self.value + width
        if span.most is not None and low <= span.least and span.most <= high:
            return True
        return False if span.least > high or (span.most is not None and span.most < low) else None

    def missing(self, value: Exact) -> Exact:
        """How much ``value`` lacks, or of a cap has too much; never below 0."""
        missing: Exact = value - self.value if self.is_cap else self.value - value
        if self.comparator == "~" and missing < 0:
            return -missing
        return max(missing, 0)
