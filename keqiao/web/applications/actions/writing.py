"""What all acts of the room share: the lock, the question whether it is allowed, how a version is kept."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.application import ApplicationState, application_after
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.permissions import Viewer, roles_towards
from keqiao.web.applications.readers import roles_above
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.sealing import as_text, taken_apart
from keqiao.web.applications.stating import described
from keqiao.web.audit import log
from keqiao.web.parties.queries import local_day

SALT_BYTES = 16
OF_READERS = frozenset({"return", "let_stand"})
"""Acts that whoever endorses an application may do as well as the office."""
BEFORE = 0


@dataclass(frozen=True, slots=True)
class Saving:
    """Who saves a version and when, by which act.

    ``back`` and ``forth`` are the versions that undo and redo bring again: ``BEFORE`` the one before, None nothing.
    """

    act: str
    actor: Viewer | None
    at: datetime
    back: int | None = BEFORE
    forth: int | None = None

    @property
    def actor_id(self) -> Any:
        """The id of the account, None for the program."""
        return self.actor.pk if self.actor is not None else None


def locked(application_id: UUID) -> Application:
    """Return an application under lock. Raises DoesNotExist: there is none."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("association", "call", "unit")
    return rows.get(pk=application_id)


def allowed(application: Application, act: str, actor: Viewer, at: datetime) -> ApplicationState:
    """Return the state that ``act`` leads to.

    Raises:
        Application.DoesNotExist: the actor has no business with it, so it is not there.
        Refused: it is not in such a state, or it is not theirs to do.
    """
    roles = roles_towards(actor, application.unit_id, application.association_id, at)
    if act in OF_READERS and not roles:
        roles = roles_above(actor, application.pk, at)
    if not roles:
        raise Application.DoesNotExist
    return state_after(application.state, act, roles)


def state_after(state: str, act: str, roles: Collection[str]) -> ApplicationState:
    """Return the state that ``act`` leads to. Raises Refused: the life of applications does not allow it."""
    try:
        return application_after(ApplicationState(state), act, roles)
    except NotAllowed as refused:
        code = "application.wrong_state" if refused.wrong_state else "application.not_your_role"
        raise refusal(code, state=state) from refused


def refusal(code: str, **values: Any) -> Refused:
    """Return the refusal with one finding."""
    return Refused(Finding(code, Weight.REFUSE, values))


def keep_version(
    application: Application, answers: Mapping[str, Any], saving: Saving, changed: Collection[str] = ()
) -> Version:
    """Write ``answers`` as the next version of an application under lock; ``changed`` are the ids of fields.

    Title, leader and partners of the application follow from the answers.
    """
    before = application.version - 1 or None
    specification = asked_of(application).specification
    opened, hidden = taken_apart(specification, answers) if specification else (dict(answers), {})
    version = Version(
        association_id=application.association_id,
        application=application,
        number=application.version,
        act=saving.act,
        revision_id=application.revision_id,
        answers=opened,
        salt=secrets.token_hex(SALT_BYTES) if hidden else "",
        changed=sorted(changed),
        back=before if saving.back == BEFORE else saving.back,
        forth=saving.forth,
        saved_by_id=saving.actor_id,
        saved_at=saving.at,
    )
    version.sealed = as_text(hidden)
    version.save(force_insert=True)
    described(application, specification, answers, local_day(saving.at))
    application.edited_by_id, application.edited_at = saving.actor_id, saving.at
    return version


def record(
    act: str, application: Application, saving: Saving, role: str, *, reason: str = "", **data: Any
) -> None:
    """Write the event of an act on an application."""
    log.record(act, application, actor=saving.actor, role=role, at=saving.at, data=data, reason=reason)
