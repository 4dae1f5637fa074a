"""What is owed because of the rooms that stand below this one: a decision as the second person."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from keqiao.web.approvals.acts import act_called
from keqiao.web.approvals.queries import Approval, act_in_words, proposed
from keqiao.web.duties.kinds import Kind, Owed, for_roles

DECIDE = "approvals.decide"


def decisions_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each approval that waits, of those that ``which`` picks."""
    for approval in proposed(which):
        act = act_called(approval.kind)
        if act is not None:
            with override("zh-hans"):  # as all words that are kept
                title = act_in_words(approval) if act.names_people else approval.title
            yield Owed(
                DECIDE,
                key=f"decide:{approval.pk}",
                about=(Approval._meta.label_lower, str(approval.pk)),
                holder=for_roles(act.approver_roles, approval.association_id),
                association_id=approval.association_id,
                at=approval.proposed_at,
                due_at=approval.expires_at,
                variables={"title": title},
                within_id=approval.subject_id,
                except_id=approval.proposed_by_id,
            )


KINDS = [
    Kind(
        code=DECIDE,
        title=_("审批：{title}"),
        otherwise=_("过期无人决定，申请作废，须重新提交"),
        act=_("去审批"),
        many=_("待审批事项"),
        link=lambda about_id: reverse("approvals:detail", args=[about_id]),
        list_link=lambda: reverse("approvals:waiting"),
        owed_now=decisions_owed,
        lapses=True,
        variables=frozenset({"title"}),
        facts={
            "approved": _("已批准"),
            "refused": _("未批准"),
            "withdrawn": _("已撤回"),
            "expired": _("已过期"),
        },
    )
]
