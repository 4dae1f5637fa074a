"""Certificates of people, found by their number: an expert counts by what held on the day."""

from datetime import date

from keqiao.web.activities.values import Stored
from keqiao.web.parties.models import PersonQualification
from keqiao.web.scope import crossing

WHY = "a certificate is found by its number and the name on it, as anybody could who holds it"


def qualification_of(certificate: str, person: Stored | None) -> PersonQualification | None:
    """Return the certificate with this number where it is this person's; nothing where the register has none."""
    if not certificate or not isinstance(person, str):
        return None
    with crossing(WHY):
        rows = PersonQualification.objects.filter(number=certificate, person__name=person)
        return rows.select_related("person").order_by("-valid_from").first()


def holds_on(qualification: PersonQualification, day: date | None) -> bool:
    """Was the certificate in force on this day? Of a day that is not known, nobody can say so."""
    if day is None or qualification.valid_from > day:
        return False
    return qualification.valid_until is None or day <= qualification.valid_until
