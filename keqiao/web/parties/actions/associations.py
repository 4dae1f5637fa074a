"""Found associations, keep their profile and offices, and count what the public sees of them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import save_new
from keqiao.web.parties.models import Association, Office, Organisation, PublicEdition
from keqiao.web.parties.permissions import LEADER, OFFICER, Viewer, may_decide_on_second_person
from keqiao.web.parties.queries import local_day

NUMBER_PATTERN: str = Association._meta.get_field("number_pattern").default


@dataclass(frozen=True)
class NewAssociation:
    """How an organisation appears as one that runs calls."""

    slug: str
    site_name: str
    document_mark: str = ""
    number_pattern: str = NUMBER_PATTERN
    is_demonstration: bool = False
    keeps_the_site: bool = False


@dataclass(frozen=True)
class OfficeDetails:
    """An office as it is shown."""

    name: str
    phones: tuple[str, ...] = field(default=())
    email: str = ""
    address: str = ""
    postcode: str = ""


@transaction.atomic
def found_association(
    organisation: Organisation, wanted: NewAssociation, *, actor: log.Actor | None, role: str, at: datetime
) -> Association:
    """Let an organisation run calls.

    Raises:
        ValidationError: the address is taken or malformed, or the organisation runs calls already.
    """
    association = Association(
        organisation=organisation,
        slug=wanted.slug,
        site_name=wanted.site_name.strip(),
        document_mark=wanted.document_mark,
        number_pattern=wanted.number_pattern,
        is_demonstration=wanted.is_demonstration,
        keeps_the_site=wanted.keeps_the_site,
    )
    save_new(association)
    log.record("founded", association, actor=actor, role=role, at=at)
    return association


@transaction.atomic
def require_second_person(association: Association, *, wanted: bool, actor: Viewer, at: datetime) -> None:
    """Say that calls of ``association`` are published only when a second person agrees, or no longer.

    Raises:
        PermissionDenied: the actor is neither officer nor leader, or an officer who wants to lift it.
    """
    if not may_decide_on_second_person(actor, association.pk, wanted=wanted, at=at):
        raise PermissionDenied("only a leader may lift the second person")
    association = Association.objects.select_for_update().get(pk=association.pk)
    if association.second_person_publishes == wanted:
        return
    association.second_person_publishes = wanted
    association.save(update_fields=["second_person_publishes"])
    role = LEADER if association.pk in actor.organisations_as(LEADER, at) else OFFICER
    act = "second_person_required" if wanted else "second_person_lifted"
    log.record(act, association, actor=actor, role=role, at=at)


@transaction.atomic
def open_office(
    association: Association, details: OfficeDetails, *, actor: log.Actor | None, role: str, at: datetime
) -> Office:
    """Open an office of ``association`` from the day of ``at`` on."""
    office = Office(association=association, valid_from=local_day(at), **_columns(details))
    save_new(office)
    log.record("opened", office, actor=actor, role=role, at=at)
    return office


@transaction.atomic
def change_office(
    office: Office, details: OfficeDetails, *, actor: log.Actor, role: str, at: datetime
) -> None:
    """Save new details of an office. Published calls keep the details they were published with."""
    for column, value in _columns(details).items():
        setattr(office, column, value)
    office.full_clean()
    office.save(update_fields=list(_columns(details)))
    log.record("changed", office, actor=actor, role=role, at=at)


@transaction.atomic
def close_office(office: Office, *, actor: log.Actor, role: str, at: datetime) -> None:
    """Close an office: the day before ``at`` was its last, or its only day if it opened today."""
    office.valid_until = max(local_day(at) - timedelta(days=1), office.valid_from)
    office.save(update_fields=["valid_until"])
    log.record("closed", office, actor=actor, role=role, at=at)


def count_public_change() -> None:
    """Count a change of what the public sees, so that no finished page is shown any longer.

    Called inside the transaction of the change, also by the rooms above.
    """
    PublicEdition.objects.get_or_create(pk=1)
    PublicEdition.objects.filter(pk=1).update(number=F("number") + 1)


def _columns(details: OfficeDetails) -> dict[str, object]:
    return {
        "name": details.name.strip(),
        "phones": list(details.phones),
        "email": details.email,
        "address": details.address.strip(),
        "postcode": details.postcode,
    }
