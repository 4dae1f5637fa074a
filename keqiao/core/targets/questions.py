"""All that is needed to judge one target, and the progress that a number gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from keqiao.core.findings import Finding, Value, Weight
from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import Measure, Target
from keqiao.core.targets.bounds import Bound, exact
from keqiao.core.targets.counting import Ask, Records, Span, span_of
from keqiao.core.targets.records import Exact
from keqiao.core.targets.results import Progress
from keqiao.core.targets.setting import Setting
from keqiao.core.targets.sifting import Sifted
from keqiao.core.targets.windows import Window


@dataclass(frozen=True, slots=True)
class Number:
    """What to judge by; it is shown only where ``is_known``: without its base a share has no number."""

    span: Span
    is_known: bool = True

    @property
    def least(self) -> Exact | None:
        """What counts for certain, where there is a number."""
        return self.span.least if self.is_known else None

    @property
    def most(self) -> Exact | None:
        """What it might come to, where that is known."""
        return self.span.most if self.is_known else None


@dataclass(frozen=True, slots=True)
class Question:
    """One target with its measure, the records sifted for it, and the case it is judged in."""

    target: Target
    measure: Measure
    sifted: Sifted
    window: Window
    setting: Setting
    words: FactWords
    others: Mapping[str, Target]

    @property
    def bound(self) -> Bound:
        """What is asked for."""
        return bound_of(self.target, self.setting)

    @property
    def due(self) -> date | None:
        """The day after which what is not met is missed."""
        return due_of(self.target, self.window, self.setting)

    @property
    def base(self) -> Exact | None:
        """What a percentage refers to: the number asked for by another target, or a base figure; None: not known."""
        other = self.others.get(self.target.relative_to or "")
        if other is not None:
            return bound_of(other, self.setting).value or None
        figure = self.setting.figures.get(self.measure.denominator or "")
        return exact(figure) if figure else None

    def number(self, certain: Records, possible: Records) -> Number:
        """The number that the measure gives over these records; of a ratio the percentage."""
        counted = span_of(Ask(self.measure, self.words), certain, possible)
        if self.measure.kind != "ratio":
            return Number(counted)
        if self.base is None:
            return Number(Span(0, 0 if counted.most == 0 else None), is_known=False)
        return Number(counted.times(Fraction(100) / self.base))

    def progress(self, *, reached: bool | None, until: date | None) -> Progress:
        """What a bound reached, not reached or unknown means on the day of the setting."""
        if reached is None:
            return Progress.PERSON
        if reached:
            return Progress.MET
        return Progress.MISSED if self.is_over(until) else Progress.BEHIND

    def is_over(self, until: date | None) -> bool:
        """Has the day passed? One that is not known has not."""
        return until is not None and self.setting.on > until

    def remark(self, code: str, **values: Value) -> Finding:
        """Something to say about the answer, with the clause of the target."""
        return Finding(f"target_result.{code}", Weight.ASK, values, self.target.source)


def bound_of(target: Target, setting: Setting) -> Bound:
    """What is asked for: as promised, else as the call states it."""
    stated = setting.promised.get(target.id, target.value)
    return Bound(target.comparator, exact(stated), setting.tolerance_percent)


def due_of(target: Target, window: Window, setting: Setting) -> date | None:
    """The last day of the window, as far as it is known."""
    if window.days is not None:
        return window.days.end
    return target.by or (setting.term.end if setting.term else None)


def shortfall(bound: Bound, progress: Progress, value: Exact | None) -> Exact | None:
    """What is missing of the bound: 0 where it is met, None where the value is not known."""
    if progress is Progress.MET:
        return 0
    return None if value is None else bound.missing(value)
