"""Lets a further association run calls: its unit, its association and the invitation of its first officer at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.actions import Terms
from keqiao.web.accounts.people.invitations import Invited, invite
from keqiao.web.accounts.queries import user_with_mail
from keqiao.web.accounts.roles import GUARDS, Role
from keqiao.web.parties.actions import (
    NewAssociation,
    NewOrganisation,
    found_association,
    register_organisation,
)
from keqiao.web.parties.queries import all_organisations

KIND = "association"
REASON = "开设科协"


@dataclass(frozen=True)
class Founding:
    """A further association: its unit, how it appears, and the mail address of its first officer."""

    organisation: NewOrganisation
    shown: NewAssociation
    officer: str


@transaction.atomic
def found(wanted: Founding, *, actor: Any, at: datetime) -> Any:
    """Found an association, invite its first officer, and return it.

    An association that is registered as a unit keeps its row there. The invitation is the program's own, as at
    ``keqiao init``: a system administrator gives no roles, and this one is for an association that has no data yet.

    Raises:
        ValidationError: the actor is no system administrator, the address is taken, the unit runs calls already,
            or the first officer would be one of the three administrators.
    """
    if Role.SYSTEM_ADMIN.value not in actor.roles_at(at):
        raise ValidationError(_("只有系统管理员可以开设科协。"), code="founding.not_allowed")
    _require_no_guard(wanted.officer, at)
    role = Role.SYSTEM_ADMIN.value
    unit = _registered(wanted.organisation) or register_organisation(
        wanted.organisation, actor=actor, role=role, at=at
    )
    founded = found_association(unit, wanted.shown, actor=actor, role=role, at=at)
    invited = Invited(wanted.officer, Terms(Role.OFFICER, founded.pk))
    invite(invited, actor=None, at=at, reason=REASON)
    return founded


def _require_no_guard(email: str, at: datetime) -> None:
    account = user_with_mail(email)
    if account is not None and not GUARDS.isdisjoint(account.roles_at(at)):
        raise ValidationError(
            {"officer": ValidationError(_("第一位工作人员不得由系统管理员、安全管理员或审计管理员兼任。"))},
            code="founding.guard",
        )


def _registered(wanted: NewOrganisation) -> Any | None:
    """The unit of this full name that is registered as an association; it may run calls already.

    Raises:
        ValidationError: several are called so, or the one of this name has another code.
    """
    called = all_organisations().filter(kind=KIND, name=wanted.name.strip(), merged_into__isnull=True)
    found = list(called[:2])
    if len(found) > 1 or any(
        wanted.credit_code and unit.credit_code and unit.credit_code != wanted.credit_code for unit in found
    ):
        words = _("登记中有同名的科协，请先在“单位与人员”中核对名称和统一社会信用代码。")
        raise ValidationError({"name": ValidationError(words)}, code="founding.several")
    return found[0] if found else None
