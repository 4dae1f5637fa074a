"""Look up base figures of regions: the year asked for, else the nearest one, always with its year and source."""

from collections.abc import Collection

from django.db.models import QuerySet

from keqiao.web.parties.models import BaseFigure, Region


def figures_of(region: Region) -> QuerySet[BaseFigure]:
    """Return all figures of a region under its code, corrected ones too, by kind, latest year and entry first."""
    rows = BaseFigure.objects.filter(region__code=region.code)
    return rows.order_by("kind", "-year", "-entered_at")


def figure_near(code: str, kind: str, year: int) -> BaseFigure | None:
    """Return the figure of a region code nearest to ``year``; of two as near the earlier, which was known then."""
    return figures_near([code], kind, year).get(code)


def figures_near(codes: Collection[str], kind: str, year: int) -> dict[str, BaseFigure]:
    """Return for region codes the figure of ``kind`` nearest to ``year``, in one query. Codes without one are left out.

    The caller shows the year it got: a share of residents of another year is an estimate.
    """
    rows = BaseFigure.objects.filter(region__code__in=codes, kind=kind, corrected_at__isnull=True)
    found: dict[str, BaseFigure] = {}
    for row in rows.select_related("region"):
        held = found.get(row.region.code)
        if held is None or _distance(row, year) < _distance(held, year):
            found[row.region.code] = row
    return found


def _distance(figure: BaseFigure, year: int) -> tuple[int, int]:
    return abs(figure.year - year), figure.year
