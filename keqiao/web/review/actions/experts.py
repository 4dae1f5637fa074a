"""The office keeps the register of experts: enter, change, let rest, take out, take back in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.expert import TABLE, ExpertState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.readers.expert_fields import field_words
from keqiao.web.applications.permissions import Viewer
from keqiao.web.audit.log import record
from keqiao.web.review.experts_owed import follow_expert
from keqiao.web.review.models import Expert
from keqiao.web.review.models.experts import LONGEST_REASON
from keqiao.web.review.permissions import is_officer, role_towards


@dataclass(frozen=True, slots=True)
class ExpertDetails:
    """What the register says of an expert: ``fields`` are ids of fields of work, ``most`` applications at once."""

    title: str = ""
    fields: Sequence[str] = field(default_factory=tuple)
    most: int | None = None


@transaction.atomic
def enter_expert(
    association_id: UUID, person_id: UUID, details: ExpertDetails, source: str, *, by: tuple[Viewer, datetime]
) -> Expert:
    """Enter a person in the register of an association.

    Raises:
        Expert.DoesNotExist: the actor is no officer of the association.
        ValidationError: the person is in it already, or a field of work is not known.
    """
    actor, at = by
    if not is_officer(actor, association_id, at):
        raise Expert.DoesNotExist
    if Expert.objects.filter(association_id=association_id, person_id=person_id).exists():
        raise ValidationError(_("此人已在专家库中。"), code="expert.known")
    made = Expert(association_id=association_id, person_id=person_id, source=source.strip())
    made.entered_by_id, made.entered_at = actor.pk, at
    _describe(made, details)
    made.full_clean()
    made.save(force_insert=True)
    record("entered", made, actor=actor, role=OFFICER, at=at, data={"person": str(person_id)})
    follow_expert(made.pk, at, "entered")
    return made


@transaction.atomic
def describe_expert(expert_id: UUID, details: ExpertDetails, *, actor: Viewer, at: datetime) -> None:
    """Save what the register says of an expert.

    Raises:
        Expert.DoesNotExist: it is not the actor's business.
        ValidationError: a field of work is not known.
    """
    expert = taken_up(expert_id, "describe", actor, at)
    _describe(expert, details)
    expert.full_clean()
    expert.save(update_fields=["title", "fields", "most"])
    data = {"fields": list(expert.fields), "most": expert.most or 0}
    record("described", expert, actor=actor, role=OFFICER, at=at, data=data)


@transaction.atomic
def move_expert(expert_id: UUID, act: str, reason: str = "", *, actor: Viewer, at: datetime) -> None:
    """Let an expert rest, take them out, or back in (``act``: rest, leave, come_back).

    Raises:
        Expert.DoesNotExist: it is not the actor's business.
        ValidationError: the reason is missing, or the life of experts does not allow it.
    """
    expert = taken_up(expert_id, act, actor, at)
    reason = reason.strip()
    if act in TABLE.reasons and not reason:
        raise ValidationError({"reason": _("请写明理由。")})
    expert.reason = reason if expert.state != ExpertState.ACTIVE.value else ""
    expert.full_clean()
    expert.save(update_fields=["state", "reason"])
    record(TABLE.events[act], expert, actor=actor, role=OFFICER, at=at, reason=reason)
    follow_expert(expert.pk, at, TABLE.events[act])


def taken_up(expert_id: UUID, act: str, actor: Viewer, at: datetime) -> Expert:
    """Return an expert under lock, in the state that ``act`` of the actor leads to; not yet saved.

    Raises:
        Expert.DoesNotExist: it is not the actor's business, so it is not there.
        ValidationError: the life of experts does not allow it.
    """
    expert = Expert.objects.select_for_update(of=("self",)).select_related("person").get(pk=expert_id)
    role = role_towards(expert, actor, at)
    if not role:
        raise Expert.DoesNotExist
    # an officer may be an expert of the own association: both roles count
    roles = {role, OFFICER} if is_officer(actor, expert.association_id, at) else {role}
    try:
        expert.state = TABLE.after(ExpertState(expert.state), act, roles).value
    except NotAllowed as refused:
        raise ValidationError(_("专家目前的状态不能这样办理。"), code="expert.wrong_state") from refused
    return expert


def _describe(expert: Any, details: ExpertDetails) -> None:
    known = field_words()
    if unknown := [each for each in details.fields if each not in known]:
        raise ValidationError({"fields": _("没有这个专业领域：%(word)s。") % {"word": unknown[0]}})
    expert.title, expert.most = details.title.strip(), details.most
    expert.fields = [each for each in known if each in set(details.fields)]


__all__ = [
    "LONGEST_REASON",
    "ExpertDetails",
    "describe_expert",
    "enter_expert",
    "move_expert",
    "taken_up",
]
