"""What people owe because of accounts: to verify a unit that registers, to answer an invitation."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keqiao.core.lifecycle.registration import RegistrationState
from keqiao.web.accounts.models import Invitation, Registration, User
from keqiao.web.accounts.roles import Role
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_person, for_role
from keqiao.web.scope import INSTALLATION

REGISTRATION = Registration._meta.label_lower
INVITATION = Invitation._meta.label_lower
VERIFY, ANSWER = "accounts.verify", "accounts.answer"


def verifications_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield what is owed for each registration that waits: by the office, and by the unit that is to endorse it."""
    rows = Registration.objects.filter(which or Q(), state=RegistrationState.SUBMITTED.value)
    for each in rows.order_by("submitted_at"):
        verifiers = [for_role(Role.OFFICER.value, each.association_id)]
        if each.endorsing_unit_id:
            verifiers.append(for_role(Role.ENDORSER.value, each.endorsing_unit_id))
        for holder in verifiers:
            yield Owed(
                VERIFY,
                key=f"verify:{each.pk}:{holder.roles[0]}",
                about=(REGISTRATION, str(each.pk)),
                holder=holder,
                association_id=each.association_id,
                at=each.submitted_at,
                variables={"unit": each.unit_name},
            )


def answers_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each invitation that waits for somebody who has an account; others read it in their mail."""
    rows = Invitation.objects.filter(which or Q(), accepted_at__isnull=True, revoked_at__isnull=True)
    invited = User.objects.filter(email=OuterRef("email"), is_active=True)
    rows = rows.annotate(account=Subquery(invited.values("pk")[:1])).filter(account__isnull=False)
    for each in rows.select_related("organisation"):
        with override("zh-hans"):  # as all words that are kept
            role = str(each.get_role_display())
        yield Owed(
            ANSWER,
            key=f"invitation:{each.pk}:{each.account}",
            about=(INVITATION, str(each.pk)),
            holder=for_person(each.account),
            association_id=each.organisation_id or INSTALLATION,
            at=each.invited_at,
            due_at=each.expires_at,
            variables={"role": role, "unit": str(each.organisation or "")},
        )


def follow_invitation(invitation: Invitation, at: datetime, fact: str) -> None:
    """Open and close what is owed for an invitation as it stands."""
    owed = answers_owed(Q(pk=invitation.pk))
    follow([ANSWER], (INVITATION, str(invitation.pk)), owed, at=at, fact=fact)


def follow_registration(registration: Registration, at: datetime) -> None:
    """Open and close what is owed for a registration as it stands."""
    owed = verifications_owed(Q(pk=registration.pk))
    follow([VERIFY], (REGISTRATION, str(registration.pk)), owed, at=at, fact=registration.state)


KINDS = [
    Kind(
        code=VERIFY,
        title=_("核验单位注册：{unit}"),
        otherwise=_("核验通过之前，这个单位不能申报"),
        act=_("去核验"),
        many=_("待核验的单位注册"),
        link=lambda about_id: reverse("accounts:registration", args=[about_id]),
        list_link=lambda: reverse("accounts:registrations"),
        owed_now=verifications_owed,
        variables=frozenset({"unit"}),
        facts={
            "verified": _("已通过"),
            "refused": _("未通过"),
            "returned": _("待补正"),
            "withdrawn": _("已撤回"),
        },
    ),
    Kind(
        code=ANSWER,
        title=_("答复邀请：{unit} {role}"),
        otherwise=_("过期后邀请失效，须重新邀请"),
        act=_("去答复"),
        many=_("待答复的邀请"),
        link=lambda about_id: reverse("accounts:own_invitation", args=[about_id]),
        owed_now=answers_owed,
        lapses=True,
        variables=frozenset({"role", "unit"}),
        facts={"invitation_accepted": _("已接受"), "invitation_revoked": _("已撤销")},
    ),
]
