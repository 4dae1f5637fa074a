"""Base figures of regions: the denominators of what calls ask for in per cent and per county."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models.regions import Region


class BaseFigure(models.Model):
    """How many of something a region had in a year, and who says so.

    ``kind`` is a key of ``data/vocabulary/base_figures.yaml``, which states the unit of count. A figure is never
    overwritten: a corrected one is a new row, and the old row says when it ceased to count.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="figures", verbose_name=_("区域"))
    kind = models.CharField(_("指标"), max_length=40)
    year = models.PositiveSmallIntegerField(_("年份"))
    value = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)
    source = models.CharField(_("来源"), max_length=120)
    entered_at = models.DateTimeField(_("录入时间"))
    corrected_at = models.DateTimeField(_("更正时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_figure_counts_per_year",
                fields=["region", "kind", "year"],
                condition=Q(corrected_at__isnull=True),
            ),
            models.CheckConstraint(name="figure_is_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(name="figure_year_is_one", condition=Q(year__gte=1949, year__lte=2200)),
            models.CheckConstraint(
                name="figure_is_corrected_after_it_was_entered",
                condition=Q(corrected_at__isnull=True) | Q(corrected_at__gte=F("entered_at")),
            ),
        ]
        ordering = ["kind", "-year", "-entered_at"]

    def __str__(self) -> str:
        return f"{self.region} {self.kind} {self.year}: {self.value}"
