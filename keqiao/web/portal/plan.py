"""The money of a call as a plan: who states an amount, how many places share it, what that comes to."""

from dataclasses import dataclass

from keqiao.core.programme import Programme, walk
from keqiao.core.programme.funding import EnvelopeFunding, Funding, Places
from keqiao.core.programme.terms import Terms
from keqiao.web.programmes.facts import funding_text, most_fen, places_text
from keqiao.web.ui.templatetags.shell import money

FEN_OF_A_YUAN = 100


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
            (line.name, line.each_fen // FEN_OF_A_YUAN, line.words) for line in self.lines if line.each_fen
        ]

    @property
    def sums(self) -> list[tuple[str, int, str]]:
        """Bars of the most in all, where it can be told."""
        return [
            (line.name, line.sum_fen // FEN_OF_A_YUAN, line.sum_words) for line in self.lines if line.sum_fen
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
    nodes: list[tuple[str, str, Terms]] = [("", programme.title, programme)]
    nodes += [(category.id, category.name, category) for _, category in walk(programme)]
    return MoneyPlan(
        [
            _line(identifier, name, node.funding, node.places)
            for identifier, name, node in nodes
            if node.funding is not None and node.funding.kind != "none"
        ]
    )


def _line(identifier: str, name: str, funding: Funding, places: Places | None) -> Line:
    each = None if isinstance(funding, EnvelopeFunding) else most_fen(funding)
    return Line(
        id=identifier,
        name=name,
        words=funding_text(funding),
        places=places_text(places),
        each_fen=each,
        sum_fen=_sum(funding, each, places),
        invented=funding.invented or bool(places and places.invented),
    )


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
