"""The calendar of announced years: ``keqiao/data/calendars`` and an installation's own folder.

One file per year (``2027.yaml``) announces it. Without a file a year is not announced, whatever a library
estimates.
"""

from keqiao.readers.calendars.contradictions import statutory_days
from keqiao.readers.calendars.folders import announced_years, calendar_of, read_calendar, shipped_calendar
from keqiao.readers.calendars.stated import AnnouncedYear
from keqiao.readers.calendars.year_file import UnsoundCalendar, announced_year

__all__ = [
    "AnnouncedYear",
    "UnsoundCalendar",
    "announced_year",
    "announced_years",
    "calendar_of",
    "read_calendar",
    "shipped_calendar",
    "statutory_days",
]
