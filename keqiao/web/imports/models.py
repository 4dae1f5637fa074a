"""Tables of the room: imports and their rows. Changed only by ``actions`` and by the worker's ``running``."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.models import StoredFile
from keqiao.web.privacy.fields import EncryptedText


class ImportState(models.TextChoices):
    """How far an import has come."""

    QUEUED = "queued", _("等待核对")
    CHECKING = "checking", _("正在核对")
    READY = "ready", _("待导入")
    IMPORTING = "importing", _("正在导入")
    DONE = "done", _("已导入")
    FAILED = "failed", _("无法读取")
    DROPPED = "dropped", _("已放弃")


class Import(models.Model):
    """One table on its way into a register. ``kind`` is the code of a kind of sheet.

    ``columns`` are the keys of the columns that the file has, ``unread`` its other headings. ``edition`` counts
    what was checked: whoever starts an import names the edition that was looked at.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"))
    kind = models.CharField(_("表格种类"), max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("文件"))
    begun_by_id = models.UUIDField(_("导入人"))
    begun_at = models.DateTimeField(_("上传时间"))
    state = models.CharField(
        _("状态"), max_length=10, choices=ImportState.choices, default=ImportState.QUEUED.value
    )
    failure = models.CharField(_("失败原因"), max_length=60, blank=True, default="")
    failure_values = models.JSONField(_("失败详情"), default=dict, blank=True)
    sheet = models.CharField(_("工作表"), max_length=100, blank=True, default="")
    columns = models.JSONField(_("列"), default=list, blank=True)
    unread = models.JSONField(_("未读取的列"), default=list, blank=True)
    edition = models.PositiveIntegerField(_("核对次数"), default=0)
    total = models.PositiveIntegerField(_("本次行数"), default=0)
    progress = models.PositiveIntegerField(_("已处理行数"), default=0)
    ended_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    cleared_at = models.DateTimeField(_("内容清除时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="failed_import_says_why", condition=~Q(state=ImportState.FAILED.value) | ~Q(failure="")
            ),
            models.CheckConstraint(
                name="ended_import_has_time",
                condition=~Q(state__in=[ImportState.DONE.value, ImportState.DROPPED.value])
                | Q(ended_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="imports_of_an_association", fields=["association_id", "-begun_at"])]
        ordering = ["-begun_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.begun_at:%Y-%m-%d %H:%M}"


class Verdict(models.TextChoices):
    """What importing a row would do."""

    FAULTY = "faulty", _("有问题")
    NEW = "new", _("新增")
    CHANGED = "changed", _("有变化")
    SAME = "same", _("无变化")
    LEFT_OUT = "left_out", _("不导入")


class ImportRow(models.Model):
    """A row of an uploaded table: what it says, what is wrong with it, what came of it.

    ``content`` holds cells, faults and differences as JSON, locked: rolls are full of personal data.
    ``done_at`` is set in the transaction that changed the register; a row is done once.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"))
    of = models.ForeignKey(Import, models.CASCADE, related_name="rows", verbose_name=_("导入"))
    number = models.PositiveIntegerField(_("行号"))
    verdict = models.CharField(_("核对结果"), max_length=8, choices=Verdict.choices)
    has_doubts = models.BooleanField(_("有疑点"), default=False)
    content = EncryptedText(_("内容"))
    record_id = models.CharField(_("记录编号"), max_length=40, blank=True, default="")
    done_at = models.DateTimeField(_("导入时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_row_per_line", fields=["of", "number"]),
            models.CheckConstraint(
                name="done_row_has_record", condition=Q(done_at__isnull=True) | ~Q(record_id="")
            ),
        ]
        indexes = [models.Index(name="import_rows_by_verdict", fields=["of", "verdict", "number"])]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class Turn(models.Model):
    """One row per kind of sheet: whoever holds its lock changes the register, one row of a table at a time."""

    data_kind = "system"

    kind = models.CharField(_("表格种类"), max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.kind
