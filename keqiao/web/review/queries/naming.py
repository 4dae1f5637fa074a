"""Names of those whom conflicts are about: the core tells ids, people read names."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from keqiao.core.conflicts.matrix import Conflicts
from keqiao.web.parties.queries import names_of_parties


def names_for(found: Conflicts, experts: Iterable[Any], applications: Iterable[Any]) -> dict[str, str]:
    """Return the names of people, bodies and applications that conflicts name by their ids."""
    names = {str(each.pk): str(each.title or each.number) for each in applications}
    names |= {str(each.person_id): str(each.person) for each in experts}
    unknown = {each.about for reasons in found.pairs.values() for each in reasons} - set(names)
    ids = [each for each in map(_uuid, unknown) if each is not None]
    if ids:
        names |= {str(pk): name for pk, name in names_of_parties(ids).items()}
    return names


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
