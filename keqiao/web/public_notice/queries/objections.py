"""Objections as the office sees them, and as their objector follows them by the private link."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.objection import SUSPENDS
from keqiao.web.public_notice.models import Objection, Proof
from keqiao.web.public_notice.permissions import Viewer, in_charge
from keqiao.web.public_notice.private_links import key_of

HOLDING = [state.value for state in SUSPENDS]
WITH = ("notice__call", "item__selection__application__unit", "investigator", "decided_by")


def objections_for(viewer: Viewer, at: datetime) -> QuerySet[Objection]:
    """Return the objections in the viewer's charge, the oldest first."""
    rows = Objection.objects.select_related(*WITH, "association__organisation")
    return rows.filter(in_charge(viewer, at)).order_by("received_at", "pk")


def objection_for(viewer: Viewer, pk: UUID, at: datetime) -> Objection:
    """Return one objection in the viewer's charge; otherwise 404."""
    return get_object_or_404(objections_for(viewer, at), pk=pk)


def objection_with_secret(secret: str) -> Objection | None:
    """Return the objection whose private link holds this secret, or nothing."""
    rows = Objection.objects.select_related(*WITH, "association__organisation")
    return rows.filter(key=key_of(secret)).first()


def others_that_hold(objection: Objection) -> bool:
    """Does another objection hold the same project?"""
    rows = Objection.objects.filter(item__selection_id=objection.item.selection_id, state__in=HOLDING)
    return rows.exclude(pk=objection.pk).exists()


def proofs_of(objection: Objection) -> list[Proof]:
    """Return the files that came with an objection."""
    return list(objection.proofs.select_related("file").order_by("sent_at"))


def objections_to(notice: Any) -> QuerySet[Objection]:
    """Return all objections to a notice."""
    return Objection.objects.filter(notice=notice).select_related("item").order_by("received_at", "pk")
