"""Periods of dated rows: from and until are days, both included; an open end is None."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Period(models.Model):
    """A row that holds from one day until another. Rows are ended, never overwritten."""

    valid_from = models.DateField(_("起始日期"))
    valid_until = models.DateField(_("截止日期"), null=True, blank=True)

    class Meta:
        abstract = True


def in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it begins."""
    ordered = Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
    return models.CheckConstraint(name=name, condition=ordered)


def on_day(day: date, prefix: str = "") -> Q:
    """Return what picks the rows that hold on ``day``; ``prefix`` leads over a relation (``ties__``)."""
    condition: dict[str, Any] = {f"{prefix}valid_from__lte": day}
    open_end = Q(**{f"{prefix}valid_until__isnull": True})
    return Q(**condition) & (open_end | Q(**{f"{prefix}valid_until__gte": day}))


def reaching(day: date) -> Q:
    """Return what picks the rows that have not ended before ``day``."""
    return Q(valid_until__isnull=True) | Q(valid_until__gte=day)
