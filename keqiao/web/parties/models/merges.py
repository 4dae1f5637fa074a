"""Merges of parties that were registered twice, and pairs that somebody has looked at and found to be two."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models.parties import Party


class Merge(models.Model):
    """That ``gone`` is the same as ``kept``. The row of the one that is gone stays and points to the other.

    ``moved`` holds, for each column that points to parties, the ids of the rows that were turned from ``gone`` to
    ``kept``, how many ``kept`` had before, and what it took over: enough to undo it. Why, the event says.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Party, models.PROTECT, related_name="merges", verbose_name=_("保留"))
    gone = models.ForeignKey(Party, models.PROTECT, related_name="merges_away", verbose_name=_("并入"))
    moved = models.JSONField(_("转移的记录"), default=dict, blank=True)
    merged_at = models.DateTimeField(_("合并时间"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="merge_joins_two_parties", condition=~Q(kept=F("gone"))),
            models.UniqueConstraint(
                name="a_party_is_merged_away_once", fields=["gone"], condition=Q(undone_at__isnull=True)
            ),
        ]
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return f"{self.gone} > {self.kept}"


class DistinctPair(models.Model):
    """Two parties that look alike and are two, as somebody has found. ``first`` has the smaller id."""

    data_kind = "shared"

    first = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    second = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    said_at = models.DateTimeField(_("确认时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_pair_is_told_apart_once", fields=["first", "second"]),
            models.CheckConstraint(name="smaller_id_first", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
