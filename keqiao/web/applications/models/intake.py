"""How a call takes applications in: grace and numbers; and the rows that are locked so that limits hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call

MOST_GRACE_SECONDS = 24 * 60 * 60


class Intake(models.Model):
    """What an officer states of one call, or of all calls of the association (``call`` empty), about taking in.

    ``grace_seconds`` are let in after a deadline, shown on the call and written down at each use.
    ``number_pattern`` may hold {mark} {call} {year} {category} {number}, {number} as in {number:04}; empty: as the
    association's, or else the program's.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.OneToOneField(
        Call, models.PROTECT, null=True, blank=True, related_name="intake", verbose_name=_("通知")
    )
    grace_seconds = models.PositiveIntegerField(_("宽限（秒）"), default=0)
    number_pattern = models.CharField(_("编号格式"), max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_intake_for_all_calls", fields=["association"], condition=Q(call__isnull=True)
            ),
            models.CheckConstraint(
                name="grace_is_a_day_at_most", condition=Q(grace_seconds__lte=MOST_GRACE_SECONDS)
            ),
        ]

    def __str__(self) -> str:
        return str(self.call or self.association)


class NumberSeries(models.Model):
    """The last number given under one stem (all of the pattern but the number): two calls may share a stem."""

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    stem = models.CharField(_("编号前后缀"), max_length=120)
    last = models.PositiveIntegerField(_("已用序号"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_series_per_stem", fields=["association", "stem"])]

    def __str__(self) -> str:
        return f"{self.stem} {self.last}"


class Guard(models.Model):
    """A row to lock: whoever changes what a unit or person has in hand before an association holds it.

    Locked in the order of ids, so that two acts never wait for each other in a ring.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    party_id = models.UUIDField(_("主体"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_guard_per_party", fields=["association", "party_id"])
        ]

    def __str__(self) -> str:
        return str(self.party_id)
