"""What an allocation starts from: the places and sums of a call, those who stand for them, and what the office set."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from keqiao.core.findings import Source, Weight
from keqiao.core.money import Bounds
from keqiao.core.programme.selection import Bundle
from keqiao.core.rules.facts import Holding

Scope = Mapping[str, int]
"""How much of each part (sessions, issues): by the id of the part."""


class Lift(StrEnum):
    """How strongly a preference lifts who has it; the strengths of ``programme.selection.Preference``."""

    TIE_BREAK = "tie_break"
    PRIORITY = "priority"
    KEY_SUPPORT = "key_support"


class Sharing(StrEnum):
    """How the money above the floors of a sum is divided."""

    EQUAL = "equal"
    PROPORTIONAL = "proportional"
    """In proportion to the exact scores."""


class BarKind(StrEnum):
    """Why an application cannot be selected, whatever its score."""

    NO_CONTINUED_SUPPORT = "no_continued_support"
    DEBARRED = "debarred"
    FORMAL = "formal"
    """It did not pass the formal check."""
    WITHDRAWN = "withdrawn"
    VETOED = "vetoed"
    """Enough experts state what puts it out whatever its points (一票否决)."""


@dataclass(frozen=True, slots=True)
class Node:
    """A category, a group of them, or the call ("" as id), as far as places and money are decided there.

    ``above`` is the id of the node that it belongs to, None at the top. ``places`` and ``total_fen`` are shared by all
    below; ``amount_fen`` (of one project) and ``pass_mark`` hold below until stated anew. ``scope`` is what all awards
    below have to reach together. Money in fen.
    """

    id: str
    above: str | None = None
    places: Bounds | None = None
    amount_fen: Bounds | None = None
    total_fen: int | None = None
    scope: Scope = field(default_factory=dict)
    pass_mark: Fraction | None = None
    places_source: Source | None = None
    money_source: Source | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that keeps an application out; ``holds`` is None where nobody knows yet."""

    kind: BarKind
    holds: bool | None = True
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One application that stands for a place.

    ``ranking`` names the list in which it is compared with others; "": that of its node. ``rank`` is its place in
    that list where people stated one (equal places allowed), else the exact ``score`` decides. ``requested_fen`` is
    the most that it may get; None: it named no sum. ``scope`` is the part that it applies for, empty: the whole.
    ``unclear`` are lifts of which nobody knows yet whether it has them.
    """

    id: str
    node: str
    score: Fraction | None = None
    rank: int | None = None
    ranking: str = ""
    requested_fen: int | None = None
    scope: Scope = field(default_factory=dict)
    lifts: frozenset[Lift] = frozenset()
    unclear: frozenset[Lift] = frozenset()
    bars: tuple[Bar, ...] = ()

    @property
    def list_id(self) -> str:
        """The list in which it is compared."""
        return self.ranking or self.node


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on undertaking that several candidates share, as those of one unit do.

    ``held`` projects count already (None: nobody knows). Up to ``extra`` more than ``most`` need a person's word. A
    limit that refuses is never passed; one that warns (原则上) is passed only with a reason.
    """

    id: str
    candidates: frozenset[str]
    most: int
    held: int | None = 0
    extra: int = 0
    weight: Weight = Weight.REFUSE
    holder: str = ""
    source: Source | None = None

    @property
    def room(self) -> int | None:
        """How many of the candidates there may be at the most; None where the limit does not refuse."""
        if self.weight is not Weight.REFUSE:
            return None
        return max(0, self.most + self.extra - (self.held or 0))


@dataclass(frozen=True, slots=True)
class Pilot:
    """A candidate that brings others with it. ``holding.project`` and those of ``filed`` are ids of candidates.

    ``decided`` is what the office has decided; None: it stands for its place as the others do.
    """

    candidate: str
    bundle: Bundle
    holding: Holding
    filed: tuple[Holding, ...]
    decided: bool | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the office sets. Amounts within a range are multiples of ``step_fen``.

    ``lift_points`` are added to the score of who has a preference of that strength, for the order alone; a strength
    that is not named stands before all that do not have it. Ties are always broken after the score.
    """

    step_fen: int = 1_000_000
    sharing: Sharing = Sharing.EQUAL
    lift_points: Mapping[Lift, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """All that is decided together.

    Raises:
        ValueError: ids are repeated, a node, candidate or sum that is named does not exist, or the step is below 1.
    """

    nodes: tuple[Node, ...]
    candidates: tuple[Candidate, ...]
    caps: tuple[Cap, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    policy: Policy = field(default_factory=Policy)
    paths: Mapping[str, tuple[Node, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {node.id: node for node in self.nodes}
        ids = {candidate.id for candidate in self.candidates}
        if len(known) != len(self.nodes) or len(ids) != len(self.candidates):
            raise ValueError("an id stands twice")
        if self.policy.step_fen < 1:
            raise ValueError(f"a step of {self.policy.step_fen} fen")
        named = {each.above for each in self.nodes if each.above is not None}
        named |= {each.node for each in self.candidates}
        led = {pilot.candidate for pilot in self.pilots}.union(*(cap.candidates for cap in self.caps))
        if missing := (named - set(known)) | (led - ids):
            raise ValueError(f"not there: {', '.join(sorted(missing))}")
        object.__setattr__(self, "paths", {each.id: tuple(_upwards(each, known)) for each in self.nodes})

    def above(self, candidate: Candidate) -> tuple[Node, ...]:
        """The nodes that a candidate stands below, its own first."""
        return self.paths[candidate.node]

    def of(self, ids: Iterable[str]) -> tuple[Candidate, ...]:
        """The candidates of these ids, in the order of the case."""
        wanted = set(ids)
        return tuple(each for each in self.candidates if each.id in wanted)

    def pass_mark(self, candidate: Candidate) -> Fraction | None:
        """The least score that may be selected; None where none is stated."""
        return next((each.pass_mark for each in self.above(candidate) if each.pass_mark is not None), None)

    def asked(self, candidate: Candidate, node: Node) -> Scope:
        """What a candidate brings to the scope of a node: the part that it applies for, or the whole."""
        if not candidate.scope:
            return node.scope
        return {part: amount for part, amount in candidate.scope.items() if part in node.scope and amount > 0}

    def span(self, candidate: Candidate) -> Bounds | None:
        """The amounts in fen that a candidate may get: in whole steps, unless it is fixed.

        None where it asks for less than the least. Without money the only amount is 0.
        """
        stated = next((each.amount_fen for each in self.above(candidate) if each.amount_fen), None)
        total = min(
            (each.total_fen for each in self.above(candidate) if each.total_fen is not None), default=None
        )
        if stated is None:
            stated = Bounds(0, total or 0)
        top = stated.most if stated.most is not None else total
        ceilings = [each for each in (top, candidate.requested_fen) if each is not None]
        if not ceilings or top == 0:
            return Bounds(0, 0)
        if stated.least == top:
            return stated if min(ceilings) >= top else None
        step = self.policy.step_fen
        found = Bounds(max(step, -(-stated.least // step) * step), min(ceilings) // step * step)
        return None if found.is_empty else found


def _upwards(node: Node, known: Mapping[str, Node]) -> Iterator[Node]:
    seen: set[str] = set()
    here: Node | None = node
    while here is not None:
        if here.id in seen:
            raise ValueError(f"{here.id} stands below itself")
        seen.add(here.id)
        yield here
        here = known[here.above] if here.above is not None else None
