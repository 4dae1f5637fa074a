"""What people decide about the messages they get."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.notifications.models.messages import OUTSIDE


class Choice(models.Model):
    """Whether somebody wants one kind of message over one channel. Without a row: by mail, and not otherwise."""

    data_kind = "system"

    account_id = models.UUIDField(_("账号"))
    template = models.CharField(_("消息类别"), max_length=60)
    channel = models.CharField(
        _("渠道"), max_length=6, choices=[(channel.value, channel.label) for channel in OUTSIDE]
    )
    is_wanted = models.BooleanField(_("接收"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_choice_per_kind_and_channel", fields=["account_id", "template", "channel"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.channel}"


class WecomName(models.Model):
    """By what name WeCom knows the holder of an account. Used once a code sent to that name has come back."""

    data_kind = "system"

    account_id = models.UUIDField(_("账号"), primary_key=True)
    member = models.CharField(_("企业微信账号"), max_length=64)
    code_digest = models.CharField(_("验证码摘要"), max_length=64, blank=True, default="")
    asked_at = models.DateTimeField(_("索取验证码时间"))
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="wecom_name_is_there", condition=~Q(member="")),
        ]

    def __str__(self) -> str:
        return self.member


class CalendarAddress(models.Model):
    """The secret address of somebody's calendar: a new row is a new address, and the old one opens nothing."""

    data_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.UUIDField(_("账号"), unique=True)
    made_at = models.DateTimeField(_("生成时间"))

    def __str__(self) -> str:
        return str(self.pk)
