"""Base figures of the demonstration: the denominators that its calls name. The numbers are rounded and for show."""

from datetime import datetime
from decimal import Decimal

from keqiao.web.parties import actions
from keqiao.web.parties.figures import figure_near
from keqiao.web.parties.queries import local_day, region_on

SOURCE = "演示数据"
YEAR = 2022
FIGURES = {
    "410000": {"population": 98_700_000, "counties": 158},
    "411200": {"population": 2_030_000, "counties": 6, "farming_townships": 62},
    "411202": {"population": 330_000},
    "411221": {"population": 310_000, "farming_townships": 12},
    "430000": {"population": 66_000_000, "counties": 122},
    "370800": {"population": 8_290_000, "counties": 11},
    "640100": {"population": 2_890_000, "counties": 6},
}
"""By region code and kind. 三门峡 has six counties, as its call reckons (6 × 4 sessions)."""


def load_figures(at: datetime, role: str) -> None:
    """Enter the figures of the regions that are set up, once."""
    for code, known in FIGURES.items():
        region = region_on(code, local_day(at))
        if region is None:
            continue
        for kind, value in known.items():
            if figure_near(code, kind, YEAR) is None:
                wanted = actions.NewFigure(region, kind, YEAR, Decimal(value), SOURCE)
                actions.enter_figure(wanted, actor=None, role=role, at=at)
