"""Tables of the room: regulations of an association, and their versions. Changed only by ``actions``."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association


class Regulation(models.Model):
    """A regulation in the library of an association: its name, and who issued it (``issued_by``, names)."""

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    title = models.CharField(_("名称"), max_length=200)
    issued_by = models.JSONField(_("制定机关"), default=list, blank=True)
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_regulation_per_title", fields=["association", "title"]),
            models.CheckConstraint(name="regulation_has_title", condition=~Q(title="")),
        ]
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """A regulation as it stood at one time, with its basic requirements in the office's own words.

    ``requirements`` hold for all; ``by_kind`` lists ``{"of": kind of unit, "items": [...]}``. ``in_force_from``
    and ``in_force_until`` are days, both included; None: not stated, or still in force. A version that a call
    refers to is not changed any more; a correction is a further version.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, related_name="versions", verbose_name=_("规章")
    )
    number = models.PositiveIntegerField(_("版次"))
    document_number = models.CharField(_("文号"), max_length=80, blank=True, default="")
    label = models.CharField(_("版本名称"), max_length=60, blank=True, default="")
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    in_force_until = models.DateField(_("停止施行日期"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    requirements = models.JSONField(_("基本要求"), default=list, blank=True)
    by_kind = models.JSONField(_("分类要求"), default=list, blank=True)
    note = models.CharField(_("备注"), max_length=400, blank=True, default="")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_version_of_a_regulation_per_number", fields=["regulation", "number"]
            ),
            models.CheckConstraint(name="regulation_version_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="regulation_in_force_in_order",
                condition=Q(in_force_from=None)
                | Q(in_force_until=None)
                | Q(in_force_until__gte=F("in_force_from")),
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.label or f"#{self.number}"

    @property
    def reference(self) -> str:
        """How a definition names this version (``Regulation.library``): id of the regulation and number."""
        return f"{self.regulation_id}@{self.number}"
