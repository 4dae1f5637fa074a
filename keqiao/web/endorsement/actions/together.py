"""Several applications of one queue are decided with the same words: all of them, or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.applications.permissions import Viewer
from keqiao.web.endorsement.actions.deciding import decline, recommend, reconsider


@transaction.atomic
def decide_together(
    passage_ids: Sequence[UUID], act: str, words: str, *, actor: Viewer, at: datetime
) -> None:
    """Recommend, decline or reconsider (``act``) applications in the order given; each has its own event.

    Raises:
        Passage.DoesNotExist: one of them does not lie before the actor.
        Refused: one of them cannot be decided so; then none is.
        ValueError: there is no such act.
    """
    for pk in passage_ids:
        if act == "recommend":
            recommend(pk, words, actor=actor, at=at)
        elif act == "decline":
            decline(pk, words, actor=actor, at=at)
        elif act == "reconsider":
            reconsider(pk, actor=actor, at=at)
        else:
            raise ValueError(act)
