"""A call was revised: what is being filled in moves to the form of the revision in force, and says what moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding
from keqiao.core.forms.migrating import migrate as migrated
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.actions.writing import Saving, allowed, keep_version, locked, refusal
from keqiao.web.applications.definitions import asked_at, asked_of
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.programmes.queries import revisions_in_force

MIGRATED = "migrated"


@transaction.atomic
def migrate(application_id: UUID, *, actor: Viewer, at: datetime) -> tuple[Finding, ...]:
    """Move a draft to the form of the revision in force and return what moved; nothing where it is there already.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not open for editing, or its category is gone.
    """
    application = locked(application_id)
    allowed(application, "edit", actor, at)
    return move_to_revision_in_force(application, Saving(MIGRATED, actor, at))


def category_left(application: Application) -> str:
    """Return the name of the category as the revision has it that a draft still follows."""
    before = asked_of(application).specification
    return before.names[-1] if before is not None and before.names else application.node


def moved_along(
    application: Application, base: Version | None, answers: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return answers that were typed on ``base`` in the form that the application follows now.

    Whoever had the page of an earlier revision open types into its fields; what has no place any more is left over.
    """
    if base is None or base.revision_id == application.revision_id:
        return answers
    before, now = asked_at(base.revision_id, application.node), asked_of(application)
    if before.specification is None or now.specification is None or before.form == now.form:
        return answers
    return migrated(before.specification, now.specification, answers).answers


def move_to_revision_in_force(application: Application, saving: Saving) -> tuple[Finding, ...]:
    """Move a draft under lock. What was returned is corrected in the form in which it was submitted.

    Raises:
        Refused: the revision has no such category any more.
    """
    revision = revisions_in_force([application.call_id])[application.call_id]
    if application.state != ApplicationState.DRAFT.value or application.revision_id == revision:
        return ()
    before, answers = asked_of(application), whole_answers(version_of(application))
    try:
        now = asked_at(revision, application.node)
    except KeyError as gone:
        raise refusal("application.category_gone", category=category_left(application)) from gone
    moves: tuple[Finding, ...] = ()
    if before.specification is not None and now.specification is not None and before.form != now.form:
        moved = migrated(before.specification, now.specification, answers)
        answers, moves = moved.answers, moved.moves
    application.revision_id, application.path = revision, list(now.path)
    application.version += 1
    keep_version(application, answers, Saving(MIGRATED, saving.actor, saving.at))
    application.save()
    return moves
