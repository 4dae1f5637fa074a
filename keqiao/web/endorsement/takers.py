"""Who takes a stage for one applicant: the core is asked, with what the registers and accounts say."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from keqiao.core.endorsing.chains import Held, chain_for
from keqiao.core.endorsing.endorsers import Around, Manner, Taken, taken_by, taken_by_body
from keqiao.core.endorsing.stages import Stage
from keqiao.core.rules.facts import Case
from keqiao.readers.endorsing_words import endorsing_words
from keqiao.web.accounts.queries import holders_of
from keqiao.web.accounts.roles import Role
from keqiao.web.endorsement.definitions import Endorsing
from keqiao.web.parties.facts import units_on
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.surroundings import bodies_round

WHO_ENDORSES = (Role.ENDORSER,)
WHO_CO_SIGNS = (Role.ENDORSER, Role.FINANCE)


def chain_of_unit(endorsing: Endorsing, unit_id: UUID, at: datetime) -> Held:
    """Return which chain holds for a unit in a category."""
    return chain_for(
        endorsing.effective, case_of_unit(unit_id, at), endorsing.setting, endorsing_words().chains
    )


def case_of_unit(unit_id: UUID, at: datetime) -> Case:
    """Return what is known of a unit on the day."""
    day = local_day(at)
    return Case(on=day, applicant=units_on(day, [unit_id])[unit_id])


def taker_for(stage: Stage, unit_id: UUID, association_id: UUID, at: datetime) -> Taken:
    """Return who takes a stage for a unit."""
    return taken_by(stage, _around(unit_id, association_id, at))


def taken_by_unit(body_id: UUID, association_id: UUID, at: datetime) -> Taken:
    """Return how a stage is taken by a body that an officer has named."""
    staffed = _staffed([body_id], WHO_ENDORSES, at)
    return taken_by_body(str(body_id), Around({}, staffed, str(association_id)))


def co_signer_of(taker_id: UUID, at: datetime) -> UUID | None:
    """Return the finance bureau of the same region as an endorsing unit; None: there is none, or several."""
    found = bodies_round(taker_id, local_day(at), endorsing_words().finance_names)["finance_bureaus"]
    return found[0] if len(found) == 1 else None


def has_co_signing_people(body_id: UUID | None, at: datetime) -> bool:
    """Has the co-signer people who can agree in the system?"""
    return body_id is not None and bool(_staffed([body_id], WHO_CO_SIGNS, at))


def _around(unit_id: UUID, association_id: UUID, at: datetime) -> Around:
    bodies = bodies_round(unit_id, local_day(at), endorsing_words().finance_names)
    everybody = {body for found in bodies.values() for body in found}
    return Around(
        {name: tuple(map(str, found)) for name, found in bodies.items()},
        _staffed(everybody, WHO_ENDORSES, at),
        str(association_id),
    )


def _staffed(bodies: Collection[UUID], roles: Collection[Role], at: datetime) -> frozenset[str]:
    return frozenset(
        str(body) for body in bodies if any(holders_of(role.value, body, at).exists() for role in roles)
    )


__all__ = [
    "Manner",
    "case_of_unit",
    "chain_of_unit",
    "co_signer_of",
    "has_co_signing_people",
    "taken_by_unit",
    "taker_for",
]
