"""The money of a call as a plan: who states an amount, how many places share it, what that comes to."""

from dataclasses import dataclass

from keqiao.core.money import FEN_PER_YUAN
from keqiao.core.programme import Programme, walk
from keqiao.core.programme.funding import EnvelopeFunding, Funding, Places
from keqiao.core.programme.types import Category
from keqiao.web.programmes.facts import funding_text, most_fen, places_text
from keqiao.web.ui.templatetags.shell import money

Node = Programme | Category


@dataclass(frozen=True, slots=True)
class Line:
    """A node that states money. ``each_fen`` is the most for one project, ``sum_fen`` the most in all, in fen."""

    id: str
    name: str
    words: str
    places: str
    each_fen: int | None
    sum_fen: int | None
    invented: bool

    @property
    def sum_words(self) -> str:
        """The most in all, in words; a dash where it cannot be told."""
        return money(self.sum_fen)


@dataclass(frozen=True, slots=True)
class MoneyPlan:
    """All lines in the order of the call, and the drawings: name, yuan, words."""

    lines: list[Line]

    @property
    def each(self) -> list[tuple[str, int, str]]:
        """Bars of the most that one project gets."""
        return [
            (line.name, line.each_fen // FEN_PER_YUAN, line.words) for line in self.lines if line.each_fen
        ]

    @property
    def sums(self) -> list[tuple[str, int, str]]:
        """Bars of the most in all, where it can be told."""
        return [
            (line.name, line.sum_fen // FEN_PER_YUAN, line.sum_words) for line in self.lines if line.sum_fen
        ]

    @property
    def most_each(self) -> int:
        """The longest bar of ``each``, in yuan."""
        return max((yuan for _, yuan, _ in self.each), default=0)

    @property
    def most_in_all(self) -> int:
        """The longest bar of ``sums``, in yuan."""
        return max((yuan for _, yuan, _ in self.sums), default=0)

    @property
    def has_invented(self) -> bool:
        """Is an amount or a number of places invented for the demonstration?"""
        return any(line.invented for line in self.lines)


def money_plan(programme: Programme) -> MoneyPlan:
    """Return the money plan: only nodes that state money themselves, so that nothing counts twice."""
    nodes: list[tuple[str, str, Node]] = [("", programme.title, programme)]
    nodes += [(category.id, category.name, category) for _, category in walk(programme)]
    return MoneyPlan(
        [
            _line(identifier, name, node, node.funding)
            for identifier, name, node in nodes
            if node.funding is not None and node.funding.kind != "none"
        ]
    )


def _line(identifier: str, name: str, node: Node, funding: Funding) -> Line:
    each = None if isinstance(funding, EnvelopeFunding) else most_fen(funding)
    shared = _places_below(node)
    return Line(
        id=identifier,
        name=name,
        words=funding_text(funding),
        places=places_text(node.places) if node.places else places_text(shared),
        each_fen=each,
        sum_fen=_sum(funding, each, shared),
        invented=funding.invented or bool(shared and shared.invented),
    )


def _places_below(node: Node) -> Places | None:
    """The places that the node states, or those of its categories together if each of them states some.

    A category with money of its own is a line of its own and would count twice.
    """
    if node.places is not None:
        return node.places
    below = [None if category.funding else _places_below(category) for category in node.categories]
    counts = [places.most for places in below if places is not None and places.most is not None]
    if not below or len(counts) < len(below):
        return None
    return Places(count=sum(counts), invented=any(places.invented for places in below if places))


def _sum(funding: Funding, each: int | None, places: Places | None) -> int | None:
    """The stated sum, or what all places come to at the most; nothing where either number is open."""
    if (stated := getattr(funding, "total_fen", None)) is not None:
        return int(stated)
    if (
        each is None
        or places is None
        or places.most is None
        or getattr(funding, "per", "project") != "project"
    ):
        return None
    return each * places.most
