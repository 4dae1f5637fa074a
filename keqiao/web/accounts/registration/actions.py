"""Take in registrations, return, verify, refuse them.

A verified one makes or finds the unit in the register and gives its contact an account with roles.
"""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.registration import CONTACT, OPEN, RegistrationState, registration_after
from keqiao.web.accounts.actions.grants import Terms, grant_as
from keqiao.web.accounts.actions.people import NewAccount, open_account
from keqiao.web.accounts.models import Grant, Registration, User
from keqiao.web.accounts.owed import follow_registration
from keqiao.web.accounts.queries import account_to_log_in, holders_of
from keqiao.web.accounts.registration.contact import Contact
from keqiao.web.accounts.registration.queries import roles_towards, unit_with_code
from keqiao.web.accounts.roles import Role
from keqiao.web.audit import log
from keqiao.web.files.queries import StoredFile
from keqiao.web.notifications.actions import Channel, Letter, queue
from keqiao.web.parties.actions import (
    Details,
    NewOrganisation,
    NewTie,
    TieKind,
    describe_organisation,
    register_organisation,
    tie,
)
from keqiao.web.parties.queries import Association, Organisation, Region, local_day, units_tied_to
from keqiao.web.privacy.actions import ConsentText, give_consent
from keqiao.web.ui.site_addresses import page_address

OPEN_AT_ONCE = (
    5  # registrations of one contact: enough for somebody who does it for several bodies of a house
)
DIGITS = 8


@dataclass(frozen=True)
class Stated:
    """What a unit says of itself, and who speaks for it. Empty text: not said."""

    association: Association
    unit_name: str
    kind: str
    contact_name: str
    credit_code: str = ""
    region: Region | None = None
    level: str = ""
    host_name: str = ""
    host_code: str = ""
    post: str = ""
    email: str = ""
    phone: str = ""
    endorsing_unit: Organisation | None = None

    def columns(self) -> dict[str, Any]:
        """Return the facts by the names of the table's columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Sent:
    """How it was sent: by whom, with which certificate, agreeing to which text, in which language."""

    contact: Contact
    certificate: StoredFile | None
    consent_text: ConsentText
    language: str = "zh-hans"


@transaction.atomic
def submit_registration(stated: Stated, sent: Sent, *, at: datetime) -> Registration:
    """Take in a registration and tell those who verify it.

    Raises:
        ValidationError: the contact has too many open ones, or one for this unit already.
    """
    open_ones = Registration.objects.filter(
        contact_key=sent.contact.key, state__in=[state.value for state in OPEN]
    )
    if open_ones.count() >= OPEN_AT_ONCE:
        raise ValidationError(_("您有太多申请未办结，请等待核验结果。"), code="registration.too_many")
    if open_ones.filter(association=stated.association, unit_name=stated.unit_name).exists():
        raise ValidationError(
            _("您已为这个单位提交过申请，请等待核验结果。"), code="registration.sent_already"
        )
    registration = Registration(
        number=_new_number(),
        contact_key=sent.contact.key,
        certificate=sent.certificate,
        consent_text=sent.consent_text,
        language=sent.language,
        submitted_at=at,
        organisation=unit_with_code(stated.credit_code),
        **stated.columns(),
    )
    registration.full_clean()
    registration.save(force_insert=True)
    log.record("registration_submitted", registration, actor=None, role=CONTACT, at=at)
    follow_registration(registration, at)
    _answer(registration, "registration.received", at, association=str(registration.association))
    _tell_verifiers(registration, at)
    return registration


@transaction.atomic
def submit_again(registration_id: UUID, stated: Stated, sent: Sent, *, at: datetime) -> Registration:
    """Take in the corrected registration.

    Raises:
        NotAllowed: it was not returned.
    """
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    state = registration_after(RegistrationState(registration.state), "submit_again", {CONTACT})
    for name, value in stated.columns().items():
        setattr(registration, name, value)
    registration.certificate = sent.certificate or registration.certificate
    registration.consent_text = sent.consent_text
    registration.organisation = unit_with_code(stated.credit_code)
    registration.state, registration.submitted_at = state.value, at
    registration.returned_fields = []
    registration.full_clean()
    registration.save()
    log.record("registration_submitted_again", registration, actor=None, role=CONTACT, at=at)
    follow_registration(registration, at)
    _tell_verifiers(registration, at)
    return registration


@transaction.atomic
def withdraw_registration(registration_id: UUID, *, at: datetime) -> None:
    """Let a contact take a registration back.

    Raises:
        NotAllowed: it is decided already.
    """
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    registration.state = registration_after(
        RegistrationState(registration.state), "withdraw", {CONTACT}
    ).value
    registration.save(update_fields=["state"])
    log.record("registration_withdrawn", registration, actor=None, role=CONTACT, at=at)
    follow_registration(registration, at)


@transaction.atomic
def return_registration(
    registration_id: UUID, field_names: list[str], note: str, *, actor: User, at: datetime
) -> None:
    """Return a registration: which fields are to be changed, and what is wrong with them.

    Raises:
        NotAllowed: the actor may not, or it does not wait for anybody.
        ValidationError: nothing is said.
    """
    if not note.strip():
        raise ValidationError(_("请写明需要补正的内容。"), code="registration.note_missing")
    registration, state, role = _moved(registration_id, "return", actor, at)
    registration.state, registration.note = state.value, note.strip()
    registration.returned_fields = sorted(field_names)
    registration.save(update_fields=["state", "note", "returned_fields"])
    data = {"fields": registration.returned_fields}
    log.record("registration_returned", registration, actor=actor, role=role, at=at, data=data, reason=note)
    follow_registration(registration, at)
    url = page_address("accounts:register")
    _answer(registration, "registration.returned", at, note=note, url=url)


@transaction.atomic
def refuse_registration(registration_id: UUID, note: str, *, actor: User, at: datetime) -> None:
    """Refuse a registration, with a reason.

    Raises:
        NotAllowed: the actor may not, or it is decided.
        ValidationError: there is no reason.
    """
    if not note.strip():
        raise ValidationError(_("请说明不予通过的理由。"), code="registration.note_missing")
    registration, state, role = _moved(registration_id, "refuse", actor, at)
    _decide(registration, state, note, actor, at)
    log.record("registration_refused", registration, actor=actor, role=role, at=at, reason=note)
    _answer(registration, "registration.refused", at, reason=note)


@dataclass(frozen=True)
class Verdict:
    """How a unit is taken in: as which of the register (None: a new one), and whether its contact administers it."""

    unit: Organisation | None = None
    administers: bool = True
    note: str = ""


@transaction.atomic
def verify_registration(registration_id: UUID, verdict: Verdict, *, actor: User, at: datetime) -> User:
    """Take a unit in: find or make it in the register, tie it to the association, give its contact roles.

    Only the address or number that was proved goes into a new account: another one could belong to somebody
    else, who would then hold a key to it.

    Raises:
        NotAllowed: the actor may not, or it does not wait for anybody.
        ValidationError: the register refuses the unit.
    """
    registration, state, role = _moved(registration_id, "verify", actor, at)
    unit = (
        verdict.unit or unit_with_code(registration.credit_code) or _new_unit(registration, actor, role, at)
    )
    _complete(unit, registration, actor, role, at)
    _tie(unit, registration, actor, role, at)
    user = _account_for(registration, actor, role, at)
    registration.organisation, registration.user = unit, user
    _decide(registration, state, verdict.note, actor, at)
    give_consent(user, registration.consent_text, at=registration.submitted_at)
    data = {"organisation": str(unit.pk), "account": str(user.pk)}
    log.record("registration_verified", registration, actor=actor, role=role, at=at, data=data)
    wanted = (Role.APPLICANT, Role.UNIT_ADMIN) if verdict.administers else (Role.APPLICANT,)
    held = Grant.objects.in_force(at).filter(user=user, organisation=unit).values_list("role", flat=True)
    for each in set(wanted) - set(held):
        reason = str(_("单位注册 {number}")).format(number=registration.number)
        grant_as(user, Terms(each, unit.pk), actor=actor, role=role, at=at, reason=reason)
    url = page_address("account_request_login_code")
    _answer(registration, "registration.verified", at, url=url)
    return user


def _moved(
    registration_id: UUID, act: str, actor: User, at: datetime
) -> tuple[Registration, RegistrationState, str]:
    """Lock a registration and return it with the state that ``act`` leads to and the role it is done in."""
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    roles = roles_towards(actor, registration, at)
    state = registration_after(RegistrationState(registration.state), act, roles)
    return registration, state, Role.OFFICER.value if Role.OFFICER.value in roles else Role.ENDORSER.value


def _decide(
    registration: Registration, state: RegistrationState, note: str, actor: User, at: datetime
) -> None:
    registration.state, registration.note = state.value, note.strip()
    registration.decided_by, registration.decided_at = actor, at
    registration.save(update_fields=["state", "note", "decided_by", "decided_at", "organisation", "user"])
    follow_registration(registration, at)


def _new_unit(registration: Registration, actor: User, role: str, at: datetime) -> Organisation:
    wanted = NewOrganisation(
        name=registration.unit_name,
        kind=registration.kind,
        credit_code=registration.credit_code,
        level=registration.level,
        region=registration.region,
    )
    return register_organisation(wanted, actor=actor, role=role, at=at)


def _complete(unit: Organisation, registration: Registration, actor: User, role: str, at: datetime) -> None:
    """Write the verified code into a unit that came from a roll without one; nothing else of it changes."""
    if unit.credit_code or not registration.credit_code:
        return
    short = unit.names.filter(kind="short", valid_until__isnull=True).first()
    known = Details(
        credit_code=registration.credit_code,
        registered_on=unit.registered_on,
        short_name=short.text if short else "",
        bank_name=unit.bank_name,
    )
    describe_organisation(unit, known, actor=actor, role=role, at=at)


def _tie(unit: Organisation, registration: Registration, actor: User, role: str, at: datetime) -> None:
    source, day = str(_("单位注册 {number}")).format(number=registration.number), local_day(at)
    office = registration.association.organisation
    if unit.pk != office.pk and unit.pk not in units_tied_to([office.pk], at):
        tie(NewTie(unit, office, TieKind.AFFILIATION, day, source), actor=actor, role=role, at=at)
    host = unit_with_code(registration.host_code)
    hosted = unit.ties.filter(kind=TieKind.HOST.value, valid_until__isnull=True)
    if host is not None and host.pk != unit.pk and not hosted.exists():
        tie(NewTie(unit, host, TieKind.HOST, day, source), actor=actor, role=role, at=at)


def _account_for(registration: Registration, actor: User, role: str, at: datetime) -> User:
    kind, address = registration.contact_key.split(":", 1)
    known = account_to_log_in(kind, address)
    if known is not None:
        return known
    wanted = NewAccount(registration.contact_name, **{kind: address})
    return open_account(wanted, actor=actor, role=role, at=at)


def _new_number() -> str:
    """Return a number that nobody can guess the next one of; the table refuses the one that was given before."""
    return f"R{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def _answer(registration: Registration, template: str, at: datetime, **more: str) -> None:
    """Tell the contact by mail, where there is an address; a text message is worth its cost for codes only."""
    if not registration.email:
        return
    known = {"unit": registration.unit_name, "number": registration.number}
    variables = {**known, **more}
    if template == "registration.verified":
        del variables["number"]
    letter = Letter(
        template,
        address=registration.email,
        language=registration.language,
        variables=variables,
        about=(Registration._meta.label_lower, str(registration.pk)),
        association_id=registration.association_id,
    )
    queue(letter, key=f"{template}:{registration.pk}:{at.isoformat()}", at=at)


def _tell_verifiers(registration: Registration, at: datetime) -> None:
    url = page_address("accounts:registration", registration.pk)
    variables = {"unit": registration.unit_name, "number": registration.number, "url": url}
    people = list(holders_of(Role.OFFICER, registration.association_id, at))
    if registration.endorsing_unit_id:
        people += holders_of(Role.ENDORSER, registration.endorsing_unit_id, at)
    for person in {person.pk: person for person in people}.values():
        letter = Letter(
            "registration.waits",
            recipient_id=person.pk,
            language=person.language,
            variables=variables,
            about=(Registration._meta.label_lower, str(registration.pk)),
            association_id=registration.association_id,
        )
        key = f"registration.waits:{registration.pk.hex}:{person.pk.hex}:{at:%Y%m%d%H%M%S%f}"
        queue(letter, key=key, at=at, channels=(Channel.IN_APP,))
