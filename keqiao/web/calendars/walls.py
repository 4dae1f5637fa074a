"""What crosses associations on PostgreSQL: which days count, by which everybody counts an association's dates.

Why a day is worked or off, on whose word and by which paper (``Override``) stays with the association.
"""

from keqiao.web.walls import Opening

WHY = "deadlines and notices of an association are counted by its calendar, for everybody"

OPENINGS = (
    Opening("calendars.CountedDays", "all", "true", WHY),
    Opening("calendars.Edition", "all", "true", WHY),
)
