"""Groups that each have to reach a bound by themselves: every session or work, every period, every area."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from keqiao.core.targets.records import Record
from keqiao.core.targets.setting import Setting
from keqiao.core.targets.sifting import Sifted
from keqiao.core.targets.windows import Window, periods

SMALLEST_FIRST = ("village", "township", "county", "city", "province")
_NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One group: what counts in it, what may (with what may lie in any group), and when its time is over."""

    key: str
    certain: tuple[Record, ...] = ()
    possible: tuple[Record, ...] = ()
    until: date | None = None
    may_fall_away: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups that there have to be; ``lacks``: what has to be known before they are all known.

    ``left_over`` are records that lie in none: in a period that is not complete, in an area that is not meant.
    """

    groups: tuple[Group, ...]
    lacks: str | None = None
    left_over: tuple[Record, ...] = ()


Place = Callable[[Record], str | None]
"""In which group a record lies: its key, ``""`` in none, None where that is unknown."""


def items(sifted: Sifted) -> Grouping:
    """Every record is a group; one that may not count at all may fall away."""
    sure = [Group(record.id, (record,)) for record in sifted.certain]
    unsure = [Group(record.id, (record,), may_fall_away=True) for record in sifted.possible]
    return Grouping((*sure, *unsure))


def by_period(kind: str, sifted: Sifted, window: Window) -> Grouping:
    """The complete periods of the window, in order; a record lies in that of its last day."""
    if window.days is None:
        return Grouping((), "term_unknown")
    terms = periods(kind, window.days)
    ends = {term.start.isoformat(): term.end for term in terms}
    starts, stops = [term.start for term in terms], [term.end for term in terms]

    def place(record: Record) -> str | None:
        if record.last is None:
            return None
        number = bisect_right(starts, record.last) - 1
        inside = number >= 0 and record.last <= stops[number]
        return starts[number].isoformat() if inside else _NOWHERE

    return _grouped(sifted, tuple(ends), place, ends)


def by_area(level: str, sifted: Sifted, setting: Setting, count: int | None) -> Grouping:
    """The areas that the setting names, or ``count`` of them where only their number is known."""
    named = setting.areas.get(level)
    if named is not None:
        return _grouped(sifted, named, partial(_named_area, frozenset(named), level), {})
    seen = {record.areas[level] for record in (*sifted.certain, *sifted.possible) if level in record.areas}
    known = setting.area_counts.get(level, count)
    unseen = [f"?{number + 1}" for number in range((known or 0) - len(seen))]
    keys = (*sorted(seen), *unseen)
    found = _grouped(sifted, keys, lambda record: record.areas.get(level), {})
    return found if known is not None else Grouping(found.groups, "areas_unknown", found.left_over)


def _named_area(named: frozenset[str], level: str, record: Record) -> str | None:
    """The smallest of the named areas in which the record lies: in the pilot county, not in its city besides."""
    ordered = (record.areas[each] for each in SMALLEST_FIRST if each in record.areas)
    for code in ordered:
        if code in named:
            return code
    is_elsewhere = level in record.areas or (level == "area" and bool(record.areas))
    return _NOWHERE if is_elsewhere else None


def _grouped(sifted: Sifted, keys: Iterable[str], place: Place, ends: Mapping[str, date]) -> Grouping:
    sure, unsure = _placed(sifted.certain, place), _placed(sifted.possible, place)
    anywhere = (*sure[None], *unsure[None])
    groups = tuple(
        Group(key, tuple(sure[key]), (*unsure[key], *anywhere), ends.get(key)) for key in dict.fromkeys(keys)
    )
    return Grouping(groups, None, (*sure[_NOWHERE], *unsure[_NOWHERE]))


def _placed(records: Sequence[Record], place: Place) -> dict[str | None, list[Record]]:
    found: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        found[place(record)].append(record)
    return found
