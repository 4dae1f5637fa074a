"""When the stages after the formal check act: counted from the days of the calls that are open when the play begins."""

from datetime import datetime
from typing import Any

from keqiao.core.programme import effective
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.eligibility.calls import ready_calls
from keqiao.web.eligibility.queries import offers_open
from keqiao.web.season.drawing.timetable import CallDays, Timetable, draw_timetable


def timetable_of(association: Any, at: datetime) -> Timetable:
    """Return the moments of the season of an association that is played at ``at``."""
    return draw_timetable(at, _days(association, at), calendar_for(association.pk))


def _days(association: Any, at: datetime) -> CallDays:
    offers = list(offers_open(at).filter(call__association=association))
    calls = ready_calls(frozenset(offer.call_id for offer in offers))
    stated = [
        effective(calls[each.call_id].programme, calls[each.call_id].path(each.node)) for each in offers
    ]
    return CallDays(
        {each.deadline.fact.on for each in stated if each.deadline is not None},
        {each.completion.fact.on for each in stated if each.completion is not None},
    )
