"""What was submitted, frozen, with its receipt; and what an officer returned for correction."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.applications.models.applications import Application
from keqiao.web.applications.models.versions import Version
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Revision


class Submission(models.Model):
    """One submission of an application: never changed, never removed; triggers refuse both.

    The receipt says its ``number``, ``arrived_at`` and ``digest``, the SHA-256 of ``content``. ``ordinal`` is 1 for the
    first, one more for each correction. ``key`` was given with the form: a submission with a known key is the same
    one. ``arrived_at`` is what counts against the deadline, ``taken_at`` when it was written, later where there was a
    queue. ``grace_seconds`` is how far past the deadline it was let in. ``content`` holds of what is sensitive only a
    salted digest; the values themselves stand in ``saved`` under lock.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Each index costs every submission a page or two: those that a constraint brings are enough.
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="+", db_index=False, verbose_name=_("科协")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="submissions", db_index=False, verbose_name=_("申报书")
    )
    ordinal = models.PositiveSmallIntegerField(_("次数"))
    key = models.CharField(_("提交标识"), max_length=64)
    number = models.CharField(_("回执编号"), max_length=88)
    version = models.PositiveIntegerField(_("版次"))
    saved = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("保存的版本"))
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="+", db_index=False, verbose_name=_("通知版本")
    )
    specification = models.CharField(_("表格摘要"), max_length=64)
    content = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    arrived_at = models.DateTimeField(_("收到时间"))
    taken_at = models.DateTimeField(_("写入时间"))
    deadline_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    grace_seconds = models.PositiveIntegerField(_("宽限用时（秒）"), default=0)
    warnings = models.JSONField(_("提示"), default=list, blank=True)
    submitted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("提交人"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_submission_per_key", fields=["application", "key"]),
            models.UniqueConstraint(name="one_submission_per_ordinal", fields=["application", "ordinal"]),
            models.UniqueConstraint(name="one_receipt_per_number", fields=["association", "number"]),
            models.CheckConstraint(
                name="submission_has_key_and_digest", condition=~Q(key="") & ~Q(digest="")
            ),
            models.CheckConstraint(name="submission_ordinal_starts_at_one", condition=Q(ordinal__gte=1)),
        ]
        ordering = ["-ordinal"]

    def __str__(self) -> str:
        return self.number


class Return(models.Model):
    """An officer returned a submission: why, which fields are open, until the end of which day (Asia/Shanghai).

    ``settled_at`` and ``outcome`` say how it ended: it was corrected, withdrawn, or the time passed and the submission
    stands as it was.
    """

    data_kind = "owned"

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("已修改")
        WITHDRAWN = "withdrawn", _("已撤回")
        STOOD = "stood", _("逾期未改，按原件办理")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="returns", verbose_name=_("申报书")
    )
    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="returned", verbose_name=_("所退回的提交")
    )
    fields = models.JSONField(_("可修改栏目"), default=list)
    reasons = models.JSONField(_("理由"), default=dict)
    note = models.CharField(_("说明"), max_length=400, blank=True, default="")
    until = models.DateField(_("修改截止日期"))
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    returned_at = models.DateTimeField(_("退回时间"))
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_return_per_application",
                fields=["application"],
                condition=Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="return_is_settled_with_an_outcome",
                condition=Q(settled_at__isnull=True, outcome="")
                | (Q(settled_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(name="returns_by_day", fields=["until"], condition=Q(settled_at__isnull=True))
        ]
        ordering = ["-returned_at"]

    def __str__(self) -> str:
        return f"{self.application} {self.until}"
