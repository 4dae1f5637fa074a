"""Experts get accounts: the role for who has one, an invitation by mail for who has none."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.roles import OFFICER
from keqiao.web.accounts.actions import Terms, grant
from keqiao.web.accounts.people.invitations import Invited, invite
from keqiao.web.accounts.queries import account_of_person
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.log import record
from keqiao.web.review.actions.experts import taken_up

REASON = "专家库"


@transaction.atomic
def give_account(expert_id: UUID, email: str = "", *, actor: Any, at: datetime) -> str:
    """Let an expert work here, and return how: ``granted`` to the person's account, or ``invited`` by mail.

    Whoever accepts the invitation is asked whether they are this person. Whether an address has an account is not told.

    Raises:
        Expert.DoesNotExist: it is not the actor's business.
        ValidationError: there is neither account nor address, or the role is held already.
    """
    expert: Any = taken_up(expert_id, "invite", actor, at)
    terms = Terms(Role.EXPERT, expert.association_id)
    account, how = account_of_person(expert.person_id), "granted"
    if account is not None:
        grant(account, terms, actor=actor, at=at, reason=REASON)
    elif email.strip():
        how = "invited"
        invite(Invited(email, terms, person_id=expert.person_id), actor=actor, at=at, reason=REASON)
    else:
        raise ValidationError({"email": _("请填写专家的电子邮箱。")})
    record("invited", expert, actor=actor, role=OFFICER, at=at, data={"how": how})
    return how
