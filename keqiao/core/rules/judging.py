"""From a compiled rule to its answer: verdict, reasons, what is missing, what would change it, and the clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.rules.answers import Judged, Verdict, When
from keqiao.core.rules.asking import Asking, Change, Saying
from keqiao.core.rules.checking import Checked, CheckedRule
from keqiao.core.rules.engine.compiled import Compiled, compile_rule
from keqiao.core.rules.engine.explaining import Outcome
from keqiao.core.rules.engine.tree import Truth, any_of
from keqiao.core.rules.facts import UNKNOWN, Case
from keqiao.core.rules.missing import missing_finding

TIMES = tuple(When)
"""The moments at which rules can be answered, in their order."""


@dataclass(frozen=True, slots=True)
class About:
    """Which rule it is: id, type, weight, the node that states it, its clause."""

    rule: str
    type: str
    weight: Weight
    path: tuple[str, ...] = ()
    source: Source | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """One rule, ready to be asked about any number of cases. It holds no state."""

    about: About
    asking: Asking
    when: When
    compiled: Compiled[Case] | CheckedRule | None
    early: Compiled[Case] | None
    changes: tuple[tuple[Change, Compiled[Case] | None], ...] = ()

    @property
    def is_decisive(self) -> bool:
        """May it decide the category? Soft rules and tasks only inform."""
        return (
            self.about.weight is not Weight.WARN and self.compiled is not None and not self.asking.is_advice
        )

    def truth(self, case: Case) -> Truth:
        """Does the rule hold for the (prepared) case?"""
        return UNKNOWN if self.compiled is None else self.compiled.truth(case)

    def verdict(self, truth: Truth) -> Verdict:
        """The verdict for a truth: a rule that only asks (weight ``ask``) does not refuse by itself."""
        if truth is True:
            return Verdict.PASSES
        refuses = truth is False and self.about.weight is not Weight.ASK
        return Verdict.FAILS if refuses else Verdict.PERSON

    def due(self, case: Case, truth: Truth) -> When:
        """When this answer counts: a failure may be plain before the rest is known."""
        if truth is False and self.early is not None and self.early.truth(case) is False:
            return When.BEFORE
        return self.when

    def judged(self, case: Case) -> Judged:
        """The whole answer for the (prepared) case."""
        outcome = self.compiled(case) if self.compiled is not None else Checked(UNKNOWN)
        truth = outcome.truth
        return Judged(
            rule=self.about.rule,
            type=self.about.type,
            verdict=self.verdict(truth),
            weight=self.about.weight,
            when=self.due(case, truth),
            path=self.about.path,
            source=self.about.source,
            seen=said_values(outcome.seen),
            missing=self._missing(outcome),
            findings=tuple(self._findings(case, outcome)),
            change=tuple(self._changes(case, truth)),
            evidence=self.asking.evidence,
        )

    def _missing(self, outcome: Outcome | Checked) -> tuple[Finding, ...]:
        if outcome.truth is not UNKNOWN:
            return ()
        return tuple(missing_finding(label, self.about.source) for label in outcome.missing)

    def _findings(self, case: Case, outcome: Outcome | Checked) -> Iterable[Finding]:
        if isinstance(outcome, Checked) and outcome.findings:
            yield from outcome.findings
        elif outcome.truth is False:
            yield self._said(self.asking.wrong, self.about.weight)
        elif outcome.truth is UNKNOWN and self.asking.doubt is not None:
            yield self._said(self.asking.doubt, Weight.ASK)
        elif outcome.truth is UNKNOWN and not outcome.missing:
            yield self._said(Saying("eligibility.for_a_person"), Weight.ASK)
        elif outcome.truth is True and self.asking.notes is not None:
            yield from (self._said(note, Weight.WARN) for note in self.asking.notes(case))

    def _changes(self, case: Case, truth: Truth) -> Iterable[Finding]:
        for change, where in self.changes:
            if truth is not True and (where is None or where.truth(case) is True):
                yield self._said(change, Weight.ASK)

    def _said(self, saying: Saying, weight: Weight) -> Finding:
        return Finding(saying.code, weight, saying.values, self.about.source)


def judge(about: About, asking: Asking, usual: When) -> Judge:
    """Compile an asking. ``usual`` is when rules of its type can first be answered."""
    compiled: Compiled[Case] | CheckedRule | None = None
    if asking.check is not None:
        compiled = CheckedRule(asking.check, compile_rule(asking.outside) if asking.outside else None)
    elif asking.condition is not None:
        tree = any_of(asking.outside, asking.condition) if asking.outside else asking.condition
        compiled = compile_rule(tree)
    early = compile_rule(asking.failing_when) if asking.failing_when is not None else None
    changes = tuple(
        (change, None if change.where is None else compile_rule(change.where))
        for change in (asking.change, asking.or_else)
        if change is not None
    )
    return Judge(about, asking, asking.when or usual, compiled, early, changes)


def is_due(when: When, by: When) -> bool:
    """Can a rule of ``when`` be answered ``by`` then?"""
    return TIMES.index(when) <= TIMES.index(by)


def said_values(seen: Mapping[str, Any]) -> dict[str, Value]:
    """The values that decided, in the plain types of findings."""
    return {label: said for label, value in seen.items() if (said := _said_value(value)) is not UNKNOWN}


def _said_value(value: Any) -> Any:
    if isinstance(value, Enum):
        return UNKNOWN if value is UNKNOWN else value.value
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, tuple | frozenset):
        items = (_said_value(item) for item in (sorted(value) if isinstance(value, frozenset) else value))
        return tuple(_one_text(item) for item in items if item is not UNKNOWN)
    return value if value is None or isinstance(value, str | int | bool) else UNKNOWN


def _one_text(item: Any) -> str:
    """A value inside another as text; a list of its own (the areas of each partner) joined."""
    return "、".join(item) if isinstance(item, tuple) else str(item)
