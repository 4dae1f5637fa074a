"""Conclude a notice: the closing statement, and what it shows is confirmed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.objection import OPEN
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.workdays import NoticeRuns, shanghai_day
from keqiao.web.allocation.actions import move
from keqiao.web.audit.log import By
from keqiao.web.parties.actions import count_public_change
from keqiao.web.public_notice.actions.writing import note, notice_in_hand, refusal
from keqiao.web.public_notice.counting import closing_of
from keqiao.web.public_notice.models import Notice, Objection
from keqiao.web.public_notice.owed import follow_notice
from keqiao.web.public_notice.papers import closing_kept
from keqiao.web.public_notice.permissions import Viewer
from keqiao.web.public_notice.queries import items_of, objections_to


@transaction.atomic
def conclude(notice_id: UUID, *, actor: Viewer, at: datetime) -> Notice:
    """Conclude a notice that has ended: write the closing statement and confirm what no objection took out.

    Raises:
        Notice.DoesNotExist: it is not the actor's business.
        Refused: it has not ended, or an objection to anything in it is not decided.
    """
    notice = notice_in_hand(notice_id, "conclude", actor, at)
    items = list(items_of(notice))
    open_states = [state.value for state in OPEN]
    selections = [item.selection_id for item in items]
    waiting = Objection.objects.filter(item__selection_id__in=selections, state__in=open_states)
    if number := waiting.count():
        raise refusal("public_notice.objections_open", n=number)
    try:
        found = closing_of(notice, items, objections_to(notice), shanghai_day(at))
    except NoticeRuns as runs:
        raise refusal("public_notice.runs", last=runs.last.isoformat()) from runs
    notice.closing, notice.over_at = closing_kept(found), at
    notice.save()
    count_public_change()
    by = By(actor, OFFICER, at)
    note("concluded", notice, by, received=found.received, clear=len(found.clear), upheld=len(found.upheld))
    for item in items:
        if item.selection.state == SelectionState.IN_NOTICE.value:
            move(item.selection, "confirm", role=OFFICER, actor=actor, at=at)
    follow_notice(notice.pk, at, "concluded")
    return notice
