"""Letters to units: the office reads all, a unit its own."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.web.public_notice.models import Award, ResultLetter
from keqiao.web.public_notice.permissions import Viewer, in_charge, own_units

WITH = ("award__call", "application__unit", "association__organisation")


def letters_of(award: Award) -> QuerySet[ResultLetter]:
    """Return the letters of an award, those who were selected first."""
    return award.letters.select_related(*WITH).order_by("-is_selected", "application__number")


def letter_for(viewer: Viewer, pk: UUID, at: datetime) -> ResultLetter:
    """Return a letter to a unit of the viewer's or of the viewer's office; otherwise 404."""
    mine = Q(application__unit_id__in=own_units(viewer, at))
    rows = ResultLetter.objects.select_related(*WITH)
    return get_object_or_404(rows.filter(mine | in_charge(viewer, at)), pk=pk)


def letter_of(application_id: UUID) -> ResultLetter | None:
    """Return the letter about an application, or nothing. Who may see it was asked before."""
    return (
        ResultLetter.objects.filter(application_id=application_id)
        .select_related("award", "application")
        .first()
    )
