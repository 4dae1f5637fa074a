"""The papers that prove facts of units and people, as room files keeps them: who may send and read them.

Facts are shared by all associations, and so are their papers: they belong to none, and stand in the space of who sent
them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.parties import queries
from keqiao.web.parties.models import OrganisationFact, PersonFact, PersonQualification
from keqiao.web.parties.permissions import OFFICER

PURPOSE = "party_evidence"
MAX_BYTES = 20 << 20


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Officers state facts, and send their papers."""
    return association_id is None and bool(viewer.organisations_as(OFFICER, at))


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever sees the evidence of a unit, or sees a person, reads the papers that prove their facts."""
    units = queries.with_evidence_for(viewer, at)
    if OrganisationFact.objects.filter(evidence_id=file.pk, organisation__in=units.values("pk")).exists():
        return True
    people = queries.people_for(viewer, at).values("pk")
    return any(
        table.objects.filter(evidence_id=file.pk, person__in=people).exists()
        for table in (PersonFact, PersonQualification)
    )


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, PAPERS, MAX_BYTES, may_send, may_read))
