"""Certificates of people, found by their number: an expert counts by what held on the day."""

from datetime import date

from keqiao.web.activities.values import Stored
from keqiao.web.parties.models import PersonQualification


def qualification_of(certificate: str, person: Stored | None) -> PersonQualification | None:
    """Return the certificate with this number where it is this person's; nothing where the register has none.

    Both have to be known, as they are to anybody who holds it: nobody is looked up by name.
    """
    if not certificate or not isinstance(person, str):
        return None
    rows = PersonQualification.objects.filter(number=certificate, person__name=person)
    return rows.order_by("-valid_from").first()


def holds_on(qualification: PersonQualification, day: date | None) -> bool:
    """Was the certificate in force on this day? Of a day that is not known, nobody can say so."""
    if day is None or qualification.valid_from > day:
        return False
    return qualification.valid_until is None or day <= qualification.valid_until
