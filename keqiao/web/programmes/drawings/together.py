"""The drawings of a draft, put together once."""

from dataclasses import dataclass

from keqiao.core.programme import Programme
from keqiao.core.workdays import Calendar
from keqiao.web.programmes.drawings.bundles import BundleShown, bundles_shown
from keqiao.web.programmes.drawings.chains import ChainShown, chains_shown
from keqiao.web.programmes.drawings.money_plan import MoneyPlan, money_plan
from keqiao.web.programmes.drawings.timetable import DayShown, timetable_shown


@dataclass(frozen=True, slots=True)
class Drawings:
    """Money, bundles, endorsement and days of one definition."""

    money: MoneyPlan
    bundles: tuple[BundleShown, ...]
    chains: tuple[ChainShown, ...]
    days: tuple[DayShown, ...]


def drawings_of(programme: Programme, calendar: Calendar) -> Drawings:
    """Return the drawings of a definition; ``calendar`` are the working days of the association."""
    return Drawings(
        money_plan(programme),
        bundles_shown(programme),
        chains_shown(programme),
        timetable_shown(programme, calendar),
    )
