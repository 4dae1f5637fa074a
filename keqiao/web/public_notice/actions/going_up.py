"""Pass a project that was awarded on to the level above: into its open call here, else by the exported table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.applications.actions import enter_from_below
from keqiao.web.audit.log import By
from keqiao.web.public_notice.actions.awarding import locked_award
from keqiao.web.public_notice.actions.writing import note, reason_given, refusal
from keqiao.web.public_notice.models import Award, AwardItem, UpwardEntry
from keqiao.web.public_notice.models.awards import LONGEST_BODY
from keqiao.web.public_notice.permissions import Viewer, is_officer
from keqiao.web.public_notice.queries.going_up import offers_above
from keqiao.web.public_notice.telling import tell_unit
from keqiao.web.ui.site_addresses import page_address


@dataclass(frozen=True, slots=True)
class Upward:
    """Which line of an award goes up: into the category ``offer_id`` of a call above, or ``to`` a body elsewhere."""

    item_id: UUID
    reason: str
    to: str = ""
    offer_id: int | None = None


@transaction.atomic
def enter_upward(award_id: UUID, wanted: Upward, *, actor: Viewer, at: datetime) -> UpwardEntry:
    """Pass one project of an issued award on. Its unit is told, and has a draft where the call above is here.

    Raises:
        Award.DoesNotExist: it is not the actor's business.
        Refused: the award is not issued, the project is awarded no longer, it went there already, nobody is named or
            the category is none above; the reason is missing.
    """
    award = locked_award(award_id)
    if not is_officer(actor, award.association_id, at):
        raise Award.DoesNotExist
    item = _item(award, wanted.item_id)
    reason, by = reason_given(wanted.reason), By(actor, OFFICER, at)
    offer = _offer(award, wanted.offer_id, at) if wanted.offer_id is not None else None
    to = " ".join((str(offer.call.association) if offer else wanted.to).split())[:LONGEST_BODY]
    if not to:
        raise refusal("public_notice.up_to_nobody")
    if UpwardEntry.objects.filter(selection=item.selection, to=to).exists():
        raise refusal("public_notice.up_already", to=to)
    made = enter_from_below(offer.pk, item.selection.application, by=by) if offer else None
    entry = UpwardEntry.objects.create(
        association_id=award.association_id,
        award=award,
        selection=item.selection,
        to=to,
        call=offer.call if offer else None,
        application_id=made.pk if made else None,
        reason=reason,
        made_by_id=actor.pk,
        made_at=at,
    )
    note("passed_on", award, by, reason=reason, item=item.position, entry=str(entry.pk))
    _tell(entry, made.pk if made else None, at)
    return entry


def _item(award: Award, pk: UUID) -> AwardItem:
    rows = award.items.select_related("selection__application__unit", "selection__application__created_by")
    item = rows.filter(pk=pk).first()
    if award.issued_at is None or item is None:
        raise refusal("public_notice.up_not_awarded")
    if item.selection.state != SelectionState.CONFIRMED.value:
        raise refusal("public_notice.up_not_awarded")
    return item


def _offer(award: Award, pk: int, at: datetime) -> Any:
    found = next((each for each in offers_above(award.association, at) if each.pk == pk), None)
    if found is None:
        raise refusal("public_notice.up_not_above")
    return found


def _tell(entry: UpwardEntry, draft: UUID | None, at: datetime) -> None:
    application = entry.selection.application
    said = {"to": entry.to}
    if draft is None:
        tell_unit("public_notice.passed_on", application, said, key=entry.pk.hex, at=at)
        return
    said |= {"call": entry.call.title, "url": page_address("applications:fill", draft)}
    tell_unit("public_notice.entered_above", application, said, key=entry.pk.hex, at=at)
