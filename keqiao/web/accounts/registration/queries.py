"""Read registrations: one's own by the proved contact, others' by the right to verify them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.registration import ENDORSER, OFFICER, RegistrationState
from keqiao.web.accounts.models import STATE_WORDS, Grant, Registration, User
from keqiao.web.accounts.registration.contact import Contact
from keqiao.web.accounts.roles import Role
from keqiao.web.parties.names import match_organisations
from keqiao.web.parties.queries import Organisation, all_organisations, named

CANDIDATES = 6  # similar units shown; more would not be looked through


def may_verify(viewer: User, at: datetime) -> Q:
    """Registrations at associations the viewer is an officer of, and those the viewer's unit is to endorse."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    offices, units = (viewer.organisations_as(role, at) for role in (Role.OFFICER, Role.ENDORSER))
    return Q(association_id__in=offices) | Q(endorsing_unit_id__in=units)


def registrations_for(viewer: User, at: datetime) -> QuerySet[Registration]:
    """Return the registrations that ``viewer`` may verify, with what a list shows of them."""
    rows = Registration.objects.filter(may_verify(viewer, at))
    return rows.select_related("association", "region", "endorsing_unit", "certificate")


def registration_for(viewer: User, pk: UUID, at: datetime) -> Registration:
    """Return one registration that ``viewer`` may verify; otherwise 404."""
    return get_object_or_404(registrations_for(viewer, at), pk=pk)


def counts_for(viewer: User, at: datetime) -> list[tuple[str, int]]:
    """Return how many registrations stand in each state, in words, in the order of their life."""
    rows = Registration.objects.filter(may_verify(viewer, at)).values("state").annotate(number=Count("pk"))
    found = {row["state"]: row["number"] for row in rows.order_by()}
    return [(words, found.get(state.value, 0)) for state, words in STATE_WORDS.items()]


def roles_towards(viewer: User, registration: Registration, at: datetime) -> frozenset[str]:
    """Return as what ``viewer`` stands towards a registration, in the words of its life."""
    roles = set()
    if registration.association_id in viewer.organisations_as(Role.OFFICER, at):
        roles.add(OFFICER)
    if registration.endorsing_unit_id in viewer.organisations_as(Role.ENDORSER, at):
        roles.add(ENDORSER)
    return frozenset(roles)


def registrations_of(contact: Contact) -> QuerySet[Registration]:
    """Return what the contact sent in, newest first."""
    rows = Registration.objects.filter(contact_key=contact.key)
    return rows.select_related("association", "certificate").order_by("-submitted_at")


def registration_to_correct(contact: Contact, pk: UUID) -> Registration:
    """Return the contact's own registration if it was returned; otherwise 404."""
    return get_object_or_404(registrations_of(contact), pk=pk, state=RegistrationState.RETURNED.value)


def unit_with_code(code: str) -> Organisation | None:
    """Return the unit of the register with this credit code, or nothing."""
    return all_organisations().filter(credit_code=code).first() if code else None


def similar_units(registration: Registration, day: date) -> list[Organisation]:
    """Return units of the register that could be the one that registers.

    By code first, then those one of whose names it is (short, former, with the place written another way), then
    those whose name holds it.
    """
    name = registration.unit_name
    meant = match_organisations([name], day)[name].found
    found = [
        unit_with_code(registration.credit_code),
        *all_organisations().filter(pk__in=meant),
        *all_organisations().filter(named(name))[:CANDIDATES],
    ]
    return list({unit.pk: unit for unit in found if unit is not None}.values())[:CANDIDATES]


def has_administrator(organisation: Organisation, at: datetime) -> bool:
    """Has the unit somebody who keeps its people already?"""
    held = Grant.objects.in_force(at).filter(role=Role.UNIT_ADMIN.value, organisation=organisation)
    return held.filter(user__is_active=True).exists()


def endorsing_units(at: datetime) -> QuerySet[Organisation]:
    """Return the units for which somebody endorses; a registration may name one of them."""
    held = Grant.objects.in_force(at).filter(role=Role.ENDORSER.value)
    return all_organisations().filter(pk__in=held.values("organisation_id"))


def with_word(word: str) -> Q:
    """Return what picks registrations by a part of the unit's name, by code or by number."""
    return Q(unit_name__icontains=word) | Q(credit_code__iexact=word) | Q(number__iexact=word)


def in_state(state: str) -> Q:
    """Return what picks registrations in one state."""
    return Q(state=state)
