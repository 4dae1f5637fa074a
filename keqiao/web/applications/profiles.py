"""What is on record of a unit, a person and a category, as forms word it: first answers, and what picking fills."""

from datetime import date
from typing import Any

from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import PersonField
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.parties.finding import legal_representative_of, people_named, person_known


def profile_of(application: Any, specification: Specification, account: Any, day: date) -> dict[str, Any]:
    """Return what ``core.forms.prefilling`` takes: the unit, who fills in, the category, the call.

    Numbers under lock (bank account, identity number) are left out: they are typed by whoever is entitled to.
    """
    return {
        "unit": unit_parts(application.unit, day),
        "person": account_parts(account, application.unit, day),
        "category": {"name": specification.names[-1] if specification.names else ""},
        "call": {"title": application.call.title},
    }


def unit_parts(unit: Any, day: date) -> dict[str, str]:
    """Return the parts of a block about a unit that the register knows."""
    kind = organisation_kinds().get(unit.kind)
    return _filled(
        id=str(unit.pk),
        name=unit.name,
        credit_code=unit.credit_code,
        kind=kind.labels["zh"] if kind else "",
        legal_person=legal_representative_of(unit.pk, day),
        address=unit.address,
        postcode=unit.postcode,
        bank=unit.bank_name,
        account_name=unit.name,
        founded_on=unit.registered_on.isoformat() if unit.registered_on else "",
        region=unit.region.code if unit.region else "",
    )


def account_parts(account: Any, unit: Any, day: date) -> dict[str, str]:
    """Return what is known of whoever fills in: the account, and the one person of the unit with that name.

    Nobody is picked by that: a name alone is no person. Name and day of birth, once they stand in the form, are.
    """
    found = people_named([account.display_name], unit.pk, day).get(account.display_name)
    person = person_known(found) if found else None
    known = person_parts(person, unit) if person else _filled(name=account.display_name, employer=unit.name)
    known.pop("id", None)
    return known | _filled(email=account.email)


def person_parts(person: Any, unit: Any) -> dict[str, str]:
    """Return the parts of a block about a person of a unit that the register knows."""
    return _filled(
        id=str(person.pk),
        name=person.name,
        employer=unit.name,
        phone=person.phone,
        birth_date=person.birth_date.isoformat() if person.birth_date else "",
    )


def parts_picked(each: AnyField, picked: Any, unit: Any, day: date) -> dict[str, str]:
    """Return what picking ``picked`` puts into a block."""
    return person_parts(picked, unit) if isinstance(each, PersonField) else unit_parts(picked, day)


def _filled(**parts: str | None) -> dict[str, str]:
    return {name: value for name, value in parts.items() if value}
