"""Undo, redo, going back to an older version. Each saves a new version; nothing that was saved is lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.web.applications.actions.drafting import Saved, differing, require_open, write_next
from keqiao.web.applications.actions.writing import Saving, allowed, locked, refusal
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.applications.refusals import Refused


@transaction.atomic
def undo(application_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Saved:
    """Bring again what the application said before its last change.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: ``version`` does not stand any more, there is nothing to undo, or it is not open for editing.
    """
    application = _open_at(application_id, version, actor, at)
    standing = version_of(application)
    earlier = _kept_before(application, standing.back)
    if earlier is None:
        raise refusal("application.nothing_to_undo")
    links = Saving("undone", actor, at, back=earlier.back, forth=standing.number)
    return _bring(application, earlier, links)


@transaction.atomic
def redo(application_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Saved:
    """Bring again what was undone last. Raises as :func:`undo` does."""
    application = _open_at(application_id, version, actor, at)
    standing = version_of(application)
    undone = _kept(application, standing.forth)
    if undone is None:
        raise refusal("application.nothing_to_redo")
    return _bring(application, undone, Saving("redone", actor, at, back=standing.number, forth=undone.forth))


@transaction.atomic
def restore(application_id: UUID, version: int, wanted: int, *, actor: Viewer, at: datetime) -> Saved:
    """Have the application say again what its version ``wanted`` said. Raises as :func:`undo` does."""
    application = _open_at(application_id, version, actor, at)
    kept = _kept(application, wanted)
    if kept is None:
        raise refusal("application.no_such_version", version=wanted)
    return _bring(application, kept, Saving("restored", actor, at))


def _open_at(application_id: UUID, version: int, actor: Viewer, at: datetime) -> Application:
    application = locked(application_id)
    allowed(application, "edit", actor, at)
    if application.version != version:
        raise changed_meanwhile(application)
    return application


def changed_meanwhile(application: Application) -> Refused:
    """Return the refusal of an act on a version that does not stand any more."""
    return refusal("application.changed_meanwhile", version=application.version)


def _kept(application: Application, number: int | None) -> Version | None:
    """A version in the form that the application follows now; one from before a revision of the call is not brought."""
    rows = application.versions.filter(number=number, revision_id=application.revision_id)
    return rows.first() if number else None


def _kept_before(application: Application, number: int | None) -> Version | None:
    """A version, or where it was thinned out (``thinning``) the last one before it that was kept."""
    if not number:
        return None
    return application.versions.filter(number__lte=number, revision_id=application.revision_id).first()


def _bring(application: Application, version: Version, saving: Saving) -> Saved:
    answers = whole_answers(version)
    changed = differing(whole_answers(version_of(application)), answers)
    require_open(application, changed)
    write_next(application, answers, saving, changed)
    return Saved(application, answers)
