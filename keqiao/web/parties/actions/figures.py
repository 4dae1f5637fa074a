"""Enter base figures of regions. A corrected figure is a new row; the old one says when it ceased to count."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.readers.base_figures import figure_kinds
from keqiao.web.audit import log
from keqiao.web.parties.actions.writing import save_new
from keqiao.web.parties.models import BaseFigure, Region
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.sentences import at_field


@dataclass(frozen=True)
class NewFigure:
    """How many of ``kind`` (a key of the vocabulary, which states the unit) ``region`` had in ``year``."""

    region: Region
    kind: str
    year: int
    value: Decimal
    source: str


@transaction.atomic
def enter_figure(wanted: NewFigure, *, actor: log.Actor | None, role: str, at: datetime) -> BaseFigure:
    """Enter a figure; it counts instead of the one entered before for the same year. The same again changes nothing.

    Raises:
        ValidationError: an unknown kind, a fraction of what is counted whole, or a year to come.
    """
    _check(wanted, local_day(at).year)
    Region.objects.select_for_update().get(pk=wanted.region.pk)
    before = BaseFigure.objects.filter(
        region__code=wanted.region.code, kind=wanted.kind, year=wanted.year, corrected_at__isnull=True
    ).first()
    if before and (before.value, before.source) == (wanted.value, wanted.source):
        return before
    if before:
        before.corrected_at = at
        before.save(update_fields=["corrected_at"])
    made = BaseFigure(
        region=wanted.region,
        kind=wanted.kind,
        year=wanted.year,
        value=wanted.value,
        source=wanted.source,
        entered_at=at,
    )
    save_new(made)
    data = {"figure": str(made.pk), "kind": made.kind, "year": made.year}
    chain = log.Chain("parties.region", wanted.region.code)
    log.record("figure_entered", chain, actor=actor, role=role, at=at, data=data)
    return made


def _check(wanted: NewFigure, this_year: int) -> None:
    kind = figure_kinds().get(wanted.kind)
    if kind is None:
        raise at_field("kind", _("没有这项指标。"), "figure.kind_unknown")
    if kind.is_whole and wanted.value != wanted.value.to_integral_value():
        raise at_field("value", _("该指标应为整数。"), "figure.not_whole")
    if wanted.year > this_year:
        raise at_field("year", _("年份不能晚于今年。"), "figure.year_to_come")
