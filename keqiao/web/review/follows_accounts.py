"""What this room does when it becomes known whose account one is (found by ``accounts.followers``)."""

from datetime import datetime
from uuid import UUID

from keqiao.web.review.experts_owed import follow_expert
from keqiao.web.review.queries.experts import experts_of_person
from keqiao.web.scope import crossing

WHY = "experts owe declarations to every association that has them in its register"


def follow(person_id: UUID, fact: str, at: datetime) -> None:
    """Open or close what the person owes as an expert."""
    with crossing(WHY):
        for expert in experts_of_person(person_id):
            follow_expert(expert.pk, at, fact)
