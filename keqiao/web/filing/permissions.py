"""Who may see signature pages and bring pictures of them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from keqiao.web.applications import permissions as of_applications
from keqiao.web.applications.queries import on_file
from keqiao.web.applications.queries.to_sign import applications_read
from keqiao.web.filing.models import Scan
from keqiao.web.filing.stampable import stampables

APPLICATION = on_file.APPLICATION


def applications_seen(viewer: Any, at: datetime) -> QuerySet[Any]:
    """Return the applications whose signature pages the viewer prints, brings and reads."""
    return applications_read(viewer, at)


def scans_seen(viewer: Any, at: datetime) -> Q:
    """Pictures that the viewer may see: of what may be seen, and of those nobody could match, what one brought.

    Officers see all that nobody could match in their association.
    """
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    offices = of_applications.associations_in_charge(viewer, at)
    found = Q(about_kind="") & (Q(taken_by_id=viewer.pk) | Q(association_id__in=offices))
    for known in stampables().values():
        found |= Q(about_kind=known.kind, about_id__in=known.seen(viewer, at).values("pk"))
    return found


def scans_of(viewer: Any, at: datetime) -> QuerySet[Scan]:
    """Return the pictures that the viewer may see."""
    return Scan.objects.filter(scans_seen(viewer, at))


def hides_others(viewer: Any, scan: Scan, at: datetime) -> bool:
    """Does the file of a picture show pages that the viewer may not see? Whoever brought it has it anyway."""
    if scan.taken_by_id == viewer.pk:
        return False
    in_file = Scan.objects.filter(file_id=scan.file_id)
    return in_file.count() > scans_of(viewer, at).filter(file_id=scan.file_id).count()
