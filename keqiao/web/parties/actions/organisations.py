"""Register, describe and rename organisations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.audit import log
from keqiao.web.parties.actions.facts import write_first_facts
from keqiao.web.parties.actions.writing import add_name, chain_of, cleaned, save_new
from keqiao.web.parties.credit_codes import clean_credit_code
from keqiao.web.parties.models import NameKind, Organisation, Party, Region
from keqiao.web.parties.queries import local_day

AS_REGISTERED = "登记"  # the source of facts that nobody gave another source for


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
    address: str = ""
    postcode: str = ""
    source: str = ""


@transaction.atomic
def register_organisation(
    wanted: NewOrganisation, *, actor: log.Actor | None, role: str, at: datetime
) -> Organisation:
    """Register an organisation and return it. What is known of it counts from its registration, else from ``at``.

    Raises:
        ValidationError: the kind is unknown, or the credit code is wrong or taken.
    """
    if wanted.kind not in organisation_kinds():
        raise ValidationError(_("未知的单位类别。"), code="organisation.kind_unknown")
    organisation = Organisation(
        name=cleaned(wanted.name),
        kind=wanted.kind,
        credit_code=clean_credit_code(wanted.credit_code),
        level=wanted.level,
        region=wanted.region,
        registered_on=wanted.registered_on,
        is_legal_person=wanted.is_legal_person,
        address=wanted.address.strip(),
        postcode=wanted.postcode.strip(),
    )
    save_new(organisation)
    since = wanted.registered_on or local_day(at)
    add_name(organisation, NameKind.FULL, organisation.name, since)
    if wanted.short_name:
        add_name(organisation, NameKind.SHORT, cleaned(wanted.short_name), since)
    write_first_facts(organisation, since, wanted.source or AS_REGISTERED)
    log.record(
        "registered", chain_of(organisation), actor=actor, role=role, at=at, data={"kind": wanted.kind}
    )
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
    party.name = cleaned(name)
    add_name(party, NameKind.FULL, party.name, day)
    party.save(update_fields=["name"])
    log.record("renamed", chain_of(party), actor=actor, role=role, at=at)


@dataclass(frozen=True)
class Details:
    """What an organisation's papers say of it, and where money is paid to."""

    credit_code: str = ""
    registered_on: date | None = None
    short_name: str = ""
    bank_name: str = ""
    bank_account: str | None = None
    """A new number in full; None leaves the one that is there."""
    address: str | None = None
    postcode: str | None = None
    """None leaves what is there."""


@transaction.atomic
def describe_organisation(
    organisation: Organisation, wanted: Details, *, actor: log.Actor | None, role: str, at: datetime
) -> None:
    """Save changed details of an organisation. A new short name begins on the day of ``at``, the old one ends.

    Raises:
        ValidationError: the credit code is wrong or taken.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.credit_code = clean_credit_code(wanted.credit_code)
    organisation.registered_on = wanted.registered_on
    organisation.bank_name = wanted.bank_name.strip()
    columns = ["credit_code", "registered_on", "bank_name"]
    if wanted.bank_account is not None:
        organisation.bank_account = wanted.bank_account
        columns.append("bank_account")
    for name in ("address", "postcode"):
        if (said := getattr(wanted, name)) is not None:
            setattr(organisation, name, said.strip())
            columns.append(name)
    organisation.full_clean()
    organisation.save(update_fields=columns)
    _change_short_name(organisation, wanted.short_name, local_day(at))
    log.record("described", chain_of(organisation), actor=actor, role=role, at=at)


def _change_short_name(organisation: Organisation, typed: str, day: date) -> None:
    text = cleaned(typed) if typed.strip() else ""
    current = organisation.names.filter(kind=NameKind.SHORT, valid_until__isnull=True).first()
    if current and current.text == text:
        return
    if current and current.valid_from >= day:
        current.delete()  # it was never in use for a whole day
    elif current:
        current.valid_until = day - timedelta(days=1)
        current.save(update_fields=["valid_until"])
    if text:
        add_name(organisation, NameKind.SHORT, text, day)
