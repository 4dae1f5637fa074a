"""What an association decides about its messages. Where it has decided nothing, the data of the message holds."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7, 30)
"""When no text messages go where an association has not set other hours."""


class SendingRule(models.Model):
    """How an association sends one kind of message: by itself or after a look, and over which channels outside."""

    data_kind = "owned"

    association_id = models.UUIDField(_("科协"))
    template = models.CharField(_("消息类别"), max_length=60)
    is_reviewed = models.BooleanField(_("发送前由工作人员审核"))
    channels = models.JSONField(_("渠道"), default=list)
    to_group = models.BooleanField(_("同时发到企业微信群"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sending_rule_per_kind", fields=["association_id", "template"]),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.association_id}"


class QuietHours(models.Model):
    """Between these hours (Asia/Shanghai) an association sends no text and no WeCom messages; equal: never quiet."""

    data_kind = "owned"

    association_id = models.UUIDField(_("科协"), primary_key=True)
    begins = models.TimeField(_("静默开始"), default=QUIET_FROM)
    ends = models.TimeField(_("静默结束"), default=QUIET_UNTIL)

    def __str__(self) -> str:
        return f"{self.begins:%H:%M} – {self.ends:%H:%M}"
