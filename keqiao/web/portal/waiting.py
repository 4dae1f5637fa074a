"""What waits for a person, as the first screen shows it: what is owed, with the working days that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from keqiao.core.workdays import shanghai_day, working_days_left
from keqiao.web.calendars.queries import calendars_for
from keqiao.web.duties.queries import Line, Together


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the screen: a duty, or several of a kind; and the working days left until its date."""

    what: Line | Together
    work_left: int | None

    @property
    def is_many(self) -> bool:
        """Does it stand for several?"""
        return isinstance(self.what, Together)


def with_work_left(entries: Sequence[Line | Together], at: datetime) -> list[Entry]:
    """Return ``entries`` with what is left of their dates by the calendars of their associations, in two queries."""
    dated = {each.association_id for each in entries if each.until is not None}
    calendars = calendars_for(dated) if dated else {}
    today = shanghai_day(at)
    return [
        Entry(
            each,
            None
            if each.until is None
            else working_days_left(today, shanghai_day(each.until), calendars[each.association_id]),
        )
        for each in entries
    ]
