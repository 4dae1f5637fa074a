"""The acceptance of a project (结项验收): what was handed in, what is said of each row, the conclusion."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.acceptance import AcceptanceState
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.grants.models import Grant
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call

STATES = sorted(state.value for state in AcceptanceState)
CONCLUDED = sorted(state.value for state in (AcceptanceState.PASSED, AcceptanceState.FAILED))
LONGEST_WORDS = 400
LONGEST_SUMMARY = 4000


class Acceptance(models.Model):
    """The closing of one project; its life is ``core.lifecycle.acceptance``.

    ``due_on`` is the day by which it has to be handed in, ``until`` the one that took its place (put off, put right).
    ``summary`` is what the unit says of problems and of what comes next. ``found`` is the performance table with the
    targets as they were when it was concluded, ``digest`` its fingerprint. ``words`` say why.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="acceptance", verbose_name=_("项目"))
    state = models.CharField(_("状态"), max_length=12, default=AcceptanceState.DUE.value)
    due_on = models.DateField(_("应提交日期"), null=True, blank=True)
    until = models.DateField(_("延期或整改期限"), null=True, blank=True)
    finished_on = models.DateField(_("完成日期"), null=True, blank=True)
    summary = models.TextField(_("问题与打算"), blank=True, default="", max_length=LONGEST_SUMMARY)
    found = models.JSONField(_("绩效自评表"), default=dict, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    words = models.CharField(_("理由"), max_length=LONGEST_WORDS, blank=True, default="")
    opened_at = models.DateTimeField(_("开始时间"))
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提交人")
    )
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("验收人")
    )
    concluded_at = models.DateTimeField(_("验收时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="acceptance_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="concluded_acceptance_says_who_when_and_what",
                condition=(
                    Q(state__in=CONCLUDED, concluded_by__isnull=False, concluded_at__isnull=False)
                    & ~Q(digest="")
                )
                | (
                    ~Q(state__in=CONCLUDED)
                    & Q(concluded_by__isnull=True, concluded_at__isnull=True, digest="")
                ),
            ),
            models.CheckConstraint(
                name="rectifying_acceptance_has_its_day",
                condition=~Q(state=AcceptanceState.RECTIFYING.value) | Q(until__isnull=False),
            ),
        ]
        indexes = [models.Index(name="acceptances_of_a_call", fields=["call", "state"])]
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.grant} {self.state}"


class OwedPaper(models.Model):
    """A paper that the call asks for at the end (提交成果): the file that was handed in for it, and its length.

    ``chars`` and ``pages`` are read from the file; None: it has none, or nobody can tell. ``clause`` is where the call
    asks for it.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    acceptance = models.ForeignKey(
        Acceptance, models.PROTECT, related_name="papers", verbose_name=_("结项验收")
    )
    ordinal = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("名称"), max_length=200)
    clause = models.CharField(_("依据条款"), max_length=200, blank=True, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    chars = models.PositiveIntegerField(_("字数"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("页数"), null=True, blank=True)
    not_needed = models.CharField(_("不须提交的理由"), max_length=LONGEST_WORDS, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_owed_paper_per_place", fields=["acceptance", "ordinal"]),
        ]
        ordering = ["acceptance", "ordinal"]

    def __str__(self) -> str:
        return self.name


class RowWords(models.Model):
    """What is said of one row of the performance table, by its key.

    ``reason`` is the unit's: why it differs, what will be done. ``points`` and ``why`` are the office's, where somebody
    has to give points or gives others than those reckoned.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    acceptance = models.ForeignKey(
        Acceptance, models.PROTECT, related_name="rows", verbose_name=_("结项验收")
    )
    key = models.CharField(_("指标"), max_length=80)
    reason = models.CharField(_("偏差原因及改进措施"), max_length=LONGEST_WORDS, blank=True, default="")
    points = models.DecimalField(_("得分"), max_digits=7, decimal_places=4, null=True, blank=True)
    why = models.CharField(_("打分理由"), max_length=LONGEST_WORDS, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_word_per_row", fields=["acceptance", "key"]),
            models.CheckConstraint(
                name="given_points_say_why", condition=Q(points__isnull=True) | ~Q(why="")
            ),
        ]
        ordering = ["acceptance", "key"]

    def __str__(self) -> str:
        return f"{self.acceptance_id} {self.key}"
