"""Receipts of an application, and what was returned of it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application, Return, Submission
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.readers import laid_before
from keqiao.web.applications.receipts import Receipt, receipt_of


def receipts_of(application: Application) -> list[Receipt]:
    """Return the receipts of an application, the last one first."""
    return [receipt_of(row) for row in _light(application)]


def last_submission(application: Application) -> Submission | None:
    """Return what was submitted last, or nothing."""
    return Submission.objects.filter(application=application).order_by("-ordinal").first()


def submission_of(viewer: Viewer, pk: UUID, at: datetime) -> Submission:
    """Return one submission of an application that the viewer may see; otherwise 404."""
    seen = Application.objects.filter(
        permissions.own(viewer, at) | permissions.in_the_office(viewer, at) | laid_before(viewer, at)
    )
    rows = Submission.objects.filter(application__in=seen.values("pk"))
    return get_object_or_404(rows.select_related("application__call", "application__unit"), pk=pk)


def standing_submission(application_id: UUID) -> Submission:
    """Return what was submitted last, with its application, unit, leader and version. Who may see it was asked before.

    Raises:
        Submission.DoesNotExist: nothing ever was.
    """
    rows = Submission.objects.filter(application_id=application_id).order_by("-ordinal")
    found = rows.select_related("application__unit", "application__leader", "saved").first()
    if found is None:
        raise Submission.DoesNotExist
    return found


def last_submissions(application_ids: Collection[UUID]) -> dict[UUID, Submission]:
    """Return what was submitted last of each application, by its id. Who may see them was asked before."""
    rows = Submission.objects.filter(application_id__in=application_ids).order_by("ordinal")
    return {row.application_id: row for row in rows}


def submissions_with_answers(application_ids: Collection[UUID]) -> dict[UUID, Submission]:
    """Return the same, each with what was saved, so that ``submitted_answers`` can be asked for the whole of it."""
    rows = Submission.objects.filter(application_id__in=application_ids).order_by("ordinal")
    return {row.application_id: row for row in rows.select_related("saved")}


def submissions_of_content(digests: Collection[str]) -> dict[str, Submission]:
    """Return the submissions whose content has these digests, by digest. Who may see them was asked before."""
    return {row.digest: row for row in Submission.objects.filter(digest__in=digests)}


def earlier_receipt(application_id: UUID, key: str) -> Receipt | None:
    """Return the receipt of the submission that came with ``key`` before, or nothing."""
    row = Submission.objects.filter(application_id=application_id, key=key).defer("content").first()
    return receipt_of(row) if row else None


def open_return(application: Application) -> Return | None:
    """Return what was returned for correction and waits for it, or nothing."""
    return Return.objects.filter(application=application, settled_at__isnull=True).first()


def editable_fields(application: Application) -> frozenset[str] | None:
    """Return the ids of the fields that the unit may change; None: all of them."""
    if application.state == ApplicationState.DRAFT.value:
        return None
    returned = open_return(application) if application.state == ApplicationState.RETURNED.value else None
    return frozenset(returned.fields) if returned else frozenset()


def _light(application: Application) -> QuerySet[Submission]:
    return Submission.objects.filter(application=application).defer("content").order_by("-ordinal")
