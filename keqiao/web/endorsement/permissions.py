"""Who may see and do what: the endorsing unit in its own queue, its co-signer, the office of the call."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from keqiao.core.lifecycle import batch as of_batches
from keqiao.core.lifecycle import endorsement as of_passages
from keqiao.web.applications.permissions import IN_CHARGE, Viewer, associations_in_charge, own_units

ENDORSER, CO_SIGNER, OFFICER = of_passages.ENDORSER, of_batches.CO_SIGNER, of_passages.OFFICER
TAKES = ("endorser",)
CO_SIGNS = ("endorser", "finance")
OPENS_TO = ("endorser", "finance", *IN_CHARGE)
NOTHING = Q(pk__in=[])


def units_as(viewer: Viewer, roles: tuple[str, ...], at: datetime) -> frozenset[UUID]:
    """Return the units in which the viewer holds one of these roles."""
    if not viewer.is_authenticated:
        return frozenset()
    return frozenset[UUID]().union(*(viewer.organisations_as(role, at) for role in roles))


def queues_seen(viewer: Viewer, at: datetime, to: str = "") -> Q:
    """Queues of the viewer's units, those they co-sign, and those of calls in their charge; ``to``: path to a queue."""
    takes, signs = units_as(viewer, TAKES, at), units_as(viewer, CO_SIGNS, at)
    return (
        Q(**{f"{to}taker_id__in": takes})
        | Q(**{f"{to}co_signer_id__in": signs})
        | Q(**{f"{to}association_id__in": associations_in_charge(viewer, at)})
    )


def queues_worked_on(viewer: Viewer, at: datetime, to: str = "") -> Q:
    """Queues that the viewer's units take or co-sign."""
    takes, signs = units_as(viewer, TAKES, at), units_as(viewer, CO_SIGNS, at)
    return Q(**{f"{to}taker_id__in": takes}) | Q(**{f"{to}co_signer_id__in": signs})


def roles_in(queue: Any, viewer: Viewer | None, at: datetime) -> frozenset[str]:
    """Return the roles of the viewer that the lives of passages and batches in a queue ask about."""
    if viewer is None:
        return frozenset()
    found = set()
    if queue.taker_id in units_as(viewer, TAKES, at):
        found.add(ENDORSER)
    if queue.co_signer_id and queue.co_signer_id in units_as(viewer, CO_SIGNS, at):
        found.add(CO_SIGNER)
    if queue.association_id in units_as(viewer, (OFFICER,), at):
        found.add(OFFICER)
    return frozenset(found)


def roles_with(passage: Any, viewer: Viewer, at: datetime) -> frozenset[str]:
    """Return the roles of the viewer towards a passage: as its unit, as the office, as whoever has it now."""
    found = set(roles_in(passage.queue, viewer, at)) if passage.queue_id else set()
    if passage.unit_id in own_units(viewer, at):
        found.add(of_passages.APPLICANT)
    if passage.association_id in units_as(viewer, (OFFICER,), at):
        found.add(OFFICER)
    return frozenset(found)
