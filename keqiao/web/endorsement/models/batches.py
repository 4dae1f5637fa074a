"""What an endorsing unit forwards as one act: the list, frozen, and the place that each of its lines holds."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.batch import LIVE, BatchState
from keqiao.web.accounts.models import User
from keqiao.web.endorsement.models.passages import Endorsement, Passage
from keqiao.web.endorsement.models.queues import Queue, Seat
from keqiao.web.parties.models import Association

BATCH_WORDS = {
    BatchState.PROPOSED: _("待会签"),
    BatchState.AGREED: _("已会签"),
    BatchState.REFUSED: _("会签未通过"),
    BatchState.VOID: _("已作废"),
    BatchState.FORWARDED: _("已上报"),
    BatchState.RECALLED: _("已撤回"),
}
STATES = sorted(state.value for state in BatchState)
LIVE_STATES = sorted(state.value for state in LIVE)
SENT = [BatchState.FORWARDED.value, BatchState.RECALLED.value]


class Batch(models.Model):
    """One list of one queue (批次): proposed to the co-signer, or forwarded at once.

    ``digest`` is that of the list: which applications, in which order, with which content and opinion. ``declined``
    counts those that were not recommended and are told so with it.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="batches", verbose_name=_("推荐队列"))
    ordinal = models.PositiveIntegerField(_("批次"))
    state = models.CharField(
        _("状态"), max_length=10, choices=[(state.value, words) for state, words in BATCH_WORDS.items()]
    )
    digest = models.CharField(_("摘要"), max_length=64)
    declined = models.PositiveIntegerField(_("不推荐数"), default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("会签人")
    )
    decided_at = models.DateTimeField(_("会签时间"), null=True, blank=True)
    decision = models.CharField(_("会签意见"), max_length=400, blank=True, default="")
    scan_id = models.UUIDField(_("会签盖章页"), null=True, blank=True)
    forwarded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上报人")
    )
    forwarded_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="batch_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="forwarded_batch_says_when",
                condition=~Q(state__in=SENT) | Q(forwarded_at__isnull=False, forwarded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recalled_batch_says_when",
                condition=Q(state=BatchState.RECALLED.value) ^ Q(recalled_at__isnull=True),
            ),
            models.UniqueConstraint(name="one_batch_per_ordinal", fields=["queue", "ordinal"]),
            models.UniqueConstraint(
                name="one_list_at_the_co_signer", fields=["queue"], condition=Q(state__in=LIVE_STATES)
            ),
        ]
        ordering = ["queue", "-ordinal"]

    def __str__(self) -> str:
        return f"{self.queue} {self.ordinal}"


class BatchLine(models.Model):
    """One application on a list, with its rank and what was said of it.

    ``stands``: it was forwarded with this list, and neither recalled nor withdrawn since. Where the queue has a
    quota (``is_limited``), what stands holds a seat, and each seat is held by one line.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines", verbose_name=_("批次"))
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="lines", verbose_name=_("推荐队列"))
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="lines", verbose_name=_("上报件"))
    rank = models.PositiveIntegerField(_("排序"))
    digest = models.CharField(_("摘要"), max_length=64)
    endorsement = models.ForeignKey(Endorsement, models.PROTECT, related_name="+", verbose_name=_("意见"))
    stands = models.BooleanField(_("有效"), default=False)
    is_limited = models.BooleanField(_("占名额"), default=False)
    seat = models.OneToOneField(
        Seat, models.PROTECT, null=True, blank=True, related_name="line", verbose_name=_("名额")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="line_stands_on_a_list_once", fields=["batch", "passage"]),
            models.UniqueConstraint(name="one_line_per_rank", fields=["batch", "rank"]),
            models.UniqueConstraint(
                name="passage_is_forwarded_once", fields=["queue", "passage"], condition=Q(stands=True)
            ),
            models.CheckConstraint(
                name="forwarded_passage_holds_a_seat",
                condition=Q(stands=False, seat__isnull=True)
                | Q(stands=True, is_limited=True, seat__isnull=False)
                | Q(stands=True, is_limited=False, seat__isnull=True),
            ),
            models.CheckConstraint(name="line_rank_starts_at_one", condition=Q(rank__gte=1)),
        ]
        ordering = ["batch", "rank"]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.rank}"
