"""Rounds of review (评审轮次): who judges what until when, the sheets, and what they come to."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Verdict
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call, Revision
from keqiao.web.review.models.experts import Expert

TASK_STATES = sorted(state.value for state in ReviewTaskState)
VERDICTS = sorted(verdict.value for verdict in Verdict)


class RoundState(models.TextChoices):
    """Where a round stands: put together, open to experts, closed with its outcomes."""

    PLANNED = "planned", _("筹备中")
    OPEN = "open", _("评审中")
    CLOSED = "closed", _("已结束")
    CANCELLED = "cancelled", _("已取消")


class Round(models.Model):
    """One judging of applications of a call with one scorecard (评审轮次).

    ``nodes`` are the categories it judges, ``card`` the scorecard as it was when the round opened. ``closes_at`` is
    the last moment for a sheet. ``digest`` is that of all sealed sheets, taken at closing.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    name = models.CharField(_("名称"), max_length=80)
    nodes = models.JSONField(_("类别"), default=list)
    card = models.JSONField(_("评分表"), default=dict, blank=True)
    experts = models.PositiveSmallIntegerField(_("每份评审人数"))
    most = models.PositiveSmallIntegerField(_("每人最多份数"), null=True, blank=True)
    blind = models.BooleanField(_("隐去申报单位"), default=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=RoundState.choices, default=RoundState.PLANNED.value
    )
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("截止时间"))
    digest = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("创建时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="round_state_is_known", condition=Q(state__in=sorted(RoundState.values))
            ),
            models.CheckConstraint(name="round_has_an_expert", condition=Q(experts__gte=1)),
            models.CheckConstraint(name="round_in_order", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="closed_round_has_digest", condition=~Q(state=RoundState.CLOSED.value) | ~Q(digest="")
            ),
        ]
        ordering = ["opens_at", "id"]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """One expert is asked to judge one application (评审任务); its life is ``core.lifecycle.review_task``.

    ``submission_digest`` is that of the content that is judged. ``reason`` is why it was declined, left or reopened.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="tasks", verbose_name=_("评审轮次"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name=_("申报书"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="tasks", verbose_name=_("专家"))
    state = models.CharField(_("状态"), max_length=10, default=ReviewTaskState.INVITED.value)
    submission_digest = models.CharField(_("内容摘要"), max_length=64)
    reason = models.CharField(_("理由"), max_length=400, blank=True, default="")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    invited_at = models.DateTimeField(_("邀请时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_task_per_expert", fields=["round", "application", "expert"]),
            models.CheckConstraint(name="review_task_state_is_known", condition=Q(state__in=TASK_STATES)),
        ]
        indexes = [models.Index(name="tasks_of_an_expert", fields=["expert", "state"])]
        ordering = ["round", "application", "id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"


class Sheet(models.Model):
    """What an expert says of one application: ``answers`` as ``core.scoring.sheets`` reads them.

    ``version`` counts saves; who saves an older one is told. ``digest`` is that of the sealed answers.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    task = models.OneToOneField(Task, models.PROTECT, related_name="sheet", verbose_name=_("评审任务"))
    answers = models.JSONField(_("评分"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1)
    saved_at = models.DateTimeField(_("保存时间"))
    sealed_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sealed_sheet_has_digest",
                condition=Q(sealed_at__isnull=True, digest="") | (Q(sealed_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.version}"


class Outcome(models.Model):
    """What the sheets of one application come to in a round, written when the round closes (评审结果).

    ``total`` is the exact total as a fraction ("251/3"), ``shown`` the one that is told, ``found`` the result as
    ``core.scoring`` gave it: points of each criterion, findings, which totals did not count.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="outcomes", verbose_name=_("评审轮次"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name=_("申报书"))
    verdict = models.CharField(_("结论"), max_length=10)
    total = models.CharField(_("准确总分"), max_length=60, blank=True, default="")
    shown = models.DecimalField(_("总分"), max_digits=9, decimal_places=4, null=True, blank=True)
    sheets = models.PositiveSmallIntegerField(_("评分表份数"), default=0)
    found = models.JSONField(_("评审结果"), default=dict, blank=True)
    written_at = models.DateTimeField(_("写入时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_outcome_per_round", fields=["round", "application"]),
            models.CheckConstraint(name="outcome_verdict_is_known", condition=Q(verdict__in=VERDICTS)),
            models.CheckConstraint(
                name="outcome_total_both_or_none",
                condition=Q(total="", shown__isnull=True) | (~Q(total="") & Q(shown__isnull=False)),
            ),
        ]
        ordering = ["round", "-shown", "id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.verdict}"
