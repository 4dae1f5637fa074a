"""A programme laid out for matching, and candidates made from its values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from keqiao.core.programme.amending.asked import Asked, Later, Moment, Number, Said
from keqiao.core.programme.amending.comparing import AddWorkingDays, later_by
from keqiao.core.programme.amending.proposing import Candidate
from keqiao.core.programme.amending.spots import NodeInfo, Spot, nodes_of, spots_of
from keqiao.core.programme.inheritance import Stated, effective
from keqiao.core.programme.types import Programme


@dataclass(frozen=True, slots=True)
class Ground:
    """A programme with its nodes and values; ``working`` adds working days where a calendar is known."""

    programme: Programme
    nodes: Sequence[NodeInfo]
    spots: Sequence[Spot]
    working: AddWorkingDays | None


def ground_of(programme: Programme, working: AddWorkingDays | None) -> Ground:
    """Lay out ``programme``."""
    return Ground(programme, nodes_of(programme), spots_of(programme), working)


def ids_of(nodes: Iterable[NodeInfo]) -> set[str]:
    """The ids of these nodes."""
    return {node.identifier for node in nodes}


def candidate(spot: Spot, after: Said | None) -> Candidate:
    """A value as a candidate that would say ``after``; a number without a unit is shown with that of the notice."""
    before = spot.said
    if isinstance(before, Number) and isinstance(after, Number) and not before.unit:
        before = replace(before, unit=after.unit)
    return Candidate(spot.address, before, after, spot.label)


def changed(ground: Ground, spot: Spot, asked: Asked) -> Candidate:
    """A value as a candidate that would say what the notice asks for, worked out where it says it by length."""
    after, standing = asked.after, spot.said
    if isinstance(after, Later):
        return candidate(
            spot, later_by(after, standing, ground.working) if isinstance(standing, Moment) else None
        )
    if isinstance(after, Number) and isinstance(standing, Number) and not after.unit:
        return candidate(spot, replace(after, unit=standing.unit))
    return candidate(spot, after)


def value_from_above(ground: Ground, node: NodeInfo, slot: str) -> Said | None:
    """The value that holds at a category which makes no statement of its own; None where none does."""
    if not node.path:
        return None
    stated = getattr(effective(ground.programme, node.path), slot, None)
    if not isinstance(stated, Stated):
        return None
    by_id = {known.identifier: known for known in ground.nodes}
    for spot in ground.spots:
        terms = by_id[spot.address.node].terms
        if spot.address.slot == slot and getattr(terms, slot) is stated.fact:
            return spot.said
    return None
