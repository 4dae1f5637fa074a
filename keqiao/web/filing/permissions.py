"""Who may see signature pages and bring pictures of them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from keqiao.web.applications import permissions as of_applications
from keqiao.web.applications.models import Application
from keqiao.web.filing.models import Scan

APPLICATION = Application._meta.label_lower
"""What a signature page is about that is about an application."""


def applications_seen(viewer: Any, at: datetime) -> QuerySet[Application]:
    """Return the applications whose signature pages the viewer prints, brings and reads."""
    seen = of_applications.own(viewer, at) | of_applications.in_the_office(viewer, at)
    return Application.objects.filter(seen)


def scans_seen(viewer: Any, at: datetime) -> Q:
    """Pictures that the viewer may see: of what may be seen, and of those nobody could match, what one brought.

    Officers see all that nobody could match in their association.
    """
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    seen = applications_seen(viewer, at).values("pk")
    offices = of_applications.associations_in_charge(viewer, at)
    unmatched = Q(about_kind="") & (Q(taken_by_id=viewer.pk) | Q(association_id__in=offices))
    return Q(about_kind=APPLICATION, about_id__in=seen) | unmatched


def scans_of(viewer: Any, at: datetime) -> QuerySet[Scan]:
    """Return the pictures that the viewer may see."""
    return Scan.objects.filter(scans_seen(viewer, at))
