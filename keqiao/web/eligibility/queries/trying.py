"""What if: another leader, one more partner. Asked on the page, written down nowhere."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from keqiao.core.rules.answers import When
from keqiao.core.rules.facts import Human
from keqiao.core.rules.what_if import Change, Difference, all_of, joined_by, led_by, what_if
from keqiao.web.eligibility.queries.categories import CategoryAsked
from keqiao.web.parties.facts import humans_on, units_on
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.queries.records import records_on, together


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to try: a person in a role, units that join."""

    role: str = ""
    person_id: UUID | None = None
    partner_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it. ``person`` holds the role in the answer after."""

    difference: Difference
    person: Human | None
    partners: tuple[str, ...]


def tried(asked: CategoryAsked, wish: Wish, at: datetime) -> Tried | None:
    """Return what the wish would change in the answer, the form's rules counted in; None: nothing is wished."""
    day = local_day(at)
    person = humans_on(day, [wish.person_id]).get(wish.person_id) if wish.person_id else None
    partners = units_on(day, wish.partner_ids)
    changes: list[Change] = [joined_by(unit) for unit in partners.values()]
    if person is not None and wish.role:
        changes.append(led_by(wish.role, person))
    if not changes:
        return None
    named = [UUID(each.id) for each in (person, *partners.values()) if each is not None]
    changes.append(_on_record(named, asked.category.offer.call.association_id, day))
    rules, path = asked.category.call.rules, asked.category.path
    difference = what_if(lambda case: rules.answer(path, case, When.FORM), asked.case, all_of(*changes))
    return Tried(difference, person, tuple(unit.name for unit in partners.values()))


def _on_record(parties: Collection[UUID], association_id: UUID, day: date) -> Change:
    """What the registers hold of those who come in counts: a leader who is debarred bars the unit as well."""
    found = records_on(day, parties, [association_id])
    return lambda case: replace(case, records=together([case.records, *found.values()]))
