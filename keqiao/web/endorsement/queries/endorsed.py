"""Who had a word in endorsing an application."""

from uuid import UUID

from keqiao.web.endorsement.models import Endorsement


def endorsed_by(application_id: UUID) -> tuple[dict[UUID, str], frozenset[UUID]]:
    """Return the units that gave an opinion on an application, with their names, and the accounts that gave it."""
    rows = Endorsement.objects.filter(passage__application_id=application_id)
    units = dict(rows.exclude(unit=None).values_list("unit_id", "unit__name"))
    return units, frozenset(rows.exclude(given_by=None).values_list("given_by_id", flat=True))
