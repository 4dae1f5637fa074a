"""Certificates of people, found by their number: an expert counts by what held on the day."""

from datetime import date
from typing import Any

from keqiao.web.activities.values import Stored
from keqiao.web.parties.queries import qualifications_numbered


def qualification_of(certificate: str, person: Stored | None) -> Any:
    """Return the certificate with this number where it is this person's; nothing where the register has none.

    Both have to be known, as they are to anybody who holds it: nobody is looked up by name.
    """
    if not certificate or not isinstance(person, str):
        return None
    return qualifications_numbered(certificate, person).first()


def holds_on(qualification: Any, day: date | None) -> bool:
    """Was the certificate in force on this day? Of a day that is not known, nobody can say so."""
    if day is None or qualification.valid_from > day:
        return False
    return qualification.valid_until is None or day <= qualification.valid_until
