"""What was judged when a project was closed: each target with its number and the records it was counted from."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.targets import Progress
from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association, Organisation

PROGRESSES = sorted(progress.value for progress in Progress)


class Snapshot(models.Model):
    """The judgement of one project on the day ``on``. Never changed; closed again, a project has another one.

    ``definition_digest`` is that of the definition that states the targets, ``setting`` what they were judged against
    (term, areas, figures, promises), ``digest`` that of all of it with its lines.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("承担单位"))
    project_kind = models.CharField(_("项目种类"), max_length=20)
    project_id = models.UUIDField(_("项目"))
    number = models.PositiveSmallIntegerField(_("次"))
    on = models.DateField(_("截至"))
    progress = models.CharField(_("总体进度"), max_length=8)
    setting = models.JSONField(_("计算依据"), default=dict, blank=True)
    definition_digest = models.CharField(_("通知摘要"), max_length=64)
    digest = models.CharField(_("摘要"), max_length=64)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("固定人")
    )
    taken_at = models.DateTimeField(_("固定时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="snapshot_number_once_in_a_project", fields=["project_kind", "project_id", "number"]
            ),
            models.CheckConstraint(name="snapshot_progress_is_known", condition=Q(progress__in=PROGRESSES)),
        ]
        ordering = ["project_kind", "project_id", "-number"]

    def __str__(self) -> str:
        return f"{self.project_kind} {self.project_id} {self.on}"


class SnapshotLine(models.Model):
    """One target as it was judged. Numbers are exact, as text: ``3`` or ``7/2``.

    ``facts`` are the ids of the records that counted, each with the digest of its content; ``nearly`` those that nearly
    did, each with the codes of the reasons; ``groups`` the groups that each had to reach it.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, related_name="lines", verbose_name=_("指标完成情况")
    )
    position = models.PositiveSmallIntegerField(_("顺序"))
    target = models.CharField(_("指标编号"), max_length=80)
    metric = models.TextField(_("指标"))
    unit = models.TextField(_("单位"), blank=True, default="")
    comparator = models.CharField(_("比较"), max_length=4)
    threshold = models.CharField(_("目标值"), max_length=120)
    value = models.CharField(_("完成值"), max_length=120, blank=True, default="")
    shortfall = models.CharField(_("差额"), max_length=120, blank=True, default="")
    progress = models.CharField(_("进度"), max_length=8)
    due = models.DateField(_("期限"), null=True, blank=True)
    facts = models.JSONField(_("计入的记录"), default=dict, blank=True)
    nearly = models.JSONField(_("未计入的记录"), default=dict, blank=True)
    groups = models.JSONField(_("分组"), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_line_per_target", fields=["snapshot", "target"]),
            models.CheckConstraint(
                name="snapshot_line_progress_is_known", condition=Q(progress__in=PROGRESSES)
            ),
        ]
        ordering = ["snapshot", "position"]

    def __str__(self) -> str:
        return self.metric
