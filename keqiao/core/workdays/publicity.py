"""A public notice (公示) while it runs and when it is over: its end, what each listed item's objections do to it.

An objection holds up the item that it is about and no other; the notice itself runs on. It counts when it came by the
last day, and until somebody has decided that it is not taken up (no name, no grounds) or has decided it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keqiao.core.workdays.calendar import Calendar
from keqiao.core.workdays.notices import notice_end
from keqiao.core.workdays.terms import Period, Term


class NoticeRuns(ValueError):
    """The notice is not over: its last day is ``last``."""

    def __init__(self, last: date) -> None:
        super().__init__(f"the notice runs until {last}")
        self.last = last


class Noticed(StrEnum):
    """How a listed item stands."""

    RUNNING = "running"
    """The notice runs, and nobody objects."""
    SUSPENDED = "suspended"
    """An objection is not decided yet: nothing is decided about the item, also after the last day."""
    UPHELD = "upheld"
    """An objection was upheld: the item is out."""
    CLEAR = "clear"
    """The notice is over and no objection stands."""


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection to one item; ``received`` is the day in Asia/Shanghai.

    ``taken_up`` is None until somebody has looked whether it has a name, contact and grounds; ``upheld`` is None until
    it is decided.
    """

    id: str
    item: str
    received: date
    taken_up: bool | None = None
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A posted list of items. ``term`` is the least length that the call states, None where it states none.

    ``until`` is a last day that the office has set; where both are known the later one holds.

    Raises:
        ValueError: neither is known.
    """

    posted: date
    items: tuple[str, ...]
    term: Term | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.term is None and self.until is None:
            raise ValueError("a notice has a length or a last day")

    def period(self, calendar: Calendar) -> Period:
        """The days on which it stands, from the day of posting.

        Raises:
            YearNotPublished: the count enters a year whose holidays are not announced.
        """
        ends = [each for each in (self.until, self._stated_end(calendar)) if each is not None]
        return Period(self.posted, max(ends))

    def _stated_end(self, calendar: Calendar) -> date | None:
        if self.term is None:
            return None
        return notice_end(
            self.posted,
            self.term.days,
            calendar,
            kind=self.term.kind,
            first_day_counts=self.term.first_day_counts,
        )


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing statement of a notice says: the days, how many objections came, and how the items stand.

    ``late`` came after the last day; ``not_taken_up``, ``upheld`` and ``rejected`` are of those in time, as are
    ``open``, which are not decided.
    """

    period: Period
    received: int
    late: tuple[str, ...]
    not_taken_up: tuple[str, ...]
    upheld: tuple[str, ...]
    rejected: tuple[str, ...]
    open: tuple[str, ...]
    standings: Mapping[str, Noticed]

    @property
    def clear(self) -> tuple[str, ...]:
        """The items about which may be decided now."""
        return tuple(item for item, standing in self.standings.items() if standing is Noticed.CLEAR)

    @property
    def is_final(self) -> bool:
        """Is no item held up?"""
        return not self.open


def standings(
    notice: PublicNotice, objections: Iterable[Objection], on: date, calendar: Calendar
) -> dict[str, Noticed]:
    """How each item stands on a day, by what is known on it.

    Raises:
        ValueError: an objection is about an item that is not listed.
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    period = notice.period(calendar)
    about: dict[str, list[Objection]] = {item: [] for item in notice.items}
    for objection in objections:
        if objection.item not in about:
            raise ValueError(f"{objection.item} is not listed")
        if objection.received <= min(period.last, on):
            about[objection.item].append(objection)
    return {item: _standing(found, is_over=on > period.last) for item, found in about.items()}


def closing(notice: PublicNotice, objections: Iterable[Objection], on: date, calendar: Calendar) -> Closing:
    """What the statement on the end of a notice says on a day after its last.

    Raises:
        NoticeRuns: it is not over.
        ValueError: an objection is about an item that is not listed.
        YearNotPublished: the count enters a year whose holidays are not announced.
    """
    period, all_ = notice.period(calendar), tuple(objections)
    if on <= period.last:
        raise NoticeRuns(period.last)
    in_time = [each for each in all_ if each.received <= period.last]
    taken_up = [each for each in in_time if each.taken_up is not False]
    return Closing(
        period=period,
        received=len(all_),
        late=tuple(each.id for each in all_ if each.received > period.last),
        not_taken_up=tuple(each.id for each in in_time if each.taken_up is False),
        upheld=tuple(each.id for each in taken_up if each.upheld is True),
        rejected=tuple(each.id for each in taken_up if each.upheld is False),
        open=tuple(each.id for each in taken_up if each.upheld is None),
        standings=standings(notice, all_, on, calendar),
    )


def _standing(objections: Iterable[Objection], *, is_over: bool) -> Noticed:
    counting = [each.upheld for each in objections if each.taken_up is not False]
    if True in counting:
        return Noticed.UPHELD
    if None in counting:
        return Noticed.SUSPENDED
    return Noticed.CLEAR if is_over else Noticed.RUNNING
