"""What every line of a register says about itself: whose it is, where it is known from, who entered it when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association


class Entered(models.Model):
    """A line of a register of one association.

    ``entered_by`` is empty where the program itself wrote it (demonstration, generated data).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        abstract = True


class TakenBack(Entered):
    """A line that can be taken back, with a reason, when it was entered by mistake. It stays, and counts no more."""

    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    taken_back_reason = models.CharField(_("撤回理由"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True


IN_USE = Q(taken_back_at=None)
"""Picks the lines that count."""


def taking_back_is_whole(name: str) -> models.CheckConstraint:
    """Return the constraint that a line is taken back with a reason, or not at all."""
    whole = Q(taken_back_at=None, taken_back_reason="") | (
        Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")
    )
    return models.CheckConstraint(name=name, condition=whole)


class Step(Entered):
    """One dated step in the life of a line: which act, the state it led to, from which day, why.

    Only ever added. ``on`` is the day from which it counts, which may lie before the day it was entered.
    """

    number = models.PositiveSmallIntegerField(_("序号"))
    act = models.CharField(_("事项"), max_length=24)
    state = models.CharField(_("状态"), max_length=12)
    on = models.DateField(_("生效日期"))
    basis = models.CharField(_("依据"), max_length=200, blank=True, default="")
    reason = models.CharField(_("理由"), max_length=400, blank=True, default="")

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.on}"


def one_of(name: str, first: str, second: str) -> models.CheckConstraint:
    """Return the constraint that exactly one of two references is given."""
    only_first = Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
    only_second = Q(**{f"{first}__isnull": True, f"{second}__isnull": False})
    return models.CheckConstraint(name=name, condition=only_first | only_second)
