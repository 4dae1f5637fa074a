"""Who takes a stage for one applicant: found in facts, or for a person to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from keqiao.core.endorsing.stages import LEADERS, Stage, Taker

FACTS_OF = {
    Taker.ORIGINAL_RECOMMENDER: "recommenders",
    Taker.COUNTY_ASSOCIATION: "county_associations",
    Taker.CITY_ASSOCIATION: "city_associations",
    Taker.PROVINCE_ASSOCIATION: "province_associations",
    Taker.FINANCE_BUREAU: "finance_bureaus",
    Taker.HOST: "hosts",
    Taker.DEPARTMENT_IN_CHARGE: "supervisors",
}
"""Under which name the facts hold the bodies that a taker can be."""


class Manner(StrEnum):
    """How a stage is taken: by people in the system, on paper, or nobody knows yet by whom."""

    QUEUE = "queue"
    PAPER = "paper"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True)
class Around:
    """The bodies round an applicant, by id: ``bodies`` under the names of ``FACTS_OF``, each list whole.

    ``staffed`` are those of them that have people who endorse in the system. ``own_association`` runs the call.
    """

    bodies: Mapping[str, tuple[str, ...]]
    staffed: frozenset[str]
    own_association: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes a stage. ``body`` is an id, "" where nobody is known; ``candidates`` are those in question.

    ``is_association``: it turns out to be the association that runs the call, so the stage does not hold up filing.
    """

    manner: Manner
    body: str = ""
    candidates: tuple[str, ...] = ()
    is_association: bool = False


def taken_by(stage: Stage, around: Around) -> Taken:
    """Return who takes a stage: exactly one body in the facts takes it; none or several: an officer says who.

    A body without people in the system, and leaders and governments always, take it on paper.
    """
    if stage.taker in LEADERS:
        return Taken(Manner.PAPER)
    name = FACTS_OF.get(stage.taker) if stage.taker else None
    found = tuple(dict.fromkeys(around.bodies.get(name, ()))) if name else ()
    if len(found) != 1:
        return Taken(Manner.UNASSIGNED, candidates=found)
    return taken_by_body(found[0], around)


def taken_by_body(body: str, around: Around) -> Taken:
    """Return how a stage is taken by this body."""
    if body == around.own_association:
        return Taken(Manner.QUEUE, body, is_association=True)
    return Taken(Manner.QUEUE if body in around.staffed else Manner.PAPER, body)
