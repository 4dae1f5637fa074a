"""Notices that correct or extend a published call (更正、补充、延期通知)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models.calls import Call, ReadingState
from keqiao.web.programmes.models.revisions import Revision


class Amendment(models.Model):
    """A stored correction or extension notice, what was read from it, and the call it changes.

    ``about`` is what it says of the call that it means. ``proposals`` are the changes it asks for, each with its
    words and what an officer said to it (``amendment_values``); which parts of the call they mean is found anew
    for the draft as it stands. ``revision`` is the published one that took them up.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("所改通知")
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("原件"))
    state = models.CharField(
        _("识读状态"), max_length=8, choices=ReadingState.choices, default=ReadingState.QUEUED.value
    )
    failure = models.CharField(_("失败原因"), max_length=60, blank=True, default="")
    failure_values = models.JSONField(_("失败原因的数据"), default=dict, blank=True)
    kind = models.CharField(_("文种"), max_length=20, blank=True, default="")
    title = models.CharField(_("标题"), max_length=300, blank=True, default="")
    document = models.JSONField(_("原文内容"), null=True, blank=True)
    about = models.JSONField(_("所指通知"), default=dict, blank=True)
    proposals = models.JSONField(_("拟改事项"), default=list, blank=True)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    read_at = models.DateTimeField(_("识读时间"), null=True, blank=True)
    applied_at = models.DateTimeField(_("并入草稿时间"), null=True, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("修订版本")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="failed_amendment_says_why",
                condition=~Q(state=ReadingState.FAILED.value) | ~Q(failure=""),
            ),
            models.CheckConstraint(
                name="applied_amendment_has_its_call",
                condition=Q(applied_at__isnull=True) | Q(call__isnull=False),
            ),
        ]
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.title or self.file.name
