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
    WECOM = "wecom", _("企业微信")


OUTSIDE = (Channel.MAIL, Channel.SMS, Channel.WECOM)
"""The channels that leave the site."""


class MessageState(models.TextChoices):
    """How far a message has come. A message in the site is sent as soon as it is queued.

    Nobody knows of one that is ``unsure`` whether it went: the connection or the worker broke off between the last
    word and the answer. The program does not send it again; a person looks and decides.
    """

    REVIEW = "review", _("待审发")
    QUEUED = "queued", _("待发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")
    CANCELLED = "cancelled", _("已取消")
    UNSURE = "unsure", _("是否送达不明")


OPEN_STATES = (MessageState.REVIEW, MessageState.QUEUED)
"""States in which something still happens to a message by itself or by an officer's release."""


class Message(models.Model):
    """One message to one recipient over one channel.

    The words come from the template when they are needed; the row keeps code and variables. ``about`` names
    the case as values, because cases live in rooms above; ``encloses`` the papers that go with a mail, as pairs of
    kind and id. ``association_id`` is in whose name it goes: nobody's for what concerns an account. After ``until``
    it would be about a phase that is over, and does not go.

    While a worker sends it, the row is leased: ``leased_until`` lies ahead, and no other worker takes it. The moment
    before the last word is said to a server stands in ``on_wire_at``, committed: a row that has it and no outcome may
    have gone. ``parts_sent`` counts the parts of a long message that a channel took.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("防重标识"), max_length=120, unique=True)
    channel = models.CharField(_("渠道"), max_length=6, choices=Channel.choices)
    association_id = models.UUIDField(_("科协"), null=True, blank=True)
    recipient_id = models.UUIDField(_("收件人"), null=True, blank=True)
    address = models.CharField(_("收件地址或号码"), max_length=254, blank=True, default="")
    template = models.CharField(_("模板"), max_length=60)
    variables = models.JSONField(_("变量"), default=dict, blank=True)
    language = models.CharField(_("语言"), max_length=10)
    about_kind = models.CharField(_("对象类别"), max_length=64, blank=True, default="")
    about_id = models.CharField(_("对象编号"), max_length=64, blank=True, default="")
    in_reply_to = models.CharField(_("所答复邮件的标识"), max_length=250, blank=True, default="")
    encloses = models.JSONField(_("附件"), default=list, blank=True)
    state = models.CharField(
        _("状态"), max_length=9, choices=MessageState.choices, default=MessageState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    queued_at = models.DateTimeField(_("入队时间"))
    due_at = models.DateTimeField(_("应发时间"))
    until = models.DateTimeField(_("过时不发"), null=True, blank=True)
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    on_wire_at = models.DateTimeField(_("交出时间"), null=True, blank=True)
    parts_sent = models.PositiveSmallIntegerField(_("已发段数"), default=0)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    fault = models.CharField(_("失败原因"), max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_has_where_to_go",
                condition=Q(channel=Channel.IN_APP.value, recipient_id__isnull=False)
                | (Q(channel__in=[channel.value for channel in OUTSIDE]) & ~Q(address="")),
            ),
            models.CheckConstraint(
                name="settled_message_says_when",
                condition=Q(state__in=[state.value for state in OPEN_STATES], settled_at__isnull=True)
                | (~Q(state__in=[state.value for state in OPEN_STATES]) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="message_on_wire_left_the_site",
                condition=Q(on_wire_at__isnull=True)
                | (~Q(channel=Channel.IN_APP.value) & ~Q(state=MessageState.REVIEW.value)),
            ),
        ]
        indexes = [
            models.Index(
                name="messages_to_send", fields=["due_at"], condition=Q(state=MessageState.QUEUED.value)
            ),
            models.Index(name="messages_of_a_recipient", fields=["recipient_id", "channel", "-queued_at"]),
            models.Index(name="messages_of_an_association", fields=["association_id", "state", "-queued_at"]),
            models.Index(name="messages_about_a_case", fields=["about_kind", "about_id"]),
        ]
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"{self.template} {self.get_state_display()}"
