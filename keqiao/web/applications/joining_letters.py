"""Letters about joint applications: to the people of the unit that is asked, and back to whoever asked."""

from datetime import datetime
from typing import Any

from keqiao.core.lifecycle.joining import JoiningState
from keqiao.web.accounts.queries import holders_of
from keqiao.web.applications.models import Joining
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.ui.site_addresses import page_address


def tell_partner(template: str, joining: Joining, at: datetime) -> None:
    """Tell everybody who applies for the unit that was asked."""
    people = {user.pk: user for role in OF_A_UNIT for user in holders_of(role, joining.unit_id, at)}
    for user in people.values():
        _put(template, joining, user, "applications:joining", at, lead=joining.lead.name)


def tell_lead(joining: Joining, at: datetime) -> None:
    """Tell whoever asked what the unit answered."""
    accepted = joining.state == JoiningState.ACCEPTED.value
    template = f"application.joining_{'accepted' if accepted else 'declined'}"
    asked_by = joining.asked_by
    if asked_by is not None:
        _put(template, joining, asked_by, "applications:detail", at, unit=joining.unit.name)


def _put(template: str, joining: Joining, user: Any, page: str, at: datetime, **said: str) -> None:
    pk = joining.pk if page == "applications:joining" else joining.application_id
    letter = Letter(
        template,
        recipient_id=user.pk,
        address=user.email or "",
        language=user.language,
        variables={
            "title": joining.call.title,  # outboxes are read by offices: what is still written stands on the page
            "call": joining.call.title,
            "url": page_address(page, pk),
            **said,
        },
        about=(Joining._meta.label_lower, str(joining.pk)),
        association_id=joining.association_id,
    )
    occasion = template.rpartition("_")[2]
    queue(letter, key=f"{occasion}:{joining.pk.hex}:{int(at.timestamp())}:{user.pk.hex}", at=at)
