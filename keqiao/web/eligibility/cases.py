"""What is known of units, gathered for the rules: their facts, their hosts', and what the registers hold of them."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from keqiao.core.rules.facts import Case, Unit
from keqiao.web.parties.facts import units_on
from keqiao.web.registers.queries.records import records_on, together
from keqiao.web.scope import crossing

Cases = Mapping[tuple[UUID, UUID], Case]
"""By association and unit: what the registers of that association know of that unit."""


def cases_on(day: date, unit_ids: Collection[UUID], association_ids: Collection[UUID]) -> Cases:
    """Return the case of each unit before each association, in a constant number of queries.

    A unit's own records go to the associations whose calls it may apply for, whoever of its people asks; they
    stand beside those of its host and its supervising unit. Ids of no unit are left out.
    """
    units = units_on(day, unit_ids)
    around = {pk: frozenset({pk, *_stand_ins(unit)}) for pk, unit in units.items()}
    everybody = frozenset[UUID]().union(*around.values())
    with crossing("what an association records of a unit decides whether the unit may apply to it"):
        records = records_on(day, everybody, association_ids)
    return {
        (association, pk): Case(
            on=day,
            applicant=unit,
            records=together(records[association, party] for party in sorted(around[pk], key=str)),
        )
        for association in association_ids
        for pk, unit in units.items()
    }


def _stand_ins(unit: Unit) -> Collection[UUID]:
    return [UUID(other.id) for other in (unit.host, unit.supervisor) if isinstance(other, Unit)]
