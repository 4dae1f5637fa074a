"""Who is told what: units that they stand in a notice and how it came out; whoever objected how far it is.

An objector's letters name no project and hold no link: they lie in the outbox of the office.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keqiao.core.workdays import shanghai_day
from keqiao.web.notifications.actions import Channel, Letter, queue
from keqiao.web.public_notice.models import Notice, Objection
from keqiao.web.ui.site_addresses import page_address

APPLICATION = "applications.application"
TO_OBJECTORS = {
    "raised": "public_notice.objection_received",
    "asked_for_more": "public_notice.objection_incomplete",
    "turned_away": "public_notice.objection_turned_away",
    "accepted": "public_notice.objection_accepted",
    "upheld": "public_notice.objection_answered",
    "rejected": "public_notice.objection_answered",
}


def tell_listed(notice: Notice, items: Iterable[Any], at: datetime) -> None:
    """Tell the units whose projects stand in a notice until when it runs."""
    for item in items:
        application = item.selection.application
        variables = {"last": str(notice.last_day), "notice": notice.title}
        tell_unit(
            "public_notice.listed", application, variables, key=f"{notice.pk.hex}:{item.position}", at=at
        )


def tell_unit(template: str, application: Any, variables: dict[str, str], *, key: str, at: datetime) -> None:
    """Put a letter into the outbox for whoever submitted the application."""
    account = application.created_by
    if account is None:
        return
    said = {
        "title": application.title.strip() or application.number,
        "number": application.number,
        "url": page_address("applications:detail", application.pk),
        **variables,
    }
    letter = Letter(
        template,
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables=said,
        about=(APPLICATION, str(application.pk)),
        association_id=application.association_id,
    )
    queue(letter, key=f"{template}:{key}", at=at)


def tell_objector(objection: Objection, event: str, at: datetime) -> None:
    """Tell whoever objected, by mail where an address was given; the private link shows the rest."""
    if not objection.mail:
        return
    template = TO_OBJECTORS[event]
    letter = Letter(
        template,
        address=_plain(objection.mail),
        language=objection.language,
        variables={"number": objection.number, "day": shanghai_day(at).isoformat()},
        about=(Objection._meta.label_lower, str(objection.pk)),
        association_id=objection.association_id,
    )
    queue(letter, key=f"{template}:{objection.pk.hex}:{at.isoformat()}", at=at, channels=(Channel.MAIL,))


def _plain(value: Any) -> str:
    """A locked value as its words; one that was just assigned is read the same way."""
    return str(value.plain())
