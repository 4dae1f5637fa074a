"""The performance table of a project (绩效自评表): what was asked, what was done, and the points for it."""

from keqiao.core.performance.conclusion import Advice, Concluded, Owed, conclude
from keqiao.core.performance.levels import Level, LevelWords, Sublevel, level_of, sublevel_of
from keqiao.core.performance.rows import Course, Row, rows_of
from keqiao.core.performance.table import Given, Grade, Part, Scored, Table, grade_of, table_of

__all__ = [
    "Advice",
    "Concluded",
    "Course",
    "Given",
    "Grade",
    "Level",
    "LevelWords",
    "Owed",
    "Part",
    "Row",
    "Scored",
    "Sublevel",
    "Table",
    "conclude",
    "grade_of",
    "level_of",
    "rows_of",
    "sublevel_of",
    "table_of",
]
