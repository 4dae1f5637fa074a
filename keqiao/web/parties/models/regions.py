"""Regions: a tree of dated rows, because counties are renamed, merged and given new codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.periods import Period, in_order


class RegionLevel(models.TextChoices):
    """How high a region stands, and an organisation with it."""

    NATION = "nation", _("国家级")
    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇（街道）级")


class Region(Period):
    """An area. ``code`` is that of GB/T 2260, or a local one where the standard has none.

    Zones (开发区, 高新区, 示范区) are local nodes: they hang under the region that runs them, and their
    code is the parent's with a letter behind it (``411700-G1``).
    """

    data_kind = "shared"

    code = models.CharField(_("代码"), max_length=12)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=RegionLevel.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级区域")
    )
    is_local = models.BooleanField(_("地方节点"), default=False)
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="region_code_begins_once_a_day", fields=["code", "valid_from"]),
            models.UniqueConstraint(
                name="one_region_in_force_per_code",
                fields=["code"],
                condition=models.Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="region_is_not_its_own_parent", condition=~models.Q(parent=models.F("id"))
            ),
            in_order("region_period_in_order"),
        ]
        indexes = [models.Index(name="region_by_code", fields=["code"])]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
