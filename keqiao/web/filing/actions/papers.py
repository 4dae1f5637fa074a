"""Note copies that came on paper, and take back what was noted wrongly."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.application import OFFICER
from keqiao.web.applications.actions.writing import locked
from keqiao.web.audit import log
from keqiao.web.filing.models import PaperReceipt
from keqiao.web.filing.owed import follow_page
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import offer_of


@dataclass(frozen=True, slots=True)
class Came:
    """What came on paper: how many sets, on which day, which way."""

    copies: int
    proofs: int
    came_on: date
    way: str
    note: str = ""


@transaction.atomic
def note_papers(application_id: UUID, came: Came, *, actor: Any, at: datetime) -> PaperReceipt:
    """Note that copies of a submitted application came. Whether they are late is judged by their day.

    Raises:
        PermissionDenied: the actor is no officer of the association of the call.
        ValidationError: the day has not come yet.
    """
    application = locked(application_id)
    _require_officer(application, actor, at)
    if came.came_on > local_day(at):
        raise ValidationError(_("收到日期还没有到。"), code="papers.not_yet")
    receipt = PaperReceipt.objects.create(
        association_id=application.association_id,
        application=application,
        copies=came.copies,
        proofs=came.proofs,
        came_on=came.came_on,
        way=came.way,
        is_late=_is_late(application, came.came_on),
        note=came.note,
        noted_by=actor,
        noted_at=at,
    )
    data = {"papers": str(receipt.pk), "copies": came.copies, "proofs": came.proofs, "way": came.way}
    log.record("papers_noted", application, actor=actor, role=OFFICER, at=at, data=data)
    follow_page(application.pk, at, "papers_noted")
    return receipt


@transaction.atomic
def take_back_papers(receipt_id: UUID, reason: str, *, actor: Any, at: datetime) -> PaperReceipt:
    """Take back what was noted wrongly; the row stays.

    Raises:
        PermissionDenied: the actor is no officer of the association of the call.
        ValidationError: it was taken back already.
    """
    rows = PaperReceipt.objects.select_for_update(of=("self",)).select_related("application")
    receipt = rows.get(pk=receipt_id)
    _require_officer(receipt.application, actor, at)
    if receipt.taken_back_at is not None:
        raise ValidationError(_("这条登记已经撤销。"), code="papers.taken_back")
    receipt.taken_back_at, receipt.taken_back_by = at, actor
    receipt.save(update_fields=["taken_back_at", "taken_back_by"])
    data = {"papers": str(receipt.pk)}
    log.record(
        "papers_taken_back", receipt.application, actor=actor, role=OFFICER, at=at, data=data, reason=reason
    )
    follow_page(receipt.application_id, at, "papers_taken_back")
    return receipt


def _is_late(application: Any, came_on: date) -> bool:
    """After the day of the deadline; nothing is late where the call states none."""
    offer = offer_of(application.call_id, application.node)
    if offer is None or offer.deadline_at is None:
        return False
    return came_on > timezone.localtime(offer.deadline_at).date()


def _require_officer(application: Any, actor: Any, at: datetime) -> None:
    if application.association_id not in actor.organisations_as(OFFICER, at):
        raise PermissionDenied("only officers of the association note papers")
