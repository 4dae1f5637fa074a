"""The work on a grant: done, suspended, going on, ended; what follows from its acceptance."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.grant import TABLE
from keqiao.core.lifecycle.roles import PROGRAM
from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.web.audit.log import By
from keqiao.web.grants.actions.writing import locked, moved, needed, note, refusal, tidy
from keqiao.web.grants.followers import Change, tell
from keqiao.web.grants.models import Grant, Settlement
from keqiao.web.grants.owed import follow_grant
from keqiao.web.grants.permissions import OFFICER, Viewer


@transaction.atomic
def finish(grant_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Say that the work is done: the grant waits for its acceptance.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it does not run.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "finish", roles)
    _move(grant, "finish", state, (actor, role, at))


@transaction.atomic
def resume(grant_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Let a suspended grant go on.

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: it is not suspended, or the reason is missing.
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, "resume", roles)
    _move(grant, "resume", state, (actor, role, at), needed(reason))


@transaction.atomic
def stop(grant_id: UUID, act: str, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Suspend or terminate a grant (``act``); a second person has agreed (``second_person``).

    Raises:
        Grant.DoesNotExist: it is not the actor's business.
        Refused: its state does not allow it, the reason is missing, or a room above does not let it end (an acceptance
            that has passed).
    """
    grant, roles = locked(grant_id, actor, at)
    state, role = moved(TABLE, grant.state, act, roles)
    _move(grant, act, state, (actor, role, at), needed(reason))


@transaction.atomic
def conclude(grant_id: UUID, act: str, reason: str = "", *, actor: Any, at: datetime) -> None:
    """Follow the conclusion of the acceptance: ``close``, ``fail``, ``work_on``, ``reopen``. For the room above.

    Raises:
        Refused: its state does not allow it.
    """
    grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant_id)
    state, role = moved(TABLE, grant.state, act, {OFFICER if act == "close" else PROGRAM})
    if act == "close" and grant.amount_fen and not _is_settled(grant):
        raise refusal("grant.not_settled")
    _move(grant, act, state, (actor, role, at), tidy(reason))


def _is_settled(grant: Grant) -> bool:
    return Settlement.objects.filter(grant=grant, state=SettlementState.CLOSED.value).exists()


def _move(grant: Grant, act: str, state: str, by: tuple[Any, str, datetime], reason: str = "") -> None:
    grant.state, grant.words = state, reason
    grant.save(update_fields=["state", "words"])
    note(TABLE.events[act], grant, by, reason=reason)
    follow_grant(grant.pk, by[2], TABLE.events[act])
    tell(Change(TABLE.events[act], grant.pk, By(*by)))
