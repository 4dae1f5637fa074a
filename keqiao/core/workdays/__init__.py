"""Working days, deadlines and notice periods on the State Council's calendar. Nothing here reads a clock."""

from keqiao.core.workdays.calendar import (
    Calendar,
    DayNote,
    Override,
    Why,
    YearNotPublished,
    days_from,
    days_off_less_worked,
    is_weekend,
)
from keqiao.core.workdays.count import (
    is_working_day,
    next_working_day,
    nth_working_day,
    nth_working_day_back,
    working_day_after,
    working_days,
    working_days_left,
)
from keqiao.core.workdays.daybyday import CountedDay, Standing, day_by_day
from keqiao.core.workdays.deadlines import SHANGHAI, in_shanghai, is_in_time, last_moment, shanghai_day
from keqiao.core.workdays.notices import check_notice, full_notice_end, latest_posting, notice_end
from keqiao.core.workdays.publicity import (
    Closing,
    Noticed,
    NoticeRuns,
    Objection,
    PublicNotice,
    closing,
    standings,
)
from keqiao.core.workdays.terms import DayKind, Period, Suspension, Term, counted_days, term_end
from keqiao.core.workdays.typed import NotADay, parse_day, parse_days

__all__ = [
    "SHANGHAI",
    "Calendar",
    "Closing",
    "CountedDay",
    "DayKind",
    "DayNote",
    "NotADay",
    "NoticeRuns",
    "Noticed",
    "Objection",
    "Override",
    "Period",
    "PublicNotice",
    "Standing",
    "Suspension",
    "Term",
    "Why",
    "YearNotPublished",
    "check_notice",
    "closing",
    "counted_days",
    "day_by_day",
    "days_from",
    "days_off_less_worked",
    "full_notice_end",
    "in_shanghai",
    "is_in_time",
    "is_weekend",
    "is_working_day",
    "last_moment",
    "latest_posting",
    "next_working_day",
    "notice_end",
    "nth_working_day",
    "nth_working_day_back",
    "parse_day",
    "parse_days",
    "shanghai_day",
    "standings",
    "term_end",
    "working_day_after",
    "working_days",
    "working_days_left",
]
