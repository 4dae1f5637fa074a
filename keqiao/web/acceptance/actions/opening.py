"""An acceptance is opened for a project whose agreement is signed: what it owes, and until when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from keqiao.core.lifecycle.grant import UNDER_WAY
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.acceptance.actions.writing import note, refusal
from keqiao.web.acceptance.models import Acceptance, OwedPaper
from keqiao.web.acceptance.owed import follow_acceptance
from keqiao.web.acceptance.permissions import Viewer, is_officer
from keqiao.web.acceptance.telling import tell
from keqiao.web.audit.log import By
from keqiao.web.grants.carrying import holds_of
from keqiao.web.grants.queries import locked_grants

OPEN_FOR = sorted(state.value for state in UNDER_WAY)


@transaction.atomic
def open_for(grant_id: UUID, *, actor: Viewer, at: datetime) -> Acceptance:
    """Open the acceptance of a project; opened before, it is given as it is.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: its agreement is not signed, or it is over.
    """
    grant = locked_grants(Q(pk=grant_id)).get()
    if not is_officer(actor, grant.association_id, at):
        raise grant.DoesNotExist
    known = Acceptance.objects.filter(grant=grant).first()
    if known is not None:
        return known
    if grant.state not in OPEN_FOR:
        raise refusal("acceptance.not_under_way", number=grant.number)
    return _opened(grant, By(actor, OFFICER, at))


@transaction.atomic
def open_for_call(call_id: UUID, association_id: UUID, *, actor: Viewer, at: datetime) -> int:
    """Open the acceptance of every project of a call that is under way and has none; how many."""
    if not is_officer(actor, association_id, at):
        raise Acceptance.DoesNotExist
    waiting = Q(call_id=call_id, association_id=association_id, state__in=OPEN_FOR, acceptance__isnull=True)
    return len([_opened(grant, By(actor, OFFICER, at)) for grant in locked_grants(waiting)])


def _opened(grant: Any, by: By) -> Acceptance:
    acceptance = Acceptance.objects.create(
        association_id=grant.association_id,
        call_id=grant.call_id,
        grant=grant,
        due_on=grant.ends_on,
        opened_at=by.at,
    )
    application: Any = grant.application
    asked = holds_of(grant.revision_id, application.node).deliverables
    OwedPaper.objects.bulk_create(
        OwedPaper(
            association_id=grant.association_id,
            acceptance=acceptance,
            ordinal=number,
            name=stated.fact.name,
            clause=stated.fact.source.clause if stated.fact.source else "",
        )
        for number, stated in enumerate(asked)
    )
    note("opened", acceptance, by)
    follow_acceptance(acceptance.pk, by.at, "opened")
    tell(acceptance, "opened", by.at)
    return acceptance
