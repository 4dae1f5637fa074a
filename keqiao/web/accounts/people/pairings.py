"""Say which person of the register an account belongs to: proposed by whoever keeps the people, agreed by its holder.

Whoever is paired sees the person's own data; so nobody proposes for an account of their own, and nobody is paired
without agreeing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.followers import tell
from keqiao.web.accounts.models import Grant, Pairing, User
from keqiao.web.accounts.models.pairings import UNANSWERED
from keqiao.web.accounts.permissions import gives_as
from keqiao.web.accounts.roles import Role
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.parties.queries import people_for, ties_in_force_towards

HOLDER = "account_holder"


@dataclass(frozen=True, slots=True)
class Meant:
    """A person of the register, and the unit for which an account is to be theirs."""

    person_id: UUID
    organisation_id: UUID


def pairing_of(user: User) -> Pairing | None:
    """Return what was proposed for an account and waits for its holder, or nothing."""
    waiting = Pairing.objects.filter(UNANSWERED, user=user)
    return waiting.select_related("person", "organisation", "proposed_by").first()


def people_to_pair(viewer: User, organisation_id: UUID, at: datetime) -> QuerySet[Any]:
    """Return the people of a unit whom ``viewer`` may see and who belong to no account."""
    tied = ties_in_force_towards(organisation_id, at)
    people = people_for(viewer, at).filter(pk__in=tied.values("party_id"), merged_into__isnull=True)
    return people.exclude(pk__in=User.objects.filter(person__isnull=False).values("person_id"))


@transaction.atomic
def propose_pairing(grant: Grant, person: Any, *, actor: User, at: datetime) -> Pairing:
    """Say that the account that holds ``grant`` belongs to ``person`` of the same unit, and ask its holder.

    Raises:
        ValidationError: it is the actor's own account, or belongs to somebody already; the actor does not keep the
            unit's people; the person is none of them or has an account; another proposal waits for an answer.
    """
    user = User.objects.select_for_update().get(pk=grant.user_id)
    role = gives_as(actor, Role.APPLICANT, grant.organisation_id, at)
    if role is None or user.pk == actor.pk:
        raise ValidationError(_("本人的账号须由其他管理人员提出对应。"), code="pairing.own_account")
    if user.person_id is not None or Pairing.objects.filter(UNANSWERED, user=user).exists():
        raise ValidationError(_("这个账号已有对应的人员档案，或正等待本人确认。"), code="pairing.taken")
    if not people_to_pair(actor, grant.organisation_id, at).filter(pk=person.pk).exists():
        raise ValidationError(_("请从本单位还没有账号的人员中选择。"), code="pairing.nobody_of_the_unit")
    return _propose(user, Meant(person.pk, grant.organisation_id), actor, role.value, at)


@transaction.atomic
def ask_whether(user: User, meant: Meant, *, actor: User, role: str, at: datetime) -> Pairing | None:
    """Ask the holder of an account whether they are the person who was meant when the account got its role.

    Nothing is asked where the account belongs to somebody, the person has an account, or another proposal waits.
    Whoever calls has asked whether the actor may. Nobody is asked about an own account.
    """
    holder = User.objects.select_for_update().get(pk=user.pk)
    taken = holder.person_id is not None or User.objects.filter(person_id=meant.person_id).exists()
    waiting = Pairing.objects.filter(UNANSWERED, user=holder).exists()
    return None if taken or waiting or holder.pk == actor.pk else _propose(holder, meant, actor, role, at)


def _propose(user: User, meant: Meant, actor: User, role: str, at: datetime) -> Pairing:
    made = Pairing.objects.create(
        user=user,
        person_id=meant.person_id,
        organisation_id=meant.organisation_id,
        proposed_by=actor,
        proposed_at=at,
    )
    data = {"account": str(user.pk), "person": str(meant.person_id)}
    log.record("pairing_proposed", made, actor=actor, role=role, at=at, data=data)
    _tell(made, at)
    return made


@transaction.atomic
def accept_pairing(pairing_id: UUID, *, user: User, at: datetime) -> None:
    """Agree, as its holder, that an account belongs to the person.

    Raises:
        ValidationError: it was answered or withdrawn, or either of the two is paired by now.
    """
    made, holder = _unanswered(pairing_id, user)
    if holder.person_id is not None or User.objects.filter(person=made.person_id).exists():
        raise ValidationError(_("这份人员档案已有对应的账号。"), code="pairing.taken")
    holder.person_id = made.person_id
    holder.save(update_fields=["person"])
    _answer(made, "accepted", user, HOLDER, at)
    tell(made.person_id, "paired", at)


@transaction.atomic
def decline_pairing(pairing_id: UUID, *, user: User, at: datetime) -> None:
    """Say, as its holder, that the account belongs to somebody else.

    Raises:
        ValidationError: it was answered or withdrawn.
    """
    made, _holder = _unanswered(pairing_id, user)
    _answer(made, "declined", user, HOLDER, at)


@transaction.atomic
def withdraw_pairing(pairing_id: UUID, *, actor: User, at: datetime) -> None:
    """Take a proposal back that nobody has answered.

    Raises:
        ValidationError: it was answered or withdrawn, or the actor does not keep the unit's people.
    """
    made, _holder = _unanswered(pairing_id, None)
    role = gives_as(actor, Role.APPLICANT, made.organisation_id, at)
    if role is None:
        raise ValidationError(_("您不管理这个单位的人员。"), code="pairing.not_allowed")
    _answer(made, "withdrawn", actor, role.value, at)


@transaction.atomic
def part_from_person(*, user: User, at: datetime) -> None:
    """Say, as its holder, that the account belongs to that person no longer. Where it belongs to nobody, nothing."""
    holder = User.objects.select_for_update().get(pk=user.pk)
    if holder.person_id is None:
        return
    person = holder.person_id
    holder.person = None
    holder.save(update_fields=["person"])
    log.record("person_parted", holder, actor=user, role=HOLDER, at=at, data={"person": str(person)})
    tell(person, "parted", at)


def _unanswered(pairing_id: UUID, user: User | None) -> tuple[Pairing, User]:
    """Lock the account first, then the proposal: in the order of :func:`propose_pairing`."""
    account = Pairing.objects.values_list("user_id", flat=True).get(pk=pairing_id)
    holder = User.objects.select_for_update().get(pk=account)
    made = Pairing.objects.select_for_update().filter(UNANSWERED, pk=pairing_id).first()
    if made is None or (user is not None and holder.pk != user.pk):
        raise ValidationError(_("这项对应已经确认、否认或撤回。"), code="pairing.over")
    return made, holder


def _answer(made: Pairing, answer: str, actor: User, role: str, at: datetime) -> None:
    setattr(made, f"{answer}_at", at)
    made.save(update_fields=[f"{answer}_at"])
    data = {"account": str(made.user_id), "person": str(made.person_id)}
    log.record(f"pairing_{answer}", made, actor=actor, role=role, at=at, data=data)


def _tell(made: Pairing, at: datetime) -> None:
    user = made.user
    letter = Letter(
        "account.pairing_proposed",
        recipient_id=user.pk,
        address=user.email or "",
        language=user.language,
        variables={"organisation": str(made.organisation), "who": made.proposed_by.get_full_name()},
    )
    queue(letter, key=f"account.pairing_proposed:{made.pk}", at=at)
