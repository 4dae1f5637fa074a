"""The outbox."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message reaches somebody."""

    IN_APP = "in_app", _("站内")
    MAIL = "mail", _("邮件")
    SMS = "sms", _("短信")


class MessageState(models.TextChoices):
    """How far a message has come. A message in the site is sent as soon as it is queued."""

    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    CANCELLED = "cancelled", _("已取消")


class Message(models.Model):
    """One message to one recipient over one channel.

    The words come from the template when they are needed; the row keeps code and variables. ``about`` names
    the case as values, because cases live in rooms above; ``encloses`` the papers that go with a mail, as pairs of
    kind and id. While a worker sends it, the row is leased: ``leased_until`` lies ahead, and no other worker takes it.
    """

    data_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("防重标识"), max_length=120, unique=True)
    channel = models.CharField(_("渠道"), max_length=6, choices=Channel.choices)
    recipient_id = models.UUIDField(_("收件人"), null=True, blank=True)
    address = models.CharField(_("收件地址或号码"), max_length=254, blank=True, default="")
    template = models.CharField(_("模板"), max_length=60)
    variables = models.JSONField(_("变量"), default=dict, blank=True)
    language = models.CharField(_("语言"), max_length=10)
    about_kind = models.CharField(_("对象类别"), max_length=64, blank=True, default="")
    about_id = models.CharField(_("对象编号"), max_length=64, blank=True, default="")
    encloses = models.JSONField(_("附件"), default=list, blank=True)
    state = models.CharField(
        _("状态"), max_length=9, choices=MessageState.choices, default=MessageState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    queued_at = models.DateTimeField(_("入队时间"))
    due_at = models.DateTimeField(_("应发时间"))
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    fault = models.CharField(_("失败原因"), max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_has_where_to_go",
                condition=Q(channel=Channel.IN_APP.value, recipient_id__isnull=False)
                | (Q(channel__in=[Channel.MAIL.value, Channel.SMS.value]) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="settled_message_says_when",
                condition=Q(state=MessageState.QUEUED.value, settled_at__isnull=True)
                | (~Q(state=MessageState.QUEUED.value) & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                name="messages_to_send", fields=["due_at"], condition=Q(state=MessageState.QUEUED.value)
            ),
            models.Index(name="messages_of_a_recipient", fields=["recipient_id", "channel", "-queued_at"]),
            models.Index(name="messages_about_a_case", fields=["about_kind", "about_id"]),
        ]
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"{self.template} {self.get_state_display()}"
