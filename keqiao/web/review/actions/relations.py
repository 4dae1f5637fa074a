"""Relations are declared by the expert or the office, and taken back; the expert says that they are all there are."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.core.lifecycle.roles import EXPERT
from keqiao.web.applications.permissions import Viewer
from keqiao.web.audit.log import record
from keqiao.web.parties.queries import local_day
from keqiao.web.review.actions.experts import taken_up
from keqiao.web.review.experts_owed import follow_expert
from keqiao.web.review.models import Expert, Relation
from keqiao.web.review.models.experts import INTEREST
from keqiao.web.review.permissions import role_towards
from keqiao.web.scope import crossing

WHY = "an expert declares in the books of the association that keeps the register"


@dataclass(frozen=True, slots=True)
class Declared:
    """What an expert is to somebody: to a person of the register, to a body of it, or to whoever is called ``name``."""

    kind: str
    name: str = ""
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    until: date | None = None


@crossing(WHY)
@transaction.atomic
def declare(expert_id: UUID, said: Declared, *, actor: Viewer, at: datetime) -> Relation:
    """Write a relation down, as the expert or for them.

    Raises:
        Expert.DoesNotExist: it is not the actor's business.
        ValidationError: the kind is not known or not for a body, nobody is named, it is to the expert, it ends in
            days to come, or it stands there already.
    """
    expert = _expert_of(expert_id, actor, at)
    _refuse(expert, said, at)
    made = Relation(
        association_id=expert.association_id,
        expert=expert,
        kind=said.kind,
        name=said.name.strip(),
        person_id=said.person_id,
        organisation_id=said.organisation_id,
        until=said.until,
        declared_by_id=actor.pk,
        declared_at=at,
    )
    made.full_clean()
    made.save(force_insert=True)
    data = {"expert": str(expert.pk), "kind": said.kind}
    record("declared", made, actor=actor, role=role_towards(expert, actor, at), at=at, data=data)
    return made


@crossing(WHY)
@transaction.atomic
def end_relation(relation_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take a relation back that was declared by mistake or is no more, for a reason; it stays on record.

    Raises:
        Relation.DoesNotExist: it is not the actor's business, or taken back already.
        ValidationError: the reason is missing.
    """
    found = Relation.objects.select_for_update(of=("self",)).select_related("expert__person")
    relation = found.get(pk=relation_id, ended_at__isnull=True)
    role = role_towards(relation.expert, actor, at)
    if not role:
        raise Relation.DoesNotExist
    if not (reason := reason.strip()):
        raise ValidationError({"reason": _("请写明理由。")})
    relation.ended_at = at
    relation.save(update_fields=["ended_at"])
    record("ended", relation, actor=actor, role=role, at=at, reason=reason)


@crossing(WHY)
@transaction.atomic
def state_whole(expert_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Say, as the expert, that what is declared is all there is.

    Raises:
        Expert.DoesNotExist: it is not the actor's business.
        ValidationError: the actor is not the expert, or the expert has left.
    """
    expert = taken_up(expert_id, "state_whole", actor, at)
    expert.stated_at = at
    expert.save(update_fields=["stated_at"])
    standing = Relation.objects.filter(expert=expert, ended_at__isnull=True).count()
    record("stated_whole", expert, actor=actor, role=EXPERT, at=at, data={"relations": standing})
    follow_expert(expert.pk, at, "stated_whole")


def _expert_of(expert_id: UUID, actor: Viewer, at: datetime) -> Expert:
    expert = Expert.objects.select_for_update(of=("self",)).select_related("person").get(pk=expert_id)
    if not role_towards(expert, actor, at) or expert.state == ExpertState.LEFT.value:
        raise Expert.DoesNotExist
    return expert


def _refuse(expert: Expert, said: Declared, at: datetime) -> None:
    """What stands against writing it down.

    Raises:
        ValidationError: with the first thing.
    """
    if said.organisation_id and said.kind != INTEREST:
        raise ValidationError({"kind": _("与单位之间只有利害关系；亲属、师生等是与个人的关系。")})
    if said.person_id and said.person_id == expert.person_id:
        raise ValidationError({"name": _("对方不能是专家本人。")})
    if said.until and said.until > local_day(at):
        raise ValidationError({"until": _("截止日期不能在今天之后；仍然存在的关系不填。")})
    same = Relation.objects.filter(
        expert=expert,
        kind=said.kind,
        name=said.name.strip(),
        person_id=said.person_id,
        organisation_id=said.organisation_id,
        ended_at__isnull=True,
    )
    if same.exists():
        raise ValidationError(_("这一关系已经申报。"), code="relation.known")
