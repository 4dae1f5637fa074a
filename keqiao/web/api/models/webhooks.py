"""Addresses of other programs that are told what happens, and what was told them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Organisation
from keqiao.web.privacy.fields import EncryptedText


class Webhook(models.Model):
    """An address of a program of ``organisation`` (推送地址), told of the ``kinds`` that it chose.

    It belongs to the organisation, not to ``made_by``. ``failing_since`` is the first failure that no success has
    followed, ``rests_until`` when the next delivery may try. ``stopped_at`` ends it for good, and its secret goes;
    ``disabled_at`` was set by the program after long failure, and people take it back.
    """

    data_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("所属单位")
    )
    name = models.CharField(_("用途"), max_length=60)
    url = models.CharField(_("推送地址"), max_length=400)
    kinds = models.JSONField(_("推送的事项"), default=list)
    secret = EncryptedText(_("签名密钥"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("设置人"))
    made_at = models.DateTimeField(_("创建时间"))
    failing_since = models.DateTimeField(_("连续失败始于"), null=True, blank=True)
    rests_until = models.DateTimeField(_("暂停至"), null=True, blank=True)
    disabled_at = models.DateTimeField(_("自动停推时间"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="webhook_is_https", condition=Q(url__startswith="https://")),
            models.CheckConstraint(
                name="webhook_keeps_its_secret_while_it_is_there",
                condition=Q(stopped_at__isnull=True) ^ Q(secret=""),
            ),
        ]
        indexes = [
            models.Index(
                name="webhooks_to_tell",
                fields=["organisation"],
                condition=Q(stopped_at__isnull=True, disabled_at__isnull=True),
            )
        ]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far a delivery has come. ``unsure``: given up, and one of the attempts may have arrived."""

    QUEUED = "queued", _("待推送")
    SENT = "sent", _("已送达")
    FAILED = "failed", _("推送失败")
    UNSURE = "unsure", _("是否送达不明")


STATE_WORDS = {state.value: state.label for state in DeliveryState}


class Delivery(models.Model):
    """One thing that happened, told to one address (推送). Its id is the ``webhook-id``: the same at each attempt.

    ``body`` is signed as it stands. The row is leased while it is sent; ``on_wire_at`` is committed right before the
    request goes, so that a row without outcome tells whether it may have gone. ``association_id`` is whose case it is
    about; ``scope.INSTALLATION`` for a trial by a unit.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"))
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    organisation_id = models.UUIDField(_("所属单位"))
    kind = models.CharField(_("事项"), max_length=40)
    body = models.TextField(_("内容"))
    state = models.CharField(
        _("状态"), max_length=6, choices=DeliveryState.choices, default=DeliveryState.QUEUED.value
    )
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    may_have_gone = models.BooleanField(_("可能已送达"), default=False)
    queued_at = models.DateTimeField(_("入队时间"))
    due_at = models.DateTimeField(_("应推时间"))
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    on_wire_at = models.DateTimeField(_("交出时间"), null=True, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    fault = models.CharField(_("最近的问题"), max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settled_delivery_says_when",
                condition=Q(state=DeliveryState.QUEUED.value) ^ Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=[each.value for each in DeliveryState])
            ),
        ]
        indexes = [
            models.Index(
                name="deliveries_to_make", fields=["due_at"], condition=Q(state=DeliveryState.QUEUED.value)
            ),
            models.Index(name="deliveries_of_a_webhook", fields=["webhook", "-queued_at"]),
            models.Index(name="deliveries_by_age", fields=["settled_at"]),
        ]
        ordering = ["-queued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"
