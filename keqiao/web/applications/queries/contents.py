"""What an application says, in which version, and what stands against it."""

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.findings import Finding
from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.forms.specification import Specification
from keqiao.web.applications.definitions import asked_at, asked_of
from keqiao.web.applications.frozen import answers_in
from keqiao.web.applications.kept_findings import from_values
from keqiao.web.applications.models import Application, Attachment, Prepared, Submission, Version
from keqiao.web.applications.sealing import from_text, put_together

KEY_BYTES = 16


def specification_of(application: Application) -> Specification | None:
    """Return the form that the answers of an application follow; None where the call states none."""
    return asked_of(application).specification


def specification_at(application: Application, version: Version) -> Specification | None:
    """Return the form that a version follows: that of its own revision of the call."""
    return asked_at(version.revision_id, application.node).specification


def version_of(application: Application, number: int | None = None) -> Version:
    """Return one version as it was saved, else the one that stands. Raises DoesNotExist: it was not kept."""
    return Version.objects.get(application=application, number=number or application.version)


def versions_of(application: Application) -> QuerySet[Version]:
    """Return the saved versions of an application without their contents, newest first."""
    return application.versions.select_related("saved_by").defer("answers", "sealed").order_by("-number")


def answers_of(application: Application, number: int | None = None) -> dict[str, Any]:
    """Return all answers of a version, those under lock included: for the unit that typed them."""
    return whole_answers(version_of(application, number))


def whole_answers(version: Version) -> dict[str, Any]:
    """Return all answers of a version, those under lock included."""
    locked = from_text(version.sealed.plain()) if version.sealed else {}
    return put_together(version.answers, locked)


def submitted_answers(submission: Submission, *, whole: bool = False) -> dict[str, Any]:
    """Return the answers as they were submitted; those under lock only if ``whole``."""
    opened = answers_in(submission.content)
    said = whole_answers(submission.saved) if whole and opened else opened
    return {key: value for key, value in said.items() if key != LEFT_OVER}


def findings_of(application: Application) -> tuple[Finding, ...]:
    """Return what stood against the version that stands when it was last checked; nothing where it never was."""
    prepared = Prepared.objects.filter(application=application, version=application.version).first()
    return from_values(prepared.findings) if prepared else ()


def findings_kept(application_ids: Iterable[UUID]) -> dict[UUID, tuple[str, tuple[Finding, ...]]]:
    """Return the digest of what stands and what was found in it, by the id of the application.

    Who may see them was asked before.
    """
    rows = Prepared.objects.filter(application_id__in=list(application_ids))
    kept = rows.values_list("application_id", "digest", "findings")
    return {pk: (digest, from_values(found)) for pk, digest, found in kept}


def new_key(_application: Application) -> str:
    """Return a key for the next submission, sent along with the form: taken once, however often it comes."""
    return secrets.token_hex(KEY_BYTES)


def files_attached(application_ids: Iterable[UUID]) -> dict[str, Any]:
    """Return the stored files that were sent for these applications, by id. Who may read them was asked before."""
    rows = Attachment.objects.filter(application_id__in=list(application_ids)).select_related("file")
    return {str(row.file_id): row.file for row in rows}
