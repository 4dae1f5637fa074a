"""State dated facts of organisations. A fact that changes ends, and the next one begins; nothing is overwritten."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import chain_of, refuse_merged, save_new
from keqiao.web.parties.models import (
    AccountState,
    FactKind,
    Organisation,
    OrganisationFact,
    Region,
    RegionLevel,
)
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.sentences import at_field

ONE_DAY = timedelta(days=1)
YES_OR_NO = ("yes", "no")
MIRRORED = (FactKind.KIND, FactKind.LEVEL, FactKind.REGION, FactKind.LEGAL_PERSON)
"""Facts that stand in columns of the organisation as well; they end only by being followed by another."""


@dataclass(frozen=True)
class NewFact:
    """What holds of ``organisation`` from a day on, and who says so. ``subject`` names a trait."""

    organisation: Organisation
    kind: FactKind
    value: str
    valid_from: date
    source: str
    subject: str = ""
    valid_until: date | None = None
    evidence_id: UUID | None = None


@dataclass(frozen=True)
class Correction:
    """What a fact should have said, and how the mistake came about."""

    value: str
    reason: str


@transaction.atomic
def state_fact(wanted: NewFact, *, actor: log.Actor | None, role: str, at: datetime) -> OrganisationFact:
    """State a fact from a day on; the one that held on that day ends the day before.

    Before a fact that is known already, the new one ends where that begins. The same value again changes nothing.

    Raises:
        ValidationError: an unknown value, a day to come, or another fact of this kind begins on that day.
    """
    organisation = Organisation.objects.select_for_update().get(pk=wanted.organisation.pk)
    refuse_merged(organisation)
    _check(wanted, local_day(at))
    rows = organisation.facts.filter(kind=wanted.kind.value, subject=wanted.subject).order_by("valid_from")
    held = rows.filter(on_day(wanted.valid_from)).first()
    if held and held.value == wanted.value and wanted.valid_until is None:
        return held
    made = OrganisationFact(
        organisation=organisation,
        kind=wanted.kind.value,
        subject=wanted.subject,
        value=wanted.value,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until or _end_before_next(rows, wanted.valid_from),
        source=wanted.source,
        evidence_id=wanted.evidence_id,
    )
    if held and held.valid_from < wanted.valid_from:
        held.valid_until = wanted.valid_from - ONE_DAY
        held.save(update_fields=["valid_until"])
    save_new(made)
    mirror(organisation)
    data = {"fact": str(made.pk), "kind": made.kind}
    log.record("fact_stated", chain_of(organisation), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def correct_fact(
    fact: OrganisationFact, right: Correction, *, actor: log.Actor | None, role: str, at: datetime
) -> None:
    """Put right a value that was written down wrongly. The event keeps what stood there before.

    Raises:
        ValidationError: an unknown value.
    """
    organisation = Organisation.objects.select_for_update().get(pk=fact.organisation_id)
    fact = OrganisationFact.objects.get(pk=fact.pk)
    _check_value(FactKind(fact.kind), right.value, fact.valid_from)
    was, fact.value = fact.value, right.value
    fact.full_clean()
    fact.save(update_fields=["value"])
    mirror(organisation)
    data = {"fact": str(fact.pk), "kind": fact.kind, "was": was}
    chain = chain_of(organisation)
    log.record("fact_corrected", chain, actor=actor, role=role, at=at, data=data, reason=right.reason)


@transaction.atomic
def end_fact(
    fact: OrganisationFact, last_day: date, *, actor: log.Actor | None, role: str, at: datetime
) -> None:
    """End a fact with ``last_day``; from the day after nothing is known of it.

    Raises:
        ValidationError: it ends before it begins, has ended, or is of a kind that only another fact ends.
    """
    fact = OrganisationFact.objects.select_for_update().get(pk=fact.pk)
    if FactKind(fact.kind) in MIRRORED:
        raise ValidationError(_("请直接登记新的情况，原情况自动结束。"), code="fact.ends_by_the_next")
    if fact.valid_until is not None and fact.valid_until < local_day(at):
        raise ValidationError(_("该记录已经结束。"), code="fact.ended")
    fact.valid_until = last_day
    fact.full_clean()
    fact.save(update_fields=["valid_until"])
    data = {"fact": str(fact.pk), "until": last_day.isoformat()}
    log.record("fact_ended", chain_of(fact.organisation), actor=actor, role=role, at=at, data=data)


def write_first_facts(organisation: Organisation, since: date, source: str) -> None:
    """Write down what is known of an organisation when it is registered. Empty columns state nothing."""
    stated = {
        FactKind.KIND: organisation.kind,
        FactKind.LEVEL: organisation.level,
        FactKind.REGION: organisation.region.code if organisation.region else "",
        FactKind.LEGAL_PERSON: {None: "", True: "yes", False: "no"}[organisation.is_legal_person],
    }
    OrganisationFact.objects.bulk_create(
        OrganisationFact(
            organisation=organisation, kind=kind.value, value=value, valid_from=since, source=source
        )
        for kind, value in stated.items()
        if value
    )


def mirror(organisation: Organisation) -> None:
    """Let the columns of the organisation say what its facts in force say."""
    columns = mirrored_columns(
        {fact.kind: fact.value for fact in organisation.facts.filter(valid_until__isnull=True, subject="")}
    )
    for column, value in columns.items():
        setattr(organisation, column, value)
    organisation.save(update_fields=list(columns))


def mirrored_columns(in_force: dict[str, str]) -> dict[str, Any]:
    """Return the values of the columns that repeat facts, from the facts in force by kind."""
    legal = in_force.get(FactKind.LEGAL_PERSON.value)
    code = in_force.get(FactKind.REGION.value)
    region = Region.objects.filter(code=code).order_by("-valid_from").first() if code else None
    columns = {
        "level": in_force.get(FactKind.LEVEL.value, ""),
        "region": region,
        "is_legal_person": {None: None, "yes": True, "no": False}[legal],
    }
    kind = in_force.get(FactKind.KIND.value)
    return columns | {"kind": kind} if kind else columns


def _end_before_next(rows: Any, day: date) -> date | None:
    following = rows.filter(valid_from__gt=day).first()
    return following.valid_from - ONE_DAY if following else None


def _check(wanted: NewFact, today: date) -> None:
    if wanted.kind is FactKind.TRAIT and not wanted.subject.strip():
        raise at_field("subject", _("请写明特征名称。"), "fact.trait_unnamed")
    if wanted.valid_from > today:
        raise at_field("valid_from", _("起始日期不能晚于今天。"), "fact.to_come")
    if wanted.kind in MIRRORED and wanted.valid_until is not None:
        raise at_field("valid_until", _("此项由下一次变更结束，不填截止日期。"), "fact.no_end")
    _check_value(wanted.kind, wanted.value, wanted.valid_from)


def _check_value(kind: FactKind, value: str, day: date) -> None:
    """Refuse a value that is none of its kind."""
    known: Any = {
        FactKind.KIND: organisation_kinds,
        FactKind.LEVEL: lambda: RegionLevel.values,
        FactKind.LEGAL_PERSON: lambda: YES_OR_NO,
        FactKind.TRAIT: lambda: YES_OR_NO,
        FactKind.ACCOUNT: lambda: AccountState.values,
        FactKind.REGION: lambda: Region.objects.filter(on_day(day), code=value).values_list(
            "code", flat=True
        ),
    }[kind]
    if value not in known():
        raise at_field("value", _("该项没有这个取值。"), "fact.value_unknown")
