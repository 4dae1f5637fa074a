"""What lists, statistics and calendars repeat of published revisions: made by one function, compared by ``verify``."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.models.calls import Call


class Offer(models.Model):
    """What the revision in force of a call offers in one category: a row for search and filters.

    Words stand as the call words them; ``applicants`` and ``themes`` hold codes of the vocabulary between bars
    (``|society|county|``). Amounts in fen per project, ``total_fen`` where all places together can be told for
    this category alone. None: not stated. ``node`` is "" where the call has no categories.
    """

    data_kind = "published"

    call = models.ForeignKey(Call, models.PROTECT, related_name="offers", verbose_name=_("通知"))
    position = models.PositiveIntegerField(_("次序"))
    node = models.CharField(_("类别标识"), max_length=80, blank=True, default="")
    name = models.CharField(_("类别"), max_length=300)
    group = models.CharField(_("上级类别"), max_length=600, blank=True, default="")
    applicants = models.CharField(_("申报单位种类"), max_length=200, blank=True, default="")
    themes = models.CharField(_("主题"), max_length=200, blank=True, default="")
    outcome = models.CharField(_("入选后获得"), max_length=20, blank=True, default="")
    least_fen = models.PositiveBigIntegerField(_("每项最低（分）"), null=True, blank=True)
    most_fen = models.PositiveBigIntegerField(_("每项最高（分）"), null=True, blank=True)
    total_fen = models.PositiveBigIntegerField(_("合计（分）"), null=True, blank=True)
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    opens_at = models.DateTimeField(_("开始受理"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("申报截止"), null=True, blank=True)
    invented = models.BooleanField(_("含演示数据"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_offer_per_category", fields=["call", "node"]),
            models.CheckConstraint(
                name="offer_amounts_in_order",
                condition=Q(least_fen__isnull=True) | Q(most_fen__gte=F("least_fen")),
            ),
        ]
        indexes = [
            models.Index(name="offers_by_amount", fields=["most_fen"]),
            models.Index(name="offers_by_deadline", fields=["call", "deadline_at"]),
        ]
        ordering = ["call", "position"]

    def __str__(self) -> str:
        return self.name


class Portion(models.Model):
    """Money and places of a call, each counted once: of one category, or of several that share them.

    ``categories`` is how many these are; ``applicants`` and ``themes`` are the codes that all of them have. None:
    cannot be told. The rows of a call add up to what it hands out.
    """

    data_kind = "published"

    call = models.ForeignKey(Call, models.PROTECT, related_name="portions", verbose_name=_("通知"))
    position = models.PositiveIntegerField(_("次序"))
    categories = models.PositiveIntegerField(_("类别数"))
    applicants = models.CharField(_("申报单位种类"), max_length=200, blank=True, default="")
    themes = models.CharField(_("主题"), max_length=200, blank=True, default="")
    total_fen = models.PositiveBigIntegerField(_("合计（分）"), null=True, blank=True)
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    invented = models.BooleanField(_("含演示数据"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_portion_per_position", fields=["call", "position"])]
        ordering = ["call", "position"]

    def __str__(self) -> str:
        return f"{self.call} {self.position}"


class Milestone(models.Model):
    """A date of a published call, for calendars: by the node that states it ("": the whole call) and its kind.

    ``changes`` counts the revisions that moved or dropped it, ``changed_at`` is when the last of them was
    published (or the first that stated it). ``dropped``: no longer stated; calendars are told that it is off.
    """

    data_kind = "published"

    class Kind(models.TextChoices):
        OPENS = "opens", _("开始受理")
        DEADLINE = "deadline", _("申报截止")
        COMPLETION = "completion", _("完成时限")

    call = models.ForeignKey(Call, models.PROTECT, related_name="milestones", verbose_name=_("通知"))
    node = models.CharField(_("类别标识"), max_length=80, blank=True, default="")
    kind = models.CharField(_("种类"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("类别"), max_length=300, blank=True, default="")
    on = models.DateField(_("日期"))
    at = models.TimeField(_("时刻"), null=True, blank=True)
    invented = models.BooleanField(_("含演示数据"), default=False)
    changes = models.PositiveIntegerField(_("变动次数"), default=0)
    changed_at = models.DateTimeField(_("变动时间"))
    dropped = models.BooleanField(_("不再规定"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_milestone_per_kind", fields=["call", "node", "kind"]),
        ]
        indexes = [models.Index(name="milestones_by_day", fields=["kind", "on"])]
        ordering = ["call", "on"]

    def __str__(self) -> str:
        return f"{self.call} {self.get_kind_display()}"
