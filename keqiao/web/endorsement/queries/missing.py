"""Who is still missing from a queue: units of the endorsing unit's area with drafts, and those that have not begun."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.endorsing.chains import fits
from keqiao.core.endorsing.stages import Taker
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.facts import Case
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.applications.queries.applications import states_of_units
from keqiao.web.eligibility.calls import ready_call
from keqiao.web.endorsement.definitions import endorsing_at
from keqiao.web.endorsement.models import Queue
from keqiao.web.endorsement.queries.lists import way_of_queue
from keqiao.web.parties.facts import units_on
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.surroundings import units_recommended_by, units_within
from keqiao.web.programmes.queries import offers_of
from keqiao.web.scope import crossing

WHY = "an endorsing unit is told which units of its own area have begun, by name and nothing else"
MOST_UNITS = 500


@dataclass(frozen=True, slots=True)
class Missing:
    """``drafting``: units that have only drafts; ``not_begun``: units that may apply and have nothing. By name."""

    drafting: tuple[Any, ...] = ()
    not_begun: tuple[Any, ...] = ()


def missing_of(queue: Queue, at: datetime) -> Missing:
    """Return which units would come to a queue and have only drafts there, or nothing.

    They are those of the region of the endorsing unit, for an original recommender those it has recommended; only
    those to whom the chain applies and whom the rules do not shut out. Of drafts it is told that they are there.
    """
    nodes = _categories(queue)
    with crossing(WHY):
        units = {unit.pk: unit for unit in _area(queue, at)[:MOST_UNITS]}
        drafting, begun = _begun(queue, nodes, units)
        may = _may_apply(queue, nodes, [pk for pk in units if pk not in begun], at)
    return Missing(
        tuple(unit for pk, unit in units.items() if pk in drafting),
        tuple(unit for pk, unit in units.items() if pk in may),
    )


def _categories(queue: Queue) -> list[str]:
    """The categories whose applications come to this queue."""
    offered = offers_of({queue.call_id}).values_list("node", flat=True)
    return [node for node in offered if queue.chain in endorsing_at(queue.revision_id, node).ways]


def _area(queue: Queue, at: datetime) -> list[Any]:
    way = way_of_queue(queue)
    taker = way.stage(queue.stage).taker if way else None
    day = local_day(at)
    if taker is Taker.ORIGINAL_RECOMMENDER:
        return list(units_recommended_by(queue.taker_id, day))
    return list(units_within(queue.taker_id))


def _begun(queue: Queue, nodes: Collection[str], units: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """The units that have drafts only, and all that have anything."""
    drafting, submitted = set(), set()
    for unit, state in states_of_units(queue.call_id, nodes, units):
        if state == ApplicationState.DRAFT.value:
            drafting.add(unit)
        elif state != ApplicationState.DISCARDED.value:
            submitted.add(unit)
    return drafting - submitted, drafting | submitted


def _may_apply(queue: Queue, nodes: Collection[str], ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Those to whom the chain applies and whom no rule shuts out in every category."""
    day = local_day(at)
    cases = {pk: Case(on=day, applicant=unit) for pk, unit in units_on(day, ids).items()}
    ready = ready_call(queue.revision_id)
    return {
        pk
        for pk, case in cases.items()
        if _comes_by(queue, nodes, case)
        and any(ready.rules.decision(ready.path(node), case).verdict is not Verdict.FAILS for node in nodes)
    }


def _comes_by(queue: Queue, nodes: Collection[str], case: Case) -> bool:
    words = endorsing_words().chains
    for node in nodes:
        endorsing = endorsing_at(queue.revision_id, node)
        if fits(endorsing.ways[queue.chain].chain, case, endorsing.setting, words) is Verdict.PASSES:
            return True
    return False
