"""What a revision of the call means for a draft: what moves when it is saved next, and what moved the last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.migrating import Migrated, migrate
from keqiao.core.forms.specification import Specification
from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications.actions.moving import MIGRATED, category_left
from keqiao.web.applications.definitions import asked_at, asked_of
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.queries.contents import answers_of, whole_answers
from keqiao.web.programmes.queries import Revision, revisions_of


@dataclass(frozen=True, slots=True)
class Moves:
    """What a revision moves in a draft. ``is_gone``: the call has no such category any more.

    ``is_last``: nothing was saved after it moved.
    """

    revision: Revision
    moves: tuple[Finding, ...]
    is_gone: bool = False
    is_last: bool = False


def moves_ahead(application: Application) -> Moves | None:
    """Return what saving will move, where the call was revised since the draft was saved; nothing else."""
    if application.state != ApplicationState.DRAFT.value:
        return None
    revision = revisions_of(application.call).first()
    if revision is None or revision.pk == application.revision_id:
        return None
    try:
        now = asked_at(revision.pk, application.node)
    except KeyError:
        gone = Finding("application.category_gone", Weight.REFUSE, {"category": category_left(application)})
        return Moves(revision, (gone,), is_gone=True)
    moved = _moved(asked_of(application).specification, now.specification, answers_of(application))
    return Moves(revision, moved.moves)


def moves_made(application: Application) -> Moves | None:
    """Return what moved when the draft came to the form in force, as long as it is a draft."""
    if application.state != ApplicationState.DRAFT.value:
        return None
    kept = application.versions.order_by("-number")
    made = kept.filter(act=MIGRATED).select_related("revision").first()
    before = kept.filter(number__lt=made.number).first() if made else None
    if made is None or before is None or made.revision_id != application.revision_id:
        return None
    moves = _between(application, before, made)
    return Moves(made.revision, moves, is_last=made.number == application.version) if moves else None


def _between(application: Application, before: Version, made: Version) -> tuple[Finding, ...]:
    old, new = (asked_at(each.revision_id, application.node).specification for each in (before, made))
    return _moved(old, new, whole_answers(before)).moves


def _moved(old: Specification | None, new: Specification | None, answers: Mapping[str, Any]) -> Migrated:
    if old is None or new is None or old.digest == new.digest:
        return Migrated(dict(answers))
    return migrate(old, new, answers)
