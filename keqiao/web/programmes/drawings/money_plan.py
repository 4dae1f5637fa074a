"""The money of a call as a plan: who states an amount, how many places share it, whether the sums come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from keqiao.core.findings import Finding
from keqiao.core.money import FEN_PER_YUAN, Bounds, possible_sums
from keqiao.core.programme import Programme, total_of, walk
from keqiao.core.programme.funding import EnvelopeFunding, Funding, Places, most_in_all, most_of_one
from keqiao.core.programme.types import Category
from keqiao.core.programme.validation.money import (
    amount_bounds,
    impossible_money,
    impossible_places,
    places_bounds,
    sum_bounds,
)
from keqiao.web.programmes.proofreading.doubts import spot_at
from keqiao.web.programmes.wording.facts import funding_text, places_text
from keqiao.web.ui.templatetags.shell import money

Node = Programme | Category
At = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A stated sum beside what the places and the parts below can come to, in fen; ``most_fen`` None: no bound."""

    stated_fen: int
    least_fen: int
    most_fen: int | None

    @property
    def fits(self) -> bool:
        """Does the stated sum lie between the two?"""
        return self.least_fen <= self.stated_fen and (
            self.most_fen is None or self.stated_fen <= self.most_fen
        )

    @property
    def longest_fen(self) -> int:
        """The end of the scale on which it is drawn; a sum without bound goes to the end."""
        return max(self.stated_fen, self.least_fen, self.most_fen or 0)

    @property
    def possible(self) -> str:
        """What is possible, in words: 50万元–80万元, or one sum, or from 50万元 on."""
        if self.most_fen is None:
            return _("不少于 %(money)s") % {"money": money(self.least_fen)}
        if self.most_fen == self.least_fen:
            return money(self.most_fen)
        return f"{money(self.least_fen)}–{money(self.most_fen)}"

    @property
    def end_fen(self) -> int:
        """Where the possible sums end on the scale."""
        return self.longest_fen if self.most_fen is None else self.most_fen

    @property
    def span_fen(self) -> int:
        """How long the possible sums are on the scale."""
        return self.end_fen - self.least_fen


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
    depth: int = 0
    check: Check | None = None
    faults: tuple[Finding, ...] = ()

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
        return max((yuan for _name, yuan, _words in self.each), default=0)

    @property
    def most_in_all(self) -> int:
        """The longest bar of ``sums``, in yuan."""
        return max((yuan for _name, yuan, _words in self.sums), default=0)

    @property
    def has_invented(self) -> bool:
        """Is an amount or a number of places invented for the demonstration?"""
        return any(line.invented for line in self.lines)


def money_plan(programme: Programme) -> MoneyPlan:
    """Return the money plan: only nodes that state money themselves, so that nothing counts twice."""
    nodes: list[tuple[At, str, Node]] = [((), programme.title, programme)]
    nodes += [(path, category.name, category) for path, category in walk(programme)]
    faults = _faults(programme)
    return MoneyPlan(
        [
            _line(path, name, node, node.funding, faults)
            for path, name, node in nodes
            if node.funding is not None and node.funding.kind != "none"
        ]
    )


def _faults(programme: Programme) -> dict[str, list[Finding]]:
    """What the check of the whole says of sums and places, by the id of the node."""
    found: dict[str, list[Finding]] = {}
    for finding in (*impossible_money(programme), *impossible_places(programme)):
        found.setdefault(spot_at(programme, finding.at).node, []).append(finding)
    return found


def _check(node: Node, funding: Funding, total_fen: int | None) -> Check | None:
    """The stated sum against the parts of an envelope, or against the places of one amount."""
    if isinstance(funding, EnvelopeFunding):
        if not node.categories:
            return None
        possible = sum((sum_bounds(child) for child in node.categories), Bounds(0, 0))
    elif total_fen is None or getattr(funding, "per", "project") != "project" or node.places is None:
        return None
    else:
        possible = possible_sums(places_bounds(node.places), amount_bounds(funding))
    stated = funding.total_fen if isinstance(funding, EnvelopeFunding) else total_fen
    return Check(stated, possible.least, possible.most) if stated is not None else None


def _line(path: At, name: str, node: Node, funding: Funding, faults: Mapping[str, Sequence[Finding]]) -> Line:
    identifier = path[-1] if path else ""
    each = None if isinstance(funding, EnvelopeFunding) else most_of_one(funding)
    shared = _places_below(node)
    return Line(
        id=identifier,
        name=name,
        words=funding_text(funding),
        places=places_text(node.places) if node.places else places_text(shared),
        each_fen=each,
        sum_fen=most_in_all(funding, shared, funding),
        invented=funding.invented or bool(shared and shared.invented),
        depth=len(path),
        check=_check(node, funding, total_of(funding)),
        faults=tuple(faults.get(identifier, ())),
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
