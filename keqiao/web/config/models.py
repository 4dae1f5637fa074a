"""Signs of life of the workers, and what kind of installation this is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerBeat(models.Model):
    """The last sign of life of one worker, in the database's time. A worker that stops takes its row away."""

    data_kind = "system"

    worker_id = models.CharField(_("后台进程"), max_length=64, primary_key=True)
    beat_at = models.DateTimeField(_("最近心跳"))

    def __str__(self) -> str:
        return f"{self.worker_id} {self.beat_at:%Y-%m-%d %H:%M:%S}"


class InstallationKind(models.TextChoices):
    """What an installation is for."""

    REAL = "real", _("正式使用")
    DEMONSTRATION = "demonstration", _("演示")


class Installation(models.Model):
    """One row: the kind of this installation, said at its first start and kept for good."""

    data_kind = "system"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(_("用途"), max_length=13, choices=InstallationKind.choices)
    marked_at = models.DateTimeField(_("首次启动"))
    backed_up_at = models.DateTimeField(_("最近备份"), null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_installation", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.kind
