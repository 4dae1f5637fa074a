"""Register and rename organisations."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import add_name, chain_of, save_new
from keqiao.web.parties.credit_codes import clean_credit_code
from keqiao.web.parties.models import NameKind, Organisation, Party, Region
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
    save_new(organisation)
    since = wanted.registered_on or local_day(at)
    add_name(organisation, NameKind.FULL, organisation.name, since)
    if wanted.short_name:
        add_name(organisation, NameKind.SHORT, wanted.short_name.strip(), since)
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
    add_name(party, NameKind.FULL, name.strip(), day)
    party.name = name.strip()
    party.save(update_fields=["name"])
    log.record("renamed", chain_of(party), actor=actor, role=role, at=at)
