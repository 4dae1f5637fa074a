"""Register people and write down what is known of them, each fact with its days and its source."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, clean_mobile, read_identity_number
from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import add_name, chain_of, cleaned, refuse_merged, save_new
from keqiao.web.parties.models import (
    NameKind,
    Person,
    PersonFact,
    PersonFactKind,
    PersonQualification,
    Region,
)
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.sentences import at_field, refusal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PersonDetails:
    """What is known of a person; empty fields are unknown. ``identity_number`` None leaves the one that is there."""

    name: str
    birth_date: date | None = None
    phone: str = ""
    identity_number: str | None = None


@dataclass(frozen=True)
class NewPersonFact:
    """What holds of ``person`` from a day on, and who says so."""

    person: Person
    kind: PersonFactKind
    value: str
    valid_from: date
    source: str
    valid_until: date | None = None
    evidence_id: UUID | None = None


@dataclass(frozen=True)
class NewQualification:
    """A certificate of ``person``; ``level`` 1 is the highest, None where it has none."""

    person: Person
    name: str
    valid_from: date
    source: str
    level: int | None = None
    number: str = ""
    valid_until: date | None = None
    evidence_id: UUID | None = None


@transaction.atomic
def register_person(wanted: PersonDetails, *, actor: log.Actor | None, role: str, at: datetime) -> Person:
    """Register a person and return it.

    Raises:
        ValidationError: a malformed number, one that is taken, or a birth date that differs from the number's.
    """
    person = Person(name=cleaned(wanted.name))
    _describe(person, wanted)
    save_new(person)
    add_name(person, NameKind.FULL, person.name, local_day(at))
    log.record("registered", chain_of(person), actor=actor, role=role, at=at, data={"kind": "person"})
    return person


@transaction.atomic
def describe_person(
    person: Person, wanted: PersonDetails, *, actor: log.Actor | None, role: str, at: datetime
) -> None:
    """Save changed details of a person. A new name is an act of its own (``rename``).

    Raises:
        ValidationError: as for ``register_person``.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    _describe(person, wanted)
    person.full_clean()
    columns = ["birth_date", "phone"]
    if wanted.identity_number is not None:
        columns += ["identity_number", "identity_key"]
    person.save(update_fields=columns)
    log.record("described", chain_of(person), actor=actor, role=role, at=at)


@transaction.atomic
def state_person_fact(
    wanted: NewPersonFact, *, actor: log.Actor | None, role: str, at: datetime
) -> PersonFact:
    """State a fact of a person. Of each kind but fields one holds at a time: the one before ends the day before.

    Raises:
        ValidationError: no such region, or another fact of this kind begins on that day.
    """
    person = Person.objects.select_for_update().get(pk=wanted.person.pk)
    refuse_merged(person)
    if wanted.kind is PersonFactKind.REGION:
        _check_region(wanted.value, wanted.valid_from)
    rows = person.facts.filter(kind=wanted.kind.value)
    same = rows.filter(on_day(wanted.valid_from), value=wanted.value).first()
    if same and wanted.valid_until is None:
        return same
    made = PersonFact(
        person=person,
        kind=wanted.kind.value,
        value=wanted.value.strip(),
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
        source=wanted.source,
        evidence_id=wanted.evidence_id,
    )
    if wanted.kind is not PersonFactKind.FIELD:
        rows.filter(valid_until__isnull=True, valid_from__lt=wanted.valid_from).update(
            valid_until=wanted.valid_from - ONE_DAY
        )
    save_new(made)
    data = {"fact": str(made.pk), "kind": made.kind}
    log.record("fact_stated", chain_of(person), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def add_qualification(
    wanted: NewQualification, *, actor: log.Actor | None, role: str, at: datetime
) -> PersonQualification:
    """Write down a certificate of a person.

    Raises:
        ValidationError: a level outside 1 to 9, an end before the beginning, or it stands there already.
    """
    made = PersonQualification(
        person=wanted.person,
        name=wanted.name.strip(),
        level=wanted.level,
        number=wanted.number.strip(),
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
        source=wanted.source,
        evidence_id=wanted.evidence_id,
    )
    save_new(made)
    data = {"qualification": str(made.pk)}
    log.record("qualified", chain_of(wanted.person), actor=actor, role=role, at=at, data=data)
    return made


@transaction.atomic
def end_person_row(
    row: PersonFact | PersonQualification,
    last_day: date,
    *,
    actor: log.Actor | None,
    role: str,
    at: datetime,
) -> None:
    """End a fact or a certificate of a person with ``last_day``.

    Raises:
        ValidationError: it has ended, or would end before it begins.
    """
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.valid_until is not None and row.valid_until < local_day(at):
        raise ValidationError(_("该记录已经结束。"), code="fact.ended")
    row.valid_until = last_day
    row.full_clean()
    row.save(update_fields=["valid_until"])
    data = {"fact": str(row.pk), "until": last_day.isoformat()}
    log.record("fact_ended", chain_of(row.person), actor=actor, role=role, at=at, data=data)


def _describe(person: Person, wanted: PersonDetails) -> None:
    try:
        person.phone = clean_mobile(wanted.phone) if wanted.phone.strip() else ""
    except Malformed as wrong:
        raise refusal(wrong.finding, "phone") from wrong
    person.birth_date = wanted.birth_date
    if wanted.identity_number is not None:
        _take_identity_number(person, wanted.identity_number)


def _take_identity_number(person: Person, typed: str) -> None:
    if not typed.strip():
        person.identity_number = ""
        return
    try:
        identity = read_identity_number(typed)
    except Malformed as wrong:
        raise refusal(wrong.finding, "identity_number") from wrong
    if person.birth_date and person.birth_date != identity.birth_date:
        raise at_field("birth_date", _("出生日期与身份证号码不一致。"), "person.birth_date_differs")
    person.identity_number, person.birth_date = identity.number, identity.birth_date


def _check_region(code: str, day: date) -> None:
    if not Region.objects.filter(on_day(day), code=code).exists():
        raise at_field("value", _("没有这个区域代码。"), "person.region_unknown")
