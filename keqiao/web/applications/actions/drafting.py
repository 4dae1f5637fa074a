"""Fill an application in: begin it, save what was typed, bring what several typed together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from keqiao.core.findings import Finding
from keqiao.core.forms.answers import Answers, tidied
from keqiao.core.forms.merging import merge
from keqiao.core.lifecycle.application import APPLICANT
from keqiao.web.applications.actions.joining import let_go, let_go_removed
from keqiao.web.applications.actions.marking import WHY as WHY_MARKED
from keqiao.web.applications.actions.marking import drop_marks
from keqiao.web.applications.actions.moving import move_to_revision_in_force, moved_along
from keqiao.web.applications.actions.writing import Saving, allowed, keep_version, locked, record, refusal
from keqiao.web.applications.definitions import asked_of
from keqiao.web.applications.followers import tell_of
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.owed import follow_application
from keqiao.web.applications.permissions import Viewer, own_units
from keqiao.web.applications.preparing import prepare
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.applications.queries.submissions import editable_fields
from keqiao.web.applications.refusals import Conflict
from keqiao.web.audit.log import By
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.programmes.queries import revisions_in_force
from keqiao.web.scope import crossing

AUTOSAVED = "autosaved"
CHANGED = ["version", "revision", "title", "leader", "edited_by", "edited_at"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody typed: all answers as the page had them, and ``base``, the version that the page had shown.

    ``act`` is ``typed``, ``autosaved``, ``read_from_word`` or ``taken_from_last_year``.
    """

    application_id: UUID
    base: int
    answers: Answers
    act: str = "typed"


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands now. ``merged`` are the fields that others changed since ``base``; ``moves`` say what moved to
    another form; ``findings`` are what stands against it, as far as that was checked.
    """

    application: Application
    answers: Mapping[str, Any]
    merged: tuple[str, ...] = ()
    moves: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def version(self) -> int:
        """The version that stands."""
        return self.application.version


def start(
    offer_id: int, unit_id: UUID, *, actor: Viewer, at: datetime, answers: Answers | None = None
) -> Application:
    """Begin an application of a unit in an open category, with first ``answers`` where some are known.

    Raises:
        Http404: the category takes no applications now.
        PermissionDenied: the actor does not apply for that unit.
    """
    if unit_id not in own_units(actor, at):
        raise PermissionDenied("only the people of a unit apply for it")
    category = offer_open(offer_id, at)
    call = category.offer.call
    application = Application(
        association_id=call.association_id,
        call=call,
        revision_id=revisions_in_force([call.pk])[call.pk],
        node=category.offer.node,
        path=list(category.path),
        unit_id=unit_id,
        created_by_id=actor.pk,
        created_at=at,
        edited_by_id=actor.pk,
        edited_at=at,
    )
    with transaction.atomic():
        application.save(force_insert=True)
        saving = Saving("started", actor, at)
        keep_version(application, tidied(answers or {}), saving)
        application.save(update_fields=CHANGED)
        data = {"call": str(call.pk), "category": application.node, "unit": str(unit_id)}
        record("started", application, saving, APPLICANT, **data)
        follow_application(application.pk, at, "started")
    return application


def save(edit: Edit, *, actor: Viewer, at: datetime) -> Saved:
    """Save what was typed, brought together with what others saved since. What is the same writes nothing.

    An autosave is not checked; every other save is, and made ready to be submitted.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Conflict: others changed the same answers; nothing was written.
        Refused: it is not open for editing, or a field is not that was not returned.
    """
    saved = _save(edit, actor, at)
    if edit.act == AUTOSAVED:
        return saved
    let_go_removed(edit.application_id, actor=actor, at=at)
    return Saved(
        saved.application, saved.answers, saved.merged, saved.moves, prepare(edit.application_id, at)
    )


@transaction.atomic
def _save(edit: Edit, actor: Viewer, at: datetime) -> Saved:
    application = locked(edit.application_id)
    allowed(application, "edit", actor, at)
    saving = Saving(edit.act, actor, at)
    moves = move_to_revision_in_force(application, saving)
    standing = version_of(application)
    is_last = edit.base == standing.number
    began = standing if is_last else application.versions.filter(number=edit.base).first()
    theirs, mine = whole_answers(standing), tidied(moved_along(application, began, edit.answers))
    answers = mine if edit.base == application.version else _together(application, edit, mine, began)
    changed = differing(theirs, answers)
    require_open(application, changed)
    if changed:
        write_next(application, answers, saving, changed)
    others = set(differing(mine, answers)) if edit.base != standing.number else set()
    return Saved(application, answers, tuple(sorted(others)), moves)


def write_next(
    application: Application, answers: Answers, saving: Saving, changed: frozenset[str]
) -> Version:
    """Write the next version of an application under lock."""
    application.version += 1
    version = keep_version(application, answers, saving, changed)
    application.save(update_fields=CHANGED)
    return version


def _together(
    application: Application, edit: Edit, mine: Mapping[str, Any], base: Version | None
) -> dict[str, Any]:
    """Bring both together. Raises Conflict: they contradict, or what was edited is not kept any more."""
    theirs = whole_answers(version_of(application))
    began = moved_along(application, base, whole_answers(base)) if base else {}
    merged = merge(began, mine, theirs)
    if merged.conflicts:
        sides = {"base": began, "mine": mine, "theirs": theirs, "merged": merged.answers}
        fields = list(dict.fromkeys(str(each.at[0]) for each in merged.conflicts))
        raise Conflict(edit.base, application.version, sides, fields)
    return merged.answers


def differing(before: Answers, after: Answers) -> frozenset[str]:
    """Return the ids of the fields that are not the same."""
    return frozenset(key for key in {**before, **after} if before.get(key) != after.get(key))


def require_open(application: Application, changed: frozenset[str]) -> None:
    """Let only fields be changed that are open: of a returned application those that were named.

    Raises:
        Refused: others were changed.
    """
    fields = editable_fields(application)
    if fields is not None and (closed := sorted(changed - fields)):
        raise refusal("application.field_closed", fields=tuple(_labels(application, closed)))


def _labels(application: Application, fields: list[str]) -> list[str]:
    specification = asked_of(application).specification
    known = {each.id: each.label for each in specification.fields} if specification else {}
    return [known.get(each, each) for each in fields]


@transaction.atomic
def discard(application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Throw a draft away that was never submitted, or that was withdrawn and taken up again.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is no draft.
    """
    application = locked(application_id)
    application.state = allowed(application, "discard", actor, at).value
    application.save(update_fields=["state"])
    record("discarded", application, Saving("discarded", actor, at), APPLICANT)
    let_go(application, actor=actor, at=at, everybody=True)
    with crossing(WHY_MARKED):
        drop_marks(application, By(actor, APPLICANT, at))
    tell_of("discarded", application, (actor, APPLICANT, at))
