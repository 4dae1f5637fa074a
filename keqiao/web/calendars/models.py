"""Tables of the room: local days off or worked, and years loaded here. Changed only by ``actions``."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association


class Override(models.Model):
    """Days that are worked or not for one association, whatever the State's notice says.

    Holds from ``first`` to ``last``, both included. ``source`` names the document behind it with its number.
    Never deleted and never changed: what was wrong is taken back with a reason, and entered anew.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    first = models.DateField(_("起始日期"))
    last = models.DateField(_("截止日期"))
    works = models.BooleanField(_("当天上班"))
    reason = models.CharField(_("事由"), max_length=100)
    source = models.CharField(_("依据文件及文号"), max_length=200, blank=True, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("依据文件")
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    entered_at = models.DateTimeField(_("登记时间"))
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤回人")
    )
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    taken_back_reason = models.CharField(_("撤回理由"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="override_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="override_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_taking_back_is_whole",
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_reason="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                name="overrides_in_force", fields=["association", "first"], condition=Q(taken_back_at=None)
            )
        ]
        ordering = ["first", "entered_at"]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}" if self.last > self.first else str(self.first)


class CountedDays(models.Model):
    """The days of an override in force: all that others may know of it, since everybody counts by it.

    Written and taken away with the override, by its two acts; ``verify`` compares them.
    """

    data_kind = "owned"

    override = models.OneToOneField(
        Override, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("本地安排")
    )
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    first = models.DateField(_("起始日期"))
    last = models.DateField(_("截止日期"))
    works = models.BooleanField(_("当天上班"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="counted_days_in_order", condition=Q(last__gte=F("first"))),
        ]
        ordering = ["first"]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class Edition(models.Model):
    """Tells one state of an association's overrides from every other; its row lock lets one act change them.

    Not a counter: a number given out in a transaction that was rolled back would name two states.
    """

    data_kind = "owned"

    association = models.OneToOneField(
        Association, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("科协")
    )
    version = models.UUIDField(_("版本"), default=uuid.uuid4)

    def __str__(self) -> str:
        return f"{self.association_id} {self.version}"


class LoadedYear(models.Model):
    """The file of a year as an administrator loaded it. The highest ``number`` of a year holds.

    Wins over the year that ships with the product. ``digest`` is the SHA-256 (hexadecimal) of ``content``.
    Rows stay: an amended notice is a further row.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("年份"))
    number = models.PositiveIntegerField(_("版次"))
    notice = models.CharField(_("放假通知文号"), max_length=200)
    content = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    loaded_at = models.DateTimeField(_("录入时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_loaded_year_per_number", fields=["year", "number"]),
            models.CheckConstraint(name="loaded_year_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="loaded_year_names_its_notice", condition=~Q(notice="")),
        ]
        ordering = ["year", "number"]

    def __str__(self) -> str:
        return f"{self.year} #{self.number} {self.notice}"
