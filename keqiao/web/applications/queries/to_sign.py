"""Applications as their signature pages ask for them: who reads them, what is signed, what was changed since."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.applications import permissions
from keqiao.web.applications.models import Application, Return, Submission, Version
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.readers import laid_before
from keqiao.web.programmes.queries import Offer

ALONG = ("call", "association", "unit", "leader")


def applications_read(viewer: Viewer, at: datetime) -> QuerySet[Application]:
    """Return the applications that the viewer reads: of the own units, in the office, laid before the viewer."""
    seen = permissions.own(viewer, at) | permissions.in_the_office(viewer, at) | laid_before(viewer, at)
    return Application.objects.filter(seen).select_related(*ALONG)


def application_to_sign(pk: UUID) -> Application:
    """Return an application with what stands on its signature page. Who may see it was asked before."""
    return Application.objects.select_related(*ALONG).get(pk=pk)


def fields_changed(pk: UUID, since: int, until: int) -> frozenset[str]:
    """Return the ids of the fields that versions after ``since`` up to ``until`` changed."""
    later = Version.objects.filter(application_id=pk, number__gt=since, number__lte=until)
    return frozenset(
        name.partition(".")[0] for names in later.values_list("changed", flat=True) for name in names
    )


def submitted_to_sign(which: Q | None = None) -> QuerySet[Application]:
    """Return what is submitted now, of what ``which`` picks, with ``digest`` and ``arrived`` of its last submission.

    ``until`` is the deadline of the category as its call states it now, ``corrected_until`` the last day of the last
    correction that was asked for.
    """
    last = Submission.objects.filter(application=OuterRef("pk")).order_by("-ordinal")
    offers = Offer.objects.filter(call_id=OuterRef("call_id"), node=OuterRef("node"))
    returns = Return.objects.filter(application=OuterRef("pk")).order_by("-returned_at")
    rows = Application.objects.filter(which or Q(), state=ApplicationState.SUBMITTED.value)
    standing = {
        "digest": Subquery(last.values("digest")[:1]),
        "arrived": Subquery(last.values("arrived_at")[:1]),
        "until": Subquery(offers.values("deadline_at")[:1]),
        "corrected_until": Subquery(returns.values("until")[:1]),
    }
    return rows.select_related("call").annotate(**standing)


def titles_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of applications. Who may see them was asked before."""
    return dict(Application.objects.filter(pk__in=ids).values_list("pk", "title"))
