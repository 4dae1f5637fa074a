"""Signs of life of the workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkerBeat(models.Model):
    """The last sign of life of one worker, in the database's time. A worker that stops takes its row away."""

    data_kind = "system"

    worker_id = models.CharField(_("后台进程"), max_length=64, primary_key=True)
    beat_at = models.DateTimeField(_("最近心跳"))

    def __str__(self) -> str:
        return f"{self.worker_id} {self.beat_at:%Y-%m-%d %H:%M:%S}"
