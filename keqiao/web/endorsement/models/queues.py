"""The queue of one endorsing unit at one stage of one chain of a call, and its places."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Association, Organisation
from keqiao.web.programmes.models import Call, Revision


class Queue(models.Model):
    """What one endorsing unit (``taker``) has before it at one ``stage`` of one ``chain`` of a call (推荐队列).

    ``association`` runs the call. ``node`` is the category that states the chain ("": the call itself): the quota
    counts over everything below it. ``co_signing`` are the words of the call for the body that has to agree to the
    list ("": nobody); ``co_signer`` is that body as far as it is known. ``quota`` and ``deadline_at`` come from the
    call; an officer may settle others.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    node = models.CharField(_("类别标识"), max_length=80, blank=True, default="")
    chain = models.CharField(_("上报链"), max_length=80)
    stage = models.PositiveSmallIntegerField(_("环节"))
    taker = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("推荐单位"))
    co_signing = models.CharField(_("会签"), max_length=120, blank=True, default="")
    co_signer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("会签单位")
    )
    quota = models.PositiveSmallIntegerField(_("名额"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("上报截止时间"), null=True, blank=True)
    is_ranked = models.BooleanField(_("须排序"), default=False)
    opened_at = models.DateTimeField(_("开始时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_queue_per_stage_and_taker", fields=["call", "chain", "stage", "taker"]
            ),
            models.CheckConstraint(name="queue_stage_starts_at_one", condition=Q(stage__gte=1)),
            models.CheckConstraint(
                name="queue_co_signer_only_where_one_signs",
                condition=Q(co_signer__isnull=True) | ~Q(co_signing=""),
            ),
        ]
        indexes = [models.Index(name="queues_of_a_taker", fields=["taker", "call"])]
        ordering = ["call_id", "chain", "stage"]

    def __str__(self) -> str:
        return f"{self.taker} {self.chain}"


class Seat(models.Model):
    """One place of a quota. As many rows as the quota says: what has no place cannot be forwarded."""

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="seats", verbose_name=_("推荐队列"))
    number = models.PositiveSmallIntegerField(_("序号"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_seat_per_number", fields=["queue", "number"]),
            models.CheckConstraint(name="seat_number_starts_at_one", condition=Q(number__gte=1)),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.queue} {self.number}"
