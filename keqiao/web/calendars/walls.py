"""What crosses associations on PostgreSQL: days off and worked, by which everybody counts an association's dates."""

from keqiao.web.walls import Opening

WHY = "deadlines and notices of an association are counted by its calendar, for everybody"

OPENINGS = (
    Opening("calendars.Override", "all", "true", WHY),
    Opening("calendars.Edition", "all", "true", WHY),
)
