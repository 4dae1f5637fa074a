"""The table of the room. Changed only by ``actions``; triggers keep what was proposed."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.approval import ApprovalState
from keqiao.web.approvals.acts import Subject

STATE_WORDS = {
    ApprovalState.PROPOSED: _("待审批"),
    ApprovalState.APPROVED: _("已批准"),
    ApprovalState.REFUSED: _("未批准"),
    ApprovalState.WITHDRAWN: _("已撤回"),
    ApprovalState.EXPIRED: _("已过期"),
}
STATES = [state.value for state in ApprovalState]
DECIDED = [ApprovalState.APPROVED.value, ApprovalState.REFUSED.value]


class Approval(models.Model):
    """One act that waits for a second person, or waited.

    ``arguments`` is what will be done, ``basis`` the facts of the subject it rests on, ``difference`` each
    value before and after for people, all as they were when it was proposed; ``digest`` is over them under
    ``salt``. The subject lives in a room above and is held as values. From ``expires_at`` on nobody can
    approve it.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"))
    kind = models.CharField(_("事项类别"), max_length=60)
    subject_kind = models.CharField(_("对象类别"), max_length=64)
    subject_id = models.CharField(_("对象编号"), max_length=64)
    title = models.CharField(_("事项"), max_length=300)
    arguments = models.JSONField(_("内容"))
    basis = models.JSONField(_("依据的事实"))
    difference = models.JSONField(_("变动"))
    salt = models.CharField(_("盐"), max_length=32)
    digest = models.CharField(_("摘要"), max_length=64)
    state = models.CharField(
        _("状态"),
        max_length=9,
        choices=[(state.value, words) for state, words in STATE_WORDS.items()],
        default=ApprovalState.PROPOSED.value,
    )
    proposed_by_id = models.UUIDField(_("提交人"))
    proposed_at = models.DateTimeField(_("提交时间"))
    reason = models.CharField(_("提交理由"), max_length=400)
    expires_at = models.DateTimeField(_("有效期至"))
    decided_by_id = models.UUIDField(_("审批人"), null=True, blank=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    decision_reason = models.CharField(_("审批意见"), max_length=400, blank=True, default="")
    executed_at = models.DateTimeField(_("执行时间"), null=True, blank=True)
    outcome = models.JSONField(_("执行结果"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_approval_per_act_and_subject",
                fields=["kind", "subject_kind", "subject_id"],
                condition=Q(state=ApprovalState.PROPOSED.value),
            ),
            models.CheckConstraint(name="approval_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="approval_is_decided_by_somebody_else",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
            ),
            models.CheckConstraint(
                name="approval_decision_is_whole",
                condition=Q(state__in=DECIDED, decided_by_id__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by_id=None, decided_at=None, decision_reason="")),
            ),
            models.CheckConstraint(
                name="approval_refused_says_why",
                condition=~Q(state=ApprovalState.REFUSED.value) | ~Q(decision_reason=""),
            ),
            models.CheckConstraint(
                name="approval_executed_exactly_when_approved",
                condition=Q(
                    state=ApprovalState.APPROVED.value, executed_at__isnull=False, outcome__isnull=False
                )
                | (~Q(state=ApprovalState.APPROVED.value) & Q(executed_at=None, outcome__isnull=True)),
            ),
            models.CheckConstraint(
                name="approval_decided_before_it_expires",
                condition=Q(decided_at__isnull=True) | Q(decided_at__lt=F("expires_at")),
            ),
            models.CheckConstraint(
                name="approval_leaves_time_to_decide", condition=Q(expires_at__gt=F("proposed_at"))
            ),
            models.CheckConstraint(name="approval_proposed_with_reason", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(name="approvals_of_an_association", fields=["association_id", "kind", "state"]),
            models.Index(name="approvals_of_a_proposer", fields=["proposed_by_id", "proposed_at"]),
            models.Index(name="approvals_of_a_subject", fields=["subject_kind", "subject_id"]),
            models.Index(
                name="approvals_by_end",
                fields=["expires_at"],
                condition=Q(state=ApprovalState.PROPOSED.value),
            ),
        ]
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        """The case the act is about."""
        return Subject(self.subject_kind, self.subject_id, self.association_id)

    def proposed_content(self) -> dict[str, Any]:
        """Return all that was frozen, as the digest covers it."""
        return {
            "association": str(self.association_id),
            "kind": self.kind,
            "subject": [self.subject_kind, self.subject_id],
            "title": self.title,
            "arguments": self.arguments,
            "basis": self.basis,
            "difference": self.difference,
        }
