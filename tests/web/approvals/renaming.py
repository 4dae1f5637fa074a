"""A tiny act for tests: an association gets another site name, if a second person agrees."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from keqiao.web.accounts.queries import holders_of
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals import actions
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject
from keqiao.web.approvals.frozen import Change
from keqiao.web.approvals.models import Approval
from keqiao.web.audit import log
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.models import Association

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TWO_DAYS = timedelta(days=2)
KIND = "parties.association"


def current(subject: Subject, _arguments: Arguments) -> Mapping[str, Any]:
    found = Association.objects.select_for_update().get(pk=subject.id)
    return {"site_name": found.site_name}


def describe(subject: Subject, arguments: Arguments) -> Description:
    found = Association.objects.get(pk=subject.id)
    change = Change("site_name", found.site_name, arguments["site_name"])
    return Description(f"{found.site_name}更名", (change,))


def execute(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    found = Association.objects.get(pk=subject.id)
    if not arguments["site_name"]:
        raise NotExecuted("名称不能为空。")
    found.site_name = arguments["site_name"]
    found.save(update_fields=["site_name"])
    event = log.record("renamed", found, actor=done.approved_by, role="leader", at=done.at)
    return {"event": event.sequence}


RENAME = Act(
    code="tests.rename",
    label="更名",
    may_propose=lambda viewer, at: (
        viewer.organisations_as(Role.OFFICER, at) | viewer.organisations_as(Role.LEADER, at)
    ),
    may_approve=lambda viewer, at: viewer.organisations_as(Role.LEADER, at),
    approvers=lambda association_id, at: holders_of(Role.LEADER, association_id, at),
    current=current,
    describe=describe,
    execute=execute,
    valid_for=TWO_DAYS,
    approver_roles=(Role.LEADER.value,),
    labels={"site_name": "网站名称"},
    address=lambda subject: f"/parties/{subject.id}/",
)


def subject_of(association: Association) -> Subject:
    return Subject(KIND, str(association.pk), association.pk)


def propose(association: Association, actor: Any, name: str = "新名", at: datetime = NOON) -> Approval:
    wanted = actions.Proposal(RENAME.code, subject_of(association), {"site_name": name}, "换牌子")
    return actions.propose(wanted, actor=actor, at=at)


def change_behind(association: Association, name: str = "别名") -> None:
    """The subject changes past the approval."""
    with transaction.atomic():
        Association.objects.filter(pk=association.pk).update(site_name=name)


def name_of(association: Association) -> str:
    return Association.objects.values_list("site_name", flat=True).get(pk=association.pk)


def times_renamed(association: Association) -> int:
    return timeline(association).filter(act="renamed").count()
