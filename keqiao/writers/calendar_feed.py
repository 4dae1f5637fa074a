"""Dates as a calendar that other programs subscribe to (iCalendar, RFC 5545 and 7986)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFSET = timedelta(hours=8)
PRODUCT = "-//Keqiao//Public calls//ZH"
ASK_AGAIN = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One date of a feed. ``uid`` names it for ever; ``sequence`` grows whenever what it says has changed.

    ``at`` is the hour on the clocks of Asia/Shanghai; without one the whole day counts. ``stamped`` is the moment
    from which it says this. ``is_off``: it will not be held to any more; subscribers cross it out.
    """

    uid: str
    sequence: int
    stamped: datetime
    summary: str
    on: date
    at: time | None = None
    address: str = ""
    description: str = ""
    kind: str = ""
    is_off: bool = False


def calendar_feed(name: str, events: Iterable[FeedEvent], *, address: str) -> bytes:
    """Return the calendar ``name`` as a file. Deadlines are moments, so nobody's time is marked as taken."""
    calendar = Calendar()
    for key, value in (
        ("prodid", PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
    ):
        calendar.add(key, value)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)  # read by programs older than RFC 7986
    calendar.add("url", address)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    written = [_event(event) for event in events]
    if any(isinstance(event.decoded("dtstart"), datetime) for event in written):
        calendar.add_component(_time_zone())
    for event in written:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(said: FeedEvent) -> Event:
    event = Event()
    event.add("uid", said.uid)
    event.add("sequence", said.sequence)
    event.add("dtstamp", said.stamped.astimezone(UTC))
    event.add("last-modified", said.stamped.astimezone(UTC))
    event.add("summary", said.summary)
    event.add("dtstart", said.on if said.at is None else datetime.combine(said.on, said.at, SHANGHAI))
    event.add("status", "CANCELLED" if said.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    for key, value in (("url", said.address), ("description", said.description)):
        if value:
            event.add(key, value)
    if said.kind:
        event.add("categories", [said.kind])
    return event


def _time_zone() -> Timezone:
    """Asia/Shanghai as it has been since 1992; written out, because a file must not lean on the reader's tables."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Shanghai")
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001  local time by definition (RFC 5545, 3.6.5)
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone
