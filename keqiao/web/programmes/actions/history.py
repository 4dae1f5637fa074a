"""Undo, redo, and going back to an older version. Each saves a new version; nothing that was saved is lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.web.programmes.actions.drafting import locked_draft, require_version, save
from keqiao.web.programmes.models import Draft, Step
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.versions import (
    REDONE,
    UNDONE,
    Links,
    Saving,
    origin,
    step_of,
    step_that_stands,
)


@transaction.atomic
def undo(call_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Draft:
    """Bring again what the draft said before its last change: contents, words and answers.

    Raises:
        StaleDraft: ``version`` does not stand any more: the last change is another one than was seen.
        Refused: the call is not a draft any more, or there is nothing to undo.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, version)
    standing = step_that_stands(draft)
    earlier = step_of(draft.pk, standing.back)
    if earlier is None:
        raise Refused(Finding("draft.nothing_to_undo", Weight.REFUSE))
    links = Links(earlier.back, forth=standing.version)
    return _bring(draft, earlier, Saving(UNDONE, actor, at, Part(*origin(standing).part)), links)


@transaction.atomic
def redo(call_id: UUID, version: int, *, actor: Viewer, at: datetime) -> Draft:
    """Bring again what was undone last.

    Raises:
        StaleDraft: ``version`` does not stand any more.
        Refused: the call is not a draft any more, or there is nothing to bring again.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, version)
    standing = step_that_stands(draft)
    undone = step_of(draft.pk, standing.forth)
    if undone is None:
        raise Refused(Finding("draft.nothing_to_redo", Weight.REFUSE))
    links = Links(standing.version, forth=undone.forth)
    return _bring(draft, undone, Saving(REDONE, actor, at, Part(*origin(undone).part)), links)


@transaction.atomic
def restore(call_id: UUID, version: int, wanted: int, *, actor: Viewer, at: datetime) -> Draft:
    """Have the draft say again what its version ``wanted`` said; this can be undone like any change.

    Raises:
        StaleDraft: ``version`` does not stand any more.
        Refused: the call is not a draft any more, or no such version was kept.
    """
    draft = locked_draft(call_id, "correct", actor, at)
    require_version(draft, version)
    step = step_of(draft.pk, wanted)
    if step is None:
        raise Refused(Finding("draft.no_such_version", Weight.REFUSE, {"version": wanted}))
    return _bring(draft, step, Saving("restored", actor, at), Links(draft.version))


def _bring(draft: Draft, step: Step, saving: Saving, links: Links) -> Draft:
    draft.definition, draft.words, draft.answers = step.definition, step.words, step.answers
    return save(draft, saving, links, what=())
