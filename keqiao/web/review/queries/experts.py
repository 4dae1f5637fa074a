"""Experts as the office sees them, and what experts see of themselves."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.web.accounts.people.queries import invitations_of
from keqiao.web.accounts.queries import accounts_of_people
from keqiao.web.applications.permissions import Viewer
from keqiao.web.parties.finding import with_name
from keqiao.web.parties.posts import people_with_posts_in, works_at
from keqiao.web.parties.queries import all_people, local_day
from keqiao.web.review.models import Expert, Relation
from keqiao.web.review.permissions import experts_seen, own_experts, role_towards


def experts_for(viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """Return the experts in the viewer's charge, each with whether there is an account (``has_account``)."""
    account = Exists(accounts_of_people().filter(person_id=OuterRef("person_id")))
    rows = Expert.objects.filter(experts_seen(viewer, at)).select_related("person", "association")
    return rows.annotate(has_account=account, said=Cast("fields", TextField()))


def expert_for(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return one of them; otherwise 404."""
    return get_object_or_404(experts_for(viewer, at), pk=pk)


def own_expert(viewer: Viewer, pk: UUID) -> Any:
    """Return what the viewer is in one register; otherwise 404."""
    return get_object_or_404(experts_of_viewer(viewer), pk=pk)


def experts_of_viewer(viewer: Viewer) -> QuerySet[Any]:
    """Return what the viewer is in the registers of associations; where it is over, it is not there."""
    rows = Expert.objects.filter(own_experts(viewer)).exclude(state=ExpertState.LEFT.value)
    return rows.select_related("person", "association").order_by("entered_at", "pk")


def experts_of_person(person_id: UUID) -> QuerySet[Any]:
    """Return what a person is in the registers of associations. Who may see it was asked before."""
    return Expert.objects.filter(person_id=person_id)


def called(word: str) -> Q:
    """Return what picks experts by a part of any name, or by their whole mobile number."""
    return with_name(word, "person") | Q(person__phone=word)


def working_in(fields: Collection[str]) -> Q:
    """Return what picks experts by fields of work, one of them being enough."""
    found = Q(pk__in=[])
    for field in fields:
        found |= Q(said__contains=f'"{field}"')
    return found


def in_state(state: str) -> Q:
    """Return what picks experts in one state."""
    return Q(state=state)


def with_account(has: bool) -> Q:  # noqa: FBT001  a condition of a list
    """Return what picks experts who have an account, or none."""
    return Q(has_account=has)


def of_unit(word: str) -> Q:
    """Return what picks experts with a post, now or before, in a body called so."""
    return Q(person__in=people_with_posts_in(word))


def people_to_enter() -> QuerySet[Any]:
    """Return the people who may become experts: all of the register who are not merged away."""
    return all_people()


def posts_of_people(people: Collection[Any], at: datetime) -> Mapping[UUID, tuple[str, ...]]:
    """Return where people work today."""
    return works_at([each.pk for each in people], local_day(at)) if people else {}


def posts_shown(experts: Collection[Any], at: datetime) -> Mapping[UUID, tuple[str, ...]]:
    """Return where experts work today, by person."""
    return works_at([each.person_id for each in experts], local_day(at))


def relations_of(expert: Any) -> list[Any]:
    """Return everything that was declared of an expert, what holds first."""
    rows = Relation.objects.filter(expert=expert).select_related("declared_by", "person", "organisation")
    return sorted(rows, key=lambda each: (each.ended_at is not None, each.kind, each.declared_at))


def relation_for(viewer: Viewer, pk: UUID, at: datetime) -> Any:
    """Return a relation that the viewer may end: the own, or one of an expert of the viewer's office; otherwise 404."""
    mine = Expert.objects.filter(own_experts(viewer) | experts_seen(viewer, at))
    found = Relation.objects.filter(expert__in=mine.values("pk"), ended_at__isnull=True)
    row = get_object_or_404(found.select_related("expert__person"), pk=pk)
    return row if role_towards(row.expert, viewer, at) else get_object_or_404(Relation.objects.none())


def invited(expert: Any, at: datetime) -> Any | None:
    """Return the invitation that waits for an expert's answer, or nothing."""
    return invitations_of(expert.person_id, expert.association_id, at).first()
