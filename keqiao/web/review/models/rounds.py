"""Rounds of review (评审轮次): who judges what until when, the sheets, and what they come to."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Verdict
from keqiao.core.lifecycle.review_round import ReviewRoundState as RoundState
from keqiao.core.lifecycle.review_task import ReviewTaskState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call, Revision
from keqiao.web.review.models.experts import Expert

ROUND_STATES = sorted(state.value for state in RoundState)
TASK_STATES = sorted(state.value for state in ReviewTaskState)
LEFT_STATES = ["cancelled", "declined", "recused"]
VERDICTS = sorted(verdict.value for verdict in Verdict)
LONGEST_REASON = 400


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
    state = models.CharField(_("状态"), max_length=10, default=RoundState.PLANNED.value)
    opens_at = models.DateTimeField(_("开始时间"))
    closes_at = models.DateTimeField(_("截止时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    reason = models.CharField(_("取消理由"), max_length=LONGEST_REASON, blank=True, default="")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("创建时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="round_state_is_known", condition=Q(state__in=ROUND_STATES)),
            models.CheckConstraint(name="round_has_an_expert", condition=Q(experts__gte=1)),
            models.CheckConstraint(name="round_in_order", condition=Q(closes_at__gt=F("opens_at"))),
            models.CheckConstraint(
                name="closed_round_has_digest",
                condition=~Q(state=RoundState.CLOSED.value) | (~Q(digest="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="cancelled_round_says_why",
                condition=~Q(state=RoundState.CANCELLED.value) | ~Q(reason=""),
            ),
        ]
        ordering = ["opens_at", "id"]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """An application that a round judges (参评项目). ``digest`` is that of the content that is judged.

    ``mark`` is what the application is called before experts who judge blind (A-003).
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries", verbose_name=_("评审轮次"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="review_entries", verbose_name=_("申报书")
    )
    mark = models.CharField(_("评审代号"), max_length=12)
    digest = models.CharField(_("内容摘要"), max_length=64)
    entered_at = models.DateTimeField(_("列入时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_enters_a_round_once", fields=["round", "application"]),
            models.UniqueConstraint(name="one_mark_per_entry", fields=["round", "mark"]),
        ]
        ordering = ["round", "mark"]

    def __str__(self) -> str:
        return self.mark


class Settled(models.Model):
    """What an officer found out where only names agreed (``core.conflicts``): is it the same person or body?

    ``rule`` and ``about`` name the doubt, as the core told it.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="+", verbose_name=_("专家"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name=_("申报书"))
    rule = models.CharField(_("回避规定"), max_length=40)
    about = models.CharField(_("所指"), max_length=200)
    is_same = models.BooleanField(_("是同一人或同一单位"))
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON)
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("核实人"))
    settled_at = models.DateTimeField(_("核实时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="doubt_is_settled_once", fields=["expert", "application", "rule", "about"]
            ),
            models.CheckConstraint(name="settled_doubt_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.is_same}"


class Task(models.Model):
    """One expert is asked to judge one application (评审任务); its life is ``core.lifecycle.review_task``.

    ``submission_digest`` is that of the content that is judged. ``reason`` is why it was declined, left or cancelled.
    ``pledged_at`` is when the expert pledged secrecy and fairness; without it nothing can be scored.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="tasks", verbose_name=_("评审轮次"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="tasks_of_review", verbose_name=_("申报书")
    )
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="tasks", verbose_name=_("专家"))
    state = models.CharField(_("状态"), max_length=10, default=ReviewTaskState.INVITED.value)
    submission_digest = models.CharField(_("内容摘要"), max_length=64)
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    invited_at = models.DateTimeField(_("邀请时间"))
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    pledged_at = models.DateTimeField(_("承诺时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_task_per_expert", fields=["round", "application", "expert"]),
            models.CheckConstraint(name="review_task_state_is_known", condition=Q(state__in=TASK_STATES)),
            models.CheckConstraint(
                name="review_task_left_says_why", condition=~Q(state__in=LEFT_STATES) | ~Q(reason="")
            ),
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
