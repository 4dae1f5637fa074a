"""State how a call takes applications in: the grace after a deadline, the pattern of numbers."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.application import OFFICER
from keqiao.web.applications.models import Intake
from keqiao.web.applications.models.intake import MOST_GRACE_SECONDS
from keqiao.web.applications.numbers import is_pattern
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.intake import Terms
from keqiao.web.audit import log
from keqiao.web.programmes.queries import call_kept_by


@transaction.atomic
def set_intake(
    association_id: UUID, call_id: UUID | None, terms: Terms, *, by: tuple[Viewer, datetime], reason: str
) -> Intake:
    """State how a call (None: every call of the association) takes applications in.

    What was in force before stands in the event: no grace is taken back silently. Numbers that were given stay.

    Raises:
        PermissionDenied: the actor is no officer of the association.
        ValidationError: the grace is too long, the pattern unfit, or no reason is given.
    """
    actor, at = by
    if association_id not in actor.organisations_as(OFFICER, at):
        raise PermissionDenied("only an officer of the association states how it takes applications in")
    if call_id is not None and call_kept_by(actor, call_id, at).association_id != association_id:
        raise PermissionDenied("the call is another association's")
    _require_sound(terms, reason)
    row = Intake.objects.select_for_update().filter(association_id=association_id, call_id=call_id).first()
    row = row or Intake(association_id=association_id, call_id=call_id)
    before = row.grace_seconds
    row.grace_seconds, row.number_pattern = terms.grace_seconds, terms.number_pattern.strip()
    row.save()
    data = {"grace_seconds": row.grace_seconds, "grace_before": before, "call": str(call_id or "")}
    log.record("intake_set", row, actor=actor, role=OFFICER, at=at, data=data, reason=reason)
    return row


def _require_sound(terms: Terms, reason: str) -> None:
    faults = {}
    if not 0 <= terms.grace_seconds <= MOST_GRACE_SECONDS:
        faults["grace_seconds"] = ValidationError(_("宽限最长一天。"), code="intake.grace_too_long")
    if terms.number_pattern.strip() and not is_pattern(terms.number_pattern.strip()):
        faults["number_pattern"] = ValidationError(
            _("编号格式须有一个 {number}，可用 {mark} {call} {year} {category}。"),
            code="intake.pattern_unfit",
        )
    if not reason.strip():
        faults["reason"] = ValidationError(_("请填写理由。"), code="intake.reason_missing")
    if faults:
        raise ValidationError(faults)
