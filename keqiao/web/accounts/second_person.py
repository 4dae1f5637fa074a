"""That somebody becomes one of the three administrators, or ceases to be, a second of them agrees to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from keqiao.web.accounts.actions.grants import end_guard, grant_guard
from keqiao.web.accounts.guarding.proposals import END, GIVE
from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.queries import user_with_id
from keqiao.web.accounts.roles import GUARDS, LABELS, Role
from keqiao.web.approvals.acts import Act, Arguments, Description, Done, NotExecuted, Subject
from keqiao.web.approvals.frozen import Change, Plain
from keqiao.web.scope import INSTALLATION

VALID_FOR = timedelta(days=7)


def may_propose(viewer: Any, at: datetime) -> Collection[UUID]:
    """Security administrators ask."""
    return [INSTALLATION] if Role.SECURITY_ADMIN.value in viewer.roles_at(at) else []


def may_approve(viewer: Any, at: datetime) -> Collection[UUID]:
    """Any of the three agrees: they guard each other, and an installation may have one of each only."""
    return [INSTALLATION] if GUARDS & viewer.roles_at(at) else []


def approvers(_association_id: UUID, at: datetime) -> Iterable[Any]:
    """Return all accounts that hold a guard role."""
    held = Grant.objects.in_force(at).filter(role__in=[role.value for role in GUARDS])
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True)


def current(subject: Subject, _arguments: Arguments) -> Mapping[str, Plain]:
    """Return, under lock, which guard role the account holds open-ended, and whether it is active."""
    user = User.objects.select_for_update().get(pk=subject.id)
    guards = Grant.objects.filter(
        user=user, role__in=[role.value for role in GUARDS], valid_until__isnull=True
    )
    return {"role": ",".join(sorted(guards.values_list("role", flat=True))), "active": user.is_active}


def describe_giving(subject: Subject, arguments: Arguments) -> Description:
    """Say who would become what."""
    with override("zh-hans"):  # frozen texts are Chinese, whoever asks
        role = str(LABELS[Role(arguments["role"])])
        title = _("授予三员角色：%(role)s") % {"role": role}
    return Description(title, (Change("role", None, role), Change("account", None, subject.id)))


def describe_ending(subject: Subject, arguments: Arguments) -> Description:
    """Say who would stop being what."""
    held = Grant.objects.get(pk=arguments["grant"])
    with override("zh-hans"):
        role = str(LABELS[Role(held.role)])
        title = _("终止三员角色：%(role)s") % {"role": role}
    return Description(title, (Change("role", role, None), Change("account", subject.id, None)))


def give(subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """Give the role for the proposer.

    Raises:
        NotExecuted: its own rules refuse it now.
    """
    proposer, user = user_with_id(done.proposed_by_id), user_with_id(UUID(subject.id))
    if proposer is None or user is None:
        raise NotExecuted(_("账号已不存在。"))
    try:
        held = grant_guard(
            user, Role(arguments["role"]), proposer=proposer, at=done.at, reason=str(_("经第二人审批"))
        )
    except ValidationError as refused:
        raise NotExecuted(*refused.messages) from refused
    return {"grant": str(held.pk)}


def end(_subject: Subject, arguments: Arguments, done: Done) -> Mapping[str, Any]:
    """End the grant for the proposer.

    Raises:
        NotExecuted: its own rules refuse it now.
    """
    proposer = user_with_id(done.proposed_by_id)
    if proposer is None:
        raise NotExecuted(_("账号已不存在。"))
    try:
        held = end_guard(
            UUID(arguments["grant"]), proposer=proposer, at=done.at, reason=str(_("经第二人审批"))
        )
    except ValidationError as refused:
        raise NotExecuted(*refused.messages) from refused
    return {"grant": str(held.pk)}


WORDS = {
    "role": gettext_lazy("角色"),
    "account": gettext_lazy("账号"),
    "active": gettext_lazy("启用"),
}


def _address(subject: Subject) -> str:
    return reverse("accounts:account", args=[subject.id])


ACTS = [
    Act(
        code=GIVE,
        label=gettext_lazy("授予三员角色"),
        may_propose=may_propose,
        may_approve=may_approve,
        approvers=approvers,
        current=current,
        describe=describe_giving,
        execute=give,
        valid_for=VALID_FOR,
        approver_roles=tuple(sorted(role.value for role in GUARDS)),
        names_people=True,
        labels=WORDS,
        address=_address,
    ),
    Act(
        code=END,
        label=gettext_lazy("终止三员角色"),
        may_propose=may_propose,
        may_approve=may_approve,
        approvers=approvers,
        current=current,
        describe=describe_ending,
        execute=end,
        valid_for=VALID_FOR,
        approver_roles=tuple(sorted(role.value for role in GUARDS)),
        names_people=True,
        labels=WORDS,
        address=_address,
    ),
]
