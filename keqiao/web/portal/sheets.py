"""What a page says of one category, or of the whole call: its statements, each with the place that makes it."""

from dataclasses import dataclass

from keqiao.core.programme.selection import Criterion
from keqiao.core.programme.terms import OpenQuestion
from keqiao.web.portal.details import RuleShown, TargetShown


@dataclass(frozen=True, slots=True)
class Origin:
    """What states something, as people call it; empty: the place itself. ``is_name``: as the notice words it."""

    words: str = ""
    is_name: bool = True

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        return self.words


ITSELF = Origin()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One statement: how it is called, what it says, by which words, and what states it.

    ``worded``: the value is words of the notice, which stay Chinese.
    """

    label: str
    value: str
    clause: str = ""
    quote: str = ""
    invented: bool = False
    origin: Origin = ITSELF
    worded: bool = True


@dataclass(frozen=True, slots=True)
class ChainShown:
    """A way of endorsement, for applicants of some kinds (all where ``whom`` is "")."""

    whom: str
    steps: list[tuple[str, str]]
    limit: str
    clause: str
    invented: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Sheet:
    """What holds at one place of a call. Rules and targets stand by what states them, the place itself first.

    ``totals`` says how the points of the criteria become a total. ``questions``: what the notice leaves open here; what
    it leaves open about the whole call stands with the call.
    """

    content: str
    rows: list[SheetRow]
    rules: list[tuple[Origin, list[RuleShown]]]
    targets: list[tuple[Origin, list[TargetShown]]]
    spending: list[SheetRow]
    materials: list[SheetRow]
    deliverables: list[SheetRow]
    chains: list[ChainShown]
    criteria: tuple[Criterion, ...]
    criteria_invented: bool
    totals: tuple[str, ...]
    questions: tuple[OpenQuestion, ...]

    @property
    def rule_count(self) -> int:
        """How many rules have to be kept."""
        return sum(len(rules) for _origin, rules in self.rules)

    @property
    def says_anything(self) -> bool:
        """Is there something to show beside the name?"""
        lists = (self.rules, self.targets, self.spending, self.materials, self.deliverables, self.chains)
        return bool(self.content or self.rows or self.criteria or self.questions or any(lists))
