"""Reads mailboxes and the mails that were filed, as far as the viewer may see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.filed_mail import OFFICER, MailState
from keqiao.web.accounts.queries import holders_of
from keqiao.web.applications.permissions import OF_A_UNIT, associations_in_charge
from keqiao.web.filing.models import Mail, Mailbox
from keqiao.web.parties.queries import all_organisations

HELD = Q(mails__state=MailState.HELD.value)


def mailboxes_for(viewer: Any, at: datetime) -> QuerySet[Mailbox]:
    """Return the mailboxes of the associations whose officer the viewer is, with ``waiting``: mails kept for them."""
    offices = viewer.organisations_as(OFFICER, at)
    rows = Mailbox.objects.filter(association_id__in=offices).select_related("association", "set_by")
    return rows.annotate(waiting=Count("mails", filter=HELD)).order_by("closed_at", "association_id", "name")


def mailbox_for(viewer: Any, pk: UUID, at: datetime) -> Mailbox:
    """Return one mailbox that the viewer keeps; otherwise 404."""
    return get_object_or_404(mailboxes_for(viewer, at), pk=pk)


def mails_for(viewer: Any, at: datetime) -> QuerySet[Mail]:
    """Return the mails that were filed with the associations of the viewer."""
    offices = associations_in_charge(viewer, at)
    rows = Mail.objects.filter(association_id__in=offices)
    return rows.select_related("mailbox", "application__unit", "application__call", "account")


def mail_for(viewer: Any, pk: UUID, at: datetime) -> Mail:
    """Return one mail filed with an association of the viewer; otherwise 404."""
    return get_object_or_404(mails_for(viewer, at), pk=pk)


def people_applying_for(unit: str, at: datetime) -> list[Any]:
    """Return the accounts that apply for the unit with this full name or credit code, by name."""
    named = all_organisations().filter(Q(name=unit) | Q(credit_code=unit), merged_into__isnull=True)
    pks = list(named.values_list("pk", flat=True)[:2]) if unit else []
    if len(pks) != 1:
        return []
    found = {user.pk: user for role in OF_A_UNIT for user in holders_of(role, pks[0], at)}
    return sorted(found.values(), key=lambda user: user.display_name)
