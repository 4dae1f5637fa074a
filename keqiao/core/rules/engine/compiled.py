"""A rule made ready to be asked: its truth fast, its reasons on demand."""

from dataclasses import dataclass
from typing import Generic

from keqiao.core.rules.engine.building import Built, build
from keqiao.core.rules.engine.closures import Closure
from keqiao.core.rules.engine.explaining import Outcome, explain
from keqiao.core.rules.engine.paths import Variables
from keqiao.core.rules.engine.tree import Condition
from keqiao.core.rules.engine.worlds import CASE, Asked, World
from keqiao.core.rules.facts import Case


@dataclass(frozen=True, slots=True)
class Compiled(Generic[Asked]):
    """A tree that has been checked and compiled. It holds no state: ask it about as many cases as you like."""

    built: Built
    truth: Closure
    """Does the rule hold? The fast way: true, false or unknown, and nothing else."""

    def __call__(self, asked: Asked) -> Outcome:
        """The truth with the values seen, the facts missing and the conditions that decide."""
        return explain(self.built, asked)


def compile_for(world: World[Asked], tree: Condition) -> Compiled[Asked]:
    """Check a tree that speaks of this world and compile it.

    Raises:
        BadTree: a fact that nothing in the world can have, values that cannot be compared, bounds that nothing can
            meet, or a register without a word on when it is complete.
    """
    built = build(tree, Variables(world))
    return Compiled(built, built.truth)


def compile_rule(tree: Condition) -> Compiled[Case]:
    """Check a tree on the case of somebody who asks, and compile it. Raises BadTree, see ``compile_for``."""
    return compile_for(CASE, tree)
