"""The nodes and limits of a case from what a call states."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.allocation.terms import Cap, Node
from keqiao.core.findings import Finding, Weight
from keqiao.core.money import Bounds
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    Funding,
    NoFunding,
    Places,
    RangeFunding,
)
from keqiao.core.programme.inheritance import total_of
from keqiao.core.programme.rules.content import Split
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.tree import walk
from keqiao.core.programme.types import Programme
from keqiao.core.rules.facts import UNKNOWN, Records, Stage
from keqiao.core.rules.quotas import Asking, Limit, Per, room


@dataclass(frozen=True, slots=True)
class Contender:
    """A candidate with what its limits ask about: who asks for one more, and the limits of its category."""

    candidate: str
    asking: Asking
    limits: tuple[Limit, ...]


def nodes_of(programme: Programme) -> tuple[Node, ...]:
    """The nodes of a call: itself ("") and its categories, in order, each with what it states."""
    nodes = [_node("", None, programme)]
    for path, category in walk(programme):
        nodes.append(_node(category.id, path[-2] if len(path) > 1 else "", category))
    return tuple(nodes)


def money_questions(programme: Programme) -> Iterator[Finding]:
    """Money that a call counts otherwise than by project (a session, a year): a person states the amounts."""
    for identifier, terms in [("", programme), *((path[-1], category) for path, category in walk(programme))]:
        funding = terms.funding
        per = getattr(funding, "per", "project")
        if funding is not None and not isinstance(funding, EnvelopeFunding) and per != "project":
            yield Finding(
                "allocation.per_unclear", Weight.ASK, {"node": identifier, "per": per}, funding.source
            )


def caps_of(contenders: Iterable[Contender], records: Records) -> tuple[Cap, ...]:
    """The limits on undertaking, each with those who share it and with what they hold by ``records``.

    A limit is one for each unit (or leader) and, where it is yearly, year. ``records`` hold what was undertaken
    before; the candidates are not among it.
    """
    groups: dict[tuple[str, ...], list[tuple[Limit, Contender]]] = {}
    for each in contenders:
        for limit in each.limits:
            if limit.stage is Stage.UNDERTAKEN and limit.most is not None and limit.covers(each.asking.path):
                groups.setdefault((limit.id, *limit.within, _holder(limit, each.asking)), []).append(
                    (limit, each)
                )
    return tuple(_cap(key, group, records) for key, group in groups.items())


def _holder(limit: Limit, asking: Asking) -> str:
    return asking.person if limit.per is Per.PERSON else asking.unit


def _cap(key: tuple[str, ...], group: list[tuple[Limit, Contender]], records: Records) -> Cap:
    limit, first = group[0]
    left = room(limit, first.asking, records)
    held = len(left.held) if left.held is not UNKNOWN and left.complete else None
    return Cap(
        id="/".join(key),
        candidates=frozenset(contender.candidate for _limit, contender in group),
        most=limit.most or 0,
        held=held,
        extra=limit.extra,
        weight=limit.weight,
        holder=key[-1],
        source=limit.source,
    )


def _node(identifier: str, above: str | None, terms: Terms) -> Node:
    mark = terms.scorecard.pass_mark if terms.scorecard else None
    return Node(
        id=identifier,
        above=above,
        places=_places(terms.places),
        amount_fen=_amount(terms.funding),
        total_fen=total_of(terms.funding) if terms.funding else None,
        scope=_scope(terms),
        pass_mark=Fraction(str(mark)) if mark is not None else None,
        places_source=terms.places.source if terms.places else None,
        money_source=terms.funding.source if terms.funding else None,
    )


def _places(places: Places | None) -> Bounds | None:
    return Bounds(places.least, places.most) if places else None


def _amount(funding: Funding | None) -> Bounds | None:
    """What one project gets; None where the statement is about something else, or the node states no amount."""
    if isinstance(funding, NoFunding):
        return Bounds(0, 0)
    if getattr(funding, "per", "") != "project":
        return None
    if isinstance(funding, FixedFunding):
        return Bounds(funding.amount_fen, funding.amount_fen)
    if isinstance(funding, RangeFunding):
        return Bounds(funding.min_fen, funding.max_fen)
    return Bounds(0, funding.max_fen) if isinstance(funding, CeilingFunding) else None


def _scope(terms: Terms) -> Mapping[str, int]:
    """What of the whole may be applied for in parts: targets in the unit of a split, by their ids."""
    units = {rule.unit for rule in terms.rules if isinstance(rule, Split)}
    return {
        target.id: int(target.value)
        for target in terms.targets
        if target.unit in units and target.comparator == ">=" and target.per is None
    }
