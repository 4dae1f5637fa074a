"""Ask for what a second person must agree to: that somebody becomes one of the three administrators, or ceases to be.

The installation has no association; its approvals stand under :data:`INSTALLATION`.
"""

from datetime import datetime

from keqiao.web.accounts.models import Grant, User
from keqiao.web.accounts.roles import Role
from keqiao.web.approvals.actions import Approval, Proposal, propose
from keqiao.web.approvals.acts import Subject
from keqiao.web.scope import INSTALLATION

GIVE, END = "accounts.give_guard", "accounts.end_guard"


def propose_grant(user: User, role: Role, *, actor: User, at: datetime, reason: str) -> Approval:
    """Ask that ``user`` becomes a guard. Raises what ``approvals.actions.propose`` raises."""
    subject = Subject("accounts.user", str(user.pk), INSTALLATION)
    return propose(Proposal(GIVE, subject, {"role": role.value}, reason), actor=actor, at=at)


def propose_end(held: Grant, *, actor: User, at: datetime, reason: str) -> Approval:
    """Ask that a guard's grant ends. Raises what ``approvals.actions.propose`` raises."""
    subject = Subject("accounts.user", str(held.user_id), INSTALLATION)
    return propose(Proposal(END, subject, {"grant": str(held.pk)}, reason), actor=actor, at=at)
