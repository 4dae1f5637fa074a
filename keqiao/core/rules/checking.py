"""Rules that count or compare applications: asked by a function instead of a tree, answered in the same shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from keqiao.core.findings import Finding, Value
from keqiao.core.rules.engine.compiled import Compiled
from keqiao.core.rules.engine.tree import Truth
from keqiao.core.rules.facts import UNKNOWN, Case


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check says: its truth, the values it saw, the labels of facts nobody stated, and its own findings."""

    truth: Truth
    seen: Mapping[str, Value] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


Check = Callable[[Case], Checked]


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """A check in the place of a compiled tree; outside its case (``outside`` holds) it is met."""

    check: Check
    outside: Compiled[Case] | None = None

    def truth(self, case: Case) -> Truth:
        """Does the rule hold?"""
        return self(case).truth

    def __call__(self, case: Case) -> Checked:
        """The whole answer."""
        exempt = False if self.outside is None else self.outside.truth(case)
        if exempt is True:
            return Checked(truth=True)
        answer = self.check(case)
        if exempt is UNKNOWN and answer.truth is False:
            return Checked(UNKNOWN, answer.seen, answer.missing, answer.findings)
        return answer
