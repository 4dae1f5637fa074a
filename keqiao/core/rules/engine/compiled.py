"""A rule made ready to be asked: its truth fast, its reasons on demand."""

from dataclasses import dataclass

from keqiao.core.rules.engine.building import Built, build
from keqiao.core.rules.engine.closures import Closure
from keqiao.core.rules.engine.explaining import Outcome, explain
from keqiao.core.rules.engine.paths import Variables
from keqiao.core.rules.engine.tree import Condition
from keqiao.core.rules.facts import Case


@dataclass(frozen=True, slots=True)
class Compiled:
    """A tree that has been checked and compiled. It holds no state: ask it about as many cases as you like."""

    built: Built
    truth: Closure
    """Does the rule hold? The fast way: true, false or unknown, and nothing else."""

    def __call__(self, case: Case) -> Outcome:
        """The truth with the values seen, the facts missing and the conditions that decide."""
        return explain(self.built, case)


def compile_rule(tree: Condition) -> Compiled:
    """Check a tree and compile it.

    Raises:
        BadTree: a fact that no case can have, values that cannot be compared, bounds that nothing can meet, or a
            register without a word on when it is complete.
    """
    built = build(tree, Variables())
    return Compiled(built, built.truth)
