"""Register parties, found associations, keep offices. One act, one transaction, one event."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.audit import log
from keqiao.web.parties.credit_codes import clean_credit_code
from keqiao.web.parties.models import (
    Association,
    NameKind,
    Office,
    Organisation,
    Party,
    PartyName,
    PublicEdition,
    Region,
    Tie,
    TieKind,
)
from keqiao.web.parties.permissions import LEADER, OFFICER, Viewer, may_decide_on_second_person
from keqiao.web.parties.queries import local_day


@dataclass(frozen=True)
class NewOrganisation:
    """What is known of an organisation when it is registered. Unknown facts stay empty."""

    name: str
    kind: str
    short_name: str = ""
    credit_code: str = ""
    level: str = ""
    region: Region | None = None
    registered_on: date | None = None
    is_legal_person: bool | None = None


@dataclass(frozen=True)
class NewAssociation:
    """How an organisation appears as one that runs calls."""

    slug: str
    site_name: str
    document_mark: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class NewTie:
    """What ``party`` is to ``organisation``, from when until when, and who says so."""

    party: Party
    organisation: Organisation
    kind: TieKind
    valid_from: date
    source: str
    post: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class OfficeDetails:
    """An office as it is shown."""

    name: str
    phones: tuple[str, ...] = field(default=())
    email: str = ""
    address: str = ""
    postcode: str = ""


@transaction.atomic
def register_organisation(
    wanted: NewOrganisation, *, actor: log.Actor | None, role: str, at: datetime
) -> Organisation:
    """Register an organisation and return it.

    Raises:
        ValidationError: the kind is unknown, or the credit code is wrong or taken.
    """
    if wanted.kind not in organisation_kinds():
        raise ValidationError(_("未知的单位类别。"), code="organisation.kind_unknown")
    organisation = Organisation(
        name=wanted.name.strip(),
        kind=wanted.kind,
        credit_code=clean_credit_code(wanted.credit_code),
        level=wanted.level,
        region=wanted.region,
        registered_on=wanted.registered_on,
        is_legal_person=wanted.is_legal_person,
    )
    _save_new(organisation)
    since = wanted.registered_on or local_day(at)
    _name(organisation, NameKind.FULL, organisation.name, since)
    if wanted.short_name:
        _name(organisation, NameKind.SHORT, wanted.short_name.strip(), since)
    log.record("registered", _chain(organisation), actor=actor, role=role, at=at, data={"kind": wanted.kind})
    return organisation


@transaction.atomic
def rename(party: Party, name: str, *, actor: log.Actor | None, role: str, at: datetime) -> None:
    """Give a party a new full name from the day of ``at`` on; the old one stays as a former name."""
    day = local_day(at)
    party = Party.objects.select_for_update().get(pk=party.pk)
    current = party.names.get(kind=NameKind.FULL, valid_until__isnull=True)
    if current.valid_from >= day:
        raise ValidationError(_("同一天内不能两次更名。"), code="party.renamed_today")
    current.valid_until = day - timedelta(days=1)
    current.save(update_fields=["valid_until"])
    _name(party, NameKind.FULL, name.strip(), day)
    party.name = name.strip()
    party.save(update_fields=["name"])
    log.record("renamed", _chain(party), actor=actor, role=role, at=at)


@transaction.atomic
def tie(wanted: NewTie, *, actor: log.Actor | None, role: str, at: datetime) -> Tie:
    """Write down a dated role of one party towards an organisation.

    Raises:
        ValidationError: it joins a party to itself, ends before it begins, or stands there already.
    """
    made = Tie(
        party_id=wanted.party.pk,
        organisation_id=wanted.organisation.pk,
        kind=wanted.kind.value,
        post=wanted.post,
        source=wanted.source,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
    )
    _save_new(made)
    data = {"tie": str(made.pk), "kind": made.kind, "organisation": str(made.organisation_id)}
    log.record("tied", _chain(wanted.party), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def end_tie(made: Tie, last_day: date, *, actor: log.Actor | None, role: str, at: datetime) -> None:
    """End a tie with ``last_day``, the last day on which it holds."""
    made.valid_until = last_day
    made.full_clean()
    made.save(update_fields=["valid_until"])
    data = {"tie": str(made.pk), "until": last_day.isoformat()}
    log.record("tie_ended", _chain(made.party), actor=actor, role=role, at=at, data=data)


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
        is_demonstration=wanted.is_demonstration,
    )
    _save_new(association)
    log.record("founded", association, actor=actor, role=role, at=at)
    return association


@transaction.atomic
def describe_association(association: Association, *, actor: log.Actor, role: str, at: datetime) -> None:
    """Save the changed site name, document mark and number pattern of an association."""
    association.full_clean()
    association.save(update_fields=["site_name", "document_mark", "number_pattern"])
    log.record("described", association, actor=actor, role=role, at=at)
    count_public_change()


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
    _save_new(office)
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


def _chain(party: Party) -> log.Chain:
    """One chain per party, whether it is read as an organisation, a person or a party."""
    return log.Chain("parties.party", str(party.pk))


def _columns(details: OfficeDetails) -> dict[str, object]:
    return {
        "name": details.name.strip(),
        "phones": list(details.phones),
        "email": details.email,
        "address": details.address.strip(),
        "postcode": details.postcode,
    }


def _save_new(row: Model) -> None:
    row.full_clean()
    row.save(force_insert=True)


def _name(party: Party, kind: NameKind, text: str, since: date) -> None:
    PartyName.objects.create(party=party, kind=kind.value, text=text, valid_from=since)
