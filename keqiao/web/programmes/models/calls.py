"""A call, and the document it was read from."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.call import CallState
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association

STATE_WORDS = {
    CallState.DRAFT: _("草稿"),
    CallState.CHECKED: _("已校对"),
    CallState.PUBLISHED: _("已发布"),
    CallState.OPEN: _("申报中"),
    CallState.CLOSED: _("已截止"),
    CallState.REVIEWING: _("评审中"),
    CallState.PUBLICITY: _("公示中"),
    CallState.DECIDED: _("已立项"),
    CallState.ARCHIVED: _("已归档"),
    CallState.CANCELLED: _("已取消"),
}
UNPUBLISHED = [CallState.DRAFT.value, CallState.CHECKED.value, CallState.CANCELLED.value]


class Call(models.Model):
    """One call of an association. What it says stands in its draft and its revisions.

    ``year``, ``region``, ``deadline_at`` and ``deadline_invented`` repeat what the revision in force says, for
    lists; ``verify`` compares them.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="calls", verbose_name=_("科协"))
    title = models.CharField(_("标题"), max_length=300)
    slug = models.SlugField(_("网址标识"), max_length=80, unique=True, null=True, blank=True, default=None)
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.value, words) for state, words in STATE_WORDS.items()],
        default=CallState.DRAFT.value,
    )
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    region = models.CharField(_("地区"), max_length=60, blank=True, default="")
    deadline_at = models.DateTimeField(_("申报截止"), null=True, blank=True)
    deadline_invented = models.BooleanField(_("截止时间为演示数据"), default=False)
    created_by = models.ForeignKey(  # none: loaded by a command
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    copied_from = models.ForeignKey(  # last year's call, whose definition this one began with
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("沿用自")
    )
    created_at = models.DateTimeField(_("创建时间"))
    published_at = models.DateTimeField(_("首次发布时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    cancelled_because = models.CharField(_("取消原因"), max_length=400, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_call_has_address_and_time",
                condition=Q(state__in=UNPUBLISHED) | Q(slug__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="public_cancellation_says_when_and_why",
                condition=~Q(state=CallState.CANCELLED.value)
                | Q(slug__isnull=True)
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
            ),
        ]
        indexes = [
            models.Index(name="calls_of_an_association", fields=["association", "state"]),
            models.Index(name="calls_by_deadline", fields=["state", "deadline_at"]),
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class ReadingState(models.TextChoices):
    """How far the reading of a document has come."""

    QUEUED = "queued", _("等待识读")
    READING = "reading", _("正在识读")
    READ = "read", _("已识读")
    FAILED = "failed", _("未能识读")


class Source(models.Model):
    """A document that a call was read from: the original as uploaded, and what was read from it.

    ``result`` is the flat export with its report, ``document`` the paragraphs and tables as read
    (``readers.transfer``). A failure is a code with the values of its sentence.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="sources", verbose_name=_("通知"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("原件"))
    state = models.CharField(
        _("识读状态"), max_length=8, choices=ReadingState.choices, default=ReadingState.QUEUED.value
    )
    progress = models.PositiveSmallIntegerField(_("进度（%）"), default=0)
    stage = models.CharField(_("阶段"), max_length=20, blank=True, default="")
    failure = models.CharField(_("失败原因"), max_length=60, blank=True, default="")
    failure_values = models.JSONField(_("失败原因的数据"), default=dict, blank=True)
    document_kind = models.CharField(_("文种"), max_length=20, blank=True, default="")
    result = models.JSONField(_("识读结果"), null=True, blank=True)
    document = models.JSONField(_("原文内容"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("上传时间"))
    read_at = models.DateTimeField(_("识读时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="reading_progress_is_percent", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="read_source_has_its_result",
                condition=~Q(state=ReadingState.READ.value) | Q(result__isnull=False, read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="failed_reading_says_why",
                condition=~Q(state=ReadingState.FAILED.value) | ~Q(failure=""),
            ),
        ]
        indexes = [models.Index(name="sources_by_state", fields=["state", "uploaded_at"])]
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return f"{self.call} {self.get_state_display()}"
