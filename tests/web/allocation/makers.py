"""Makers of decisions and selections."""

from typing import Any

from django.db import transaction

from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.audit.log import record
from tests.web import make
from tests.web.applications import makers

NOW = makers.NOW


def decision(call: Any) -> Decision:
    """An empty decision about a call."""
    officer = make.officer(call.association)
    return Decision.objects.create(
        association=call.association,
        call=call,
        revision=call.revisions.get(),
        made_by=officer,
        made_at=NOW,
    )


@transaction.atomic
def selection(of: Decision, state: str = "ranked", **values: Any) -> Selection:
    """A submitted application in a decision, in this state."""
    row = Selection.objects.create(
        association=of.association,
        decision=of,
        call=of.call,
        application=makers.submitted(of.call),
        state=state,
        decided_at=NOW,
        **values,
    )
    record("ranked", row, actor=of.made_by, role="officer", at=NOW)
    return row
