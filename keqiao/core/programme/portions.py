"""The money and the places of a call, each counted once: for one category, or for several that share them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keqiao.core.programme.funding import EnvelopeFunding, Funding, most_in_all
from keqiao.core.programme.inheritance import effective, total_of
from keqiao.core.programme.tree import Path
from keqiao.core.programme.types import Category, Programme

Node = Programme | Category


@dataclass(frozen=True, slots=True)
class Portion:
    """What the categories in ``nodes`` (ids of leaves that can be applied for) get together.

    ``total_fen`` is the stated sum, or the amount of one project times the places, at the most. None: it
    cannot be told. ``is_stated``: the call says the sum itself or fixes both numbers; otherwise it is a ceiling.
    """

    nodes: tuple[str, ...]
    total_fen: int | None
    places: int | None
    is_stated: bool
    invented: bool

    @property
    def is_told(self) -> bool:
        """Are both money and places known?"""
        return self.total_fen is not None and self.places is not None


def portions(programme: Programme) -> tuple[Portion, ...]:
    """Return the portions of a call; together they hold every category that can be applied for once.

    Categories stand alone where each of them can be told alone. Where one cannot, or where only ceilings could
    be added up but a node above states the sum, all categories below that node share one portion.
    """
    return tuple(_below(programme, (), programme, None))


def _below(programme: Programme, path: Path, node: Node, money: Funding | None) -> tuple[Portion, ...]:
    """``money`` is the amount of one project that the nodes above state."""
    if node.funding is not None and not isinstance(node.funding, EnvelopeFunding):
        money = node.funding
    if not node.categories:
        return (_alone(node, path, money),) if effective(programme, path).open_to_applicants else ()
    parts = [
        part
        for category in node.categories
        for part in _below(programme, (*path, category.id), category, money)
    ]
    return _merged(parts, most_in_all(node.funding, node.places, money), node) if parts else ()


def _alone(node: Node, path: Path, money: Funding | None) -> Portion:
    stated = most_in_all(node.funding, node.places, money)
    invented = any(fact.invented for fact in (node.funding, node.places) if fact)
    places = node.places.most if node.places else None
    return Portion((path[-1] if path else "",), stated, places, _is_exact(node.funding, money), invented)


def _merged(parts: Sequence[Portion], here: int | None, node: Node) -> tuple[Portion, ...]:
    """One portion for all below ``node`` where that says more than the parts; else the parts."""
    told = all(part.is_told for part in parts)
    overrides = total_of(node.funding) is not None if node.funding else False
    if told and (not overrides or all(part.is_stated for part in parts)):
        return tuple(parts)
    if here is None and node.places is None:
        return tuple(parts)
    facts = [fact for fact in (node.funding, node.places) if fact]
    return (
        Portion(
            nodes=tuple(each for part in parts for each in part.nodes),
            total_fen=here if here is not None else _added(part.total_fen for part in parts),
            places=node.places.most if node.places else _added(part.places for part in parts),
            is_stated=overrides or all(part.is_stated for part in parts),
            invented=any(fact.invented for fact in facts) or any(part.invented for part in parts),
        ),
    )


def _is_exact(funding: Funding | None, money: Funding | None) -> bool:
    """Does the sum rest on a stated total or on a fixed amount, not on a ceiling?"""
    return (funding is not None and total_of(funding) is not None) or getattr(money, "kind", "") in (
        "fixed",
        "none",
    )


def _added(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(filter(None, known))
