"""A unit records what it does: planned ahead, or at once when it was done; and changes what it has written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Max

from keqiao.core.lifecycle.activity import TABLE
from keqiao.core.lifecycle.roles import APPLICANT
from keqiao.web.activities.actions.evidence import added
from keqiao.web.activities.actions.standing import reported
from keqiao.web.activities.actions.writing import note, require_open, saved, taken_in_hand
from keqiao.web.activities.certificates import qualification_of
from keqiao.web.activities.models import Activity
from keqiao.web.activities.owed import follow_record
from keqiao.web.activities.permissions import Viewer, may_record
from keqiao.web.activities.projects import Project
from keqiao.web.activities.refusals import refusal
from keqiao.web.activities.values import Stored, digest_of
from keqiao.web.audit.log import By
from keqiao.web.parties.queries import locked_organisation


@dataclass(frozen=True, slots=True)
class Content:
    """What a record says, as its form has checked it."""

    kind: str
    title: str
    start: date | None = None
    end: date | None = None
    region_id: int | None = None
    values: Mapping[str, Stored] = field(default_factory=dict)
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """How a record begins: ``planned`` or ``recorded`` (it was held), with which evidence, reported at once or not.

    ``key`` is drawn by the page: sent twice over a bad line, it is one record.
    """

    begin: str = "recorded"
    files: Sequence[UUID] = ()
    links: Sequence[str] = ()
    report: bool = False
    key: UUID | None = None


@transaction.atomic
def enter(project: Project, content: Content, begun: Begun, *, actor: Viewer, at: datetime) -> Activity:
    """Make a record for a project; made before with the same key by the same person, it is given as it is.

    Raises:
        Activity.DoesNotExist: the actor does not record for this project.
        Refused: with everything that stands against it, as reporting at once what cannot be reported.
    """
    if not may_record(actor, project, at):
        raise Activity.DoesNotExist
    require_open(project)
    if (known := _entered_before(project, begun.key, actor)) is not None:
        return known
    row = Activity(
        id=_own_id(begun.key, actor) if begun.key else uuid4(),
        association_id=project.association_id,
        owner_id=project.owner_id,
        project_kind=project.kind,
        project_id=project.id,
        number=_next_number(project),
        state=TABLE.begins[begun.begin].value,
        entered_by_id=actor.pk,
        entered_at=at,
        changed_at=at,
    )
    _write(row, content)
    row.save(force_insert=True)
    by = By(actor, APPLICANT, at)
    note(row, begun.begin, by, digest=row.digest, number=row.number, project=str(project.id), kind=row.kind)
    added(row, begun.files, begun.links, by)
    follow_record(row, at, begun.begin)
    if begun.report:
        reported(row, by)
    return row


@transaction.atomic
def edit(record_id: UUID, version: int, content: Content, *, actor: Viewer, at: datetime) -> Activity:
    """Write down what a record says now; ``version`` is the one that was changed.

    Raises:
        Activity.DoesNotExist: it is not the actor's business.
        Refused: it cannot be changed where it stands, or somebody has changed it since.
    """
    row, _project = taken_in_hand(record_id, "edit", APPLICANT, actor, at)
    if row.version != version:
        raise refusal("changed_since")
    before = row.digest
    _write(row, content)
    if row.digest == before:
        return row
    row.version += 1
    saved(row, TABLE.events["edit"], By(actor, APPLICANT, at), digest=row.digest, version=row.version)
    return row


def content_of(row: Activity) -> dict[str, Any]:
    """Return what the digest of a record is made of."""
    return {
        "kind": row.kind,
        "title": row.title,
        "start": row.start,
        "end": row.end,
        "region": row.region_id,
        "values": row.values,
        "certificate": row.certificate,
    }


def _entered_before(project: Project, key: UUID | None, actor: Viewer) -> Activity | None:
    rows = Activity.objects.filter(project_kind=project.kind, project_id=project.id, entered_by_id=actor.pk)
    return rows.filter(pk=_own_id(key, actor)).first() if key is not None else None


def _own_id(key: UUID, actor: Viewer) -> UUID:
    """The id that a key gives: another one for each account, so that nobody can name another's record."""
    return uuid5(actor.pk, str(key))


def _write(row: Activity, content: Content) -> None:
    row.kind, row.title = content.kind, content.title
    row.start, row.end = content.start, content.end
    row.region_id, row.values = content.region_id, dict(content.values)
    row.certificate = content.certificate
    row.qualification = qualification_of(content.certificate, content.values.get("person"))
    row.digest = digest_of(content_of(row))


def _next_number(project: Project) -> int:
    """The next number in a project; its unit's row is locked, so that two records never get the same."""
    locked_organisation(project.owner_id)
    rows = Activity.objects.filter(project_kind=project.kind, project_id=project.id)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
