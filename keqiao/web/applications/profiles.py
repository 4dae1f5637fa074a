"""What is on record of a unit, a person and a category, as forms word it: first answers, and what picking fills."""

from typing import Any

from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import PersonField


def profile_of(application: Any, specification: Specification, account: Any) -> dict[str, Any]:
    """Return what ``core.forms.prefilling`` takes: the unit, who fills in, the category, the call.

    Numbers under lock (bank account, identity number) are left out: they are typed by whoever is entitled to.
    """
    return {
        "unit": unit_parts(application.unit),
        "person": {"name": account.display_name, "email": account.email},
        "category": {"name": specification.names[-1] if specification.names else ""},
        "call": {"title": application.call.title},
    }


def unit_parts(unit: Any) -> dict[str, str]:
    """Return the parts of a block about a unit that the register knows."""
    return _filled(
        id=str(unit.pk),
        name=unit.name,
        credit_code=unit.credit_code,
        bank=unit.bank_name,
        account_name=unit.name,
        founded_on=unit.registered_on.isoformat() if unit.registered_on else "",
    )


def person_parts(person: Any, unit: Any) -> dict[str, str]:
    """Return the parts of a block about a person of a unit that the register knows."""
    return _filled(
        id=str(person.pk),
        name=person.name,
        employer=unit.name,
        phone=person.phone,
        birth_date=person.birth_date.isoformat() if person.birth_date else "",
    )


def parts_picked(each: AnyField, picked: Any, unit: Any) -> dict[str, str]:
    """Return what picking ``picked`` puts into a block."""
    return person_parts(picked, unit) if isinstance(each, PersonField) else unit_parts(picked)


def _filled(**parts: str | None) -> dict[str, str]:
    return {name: value for name, value in parts.items() if value}
