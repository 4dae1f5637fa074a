"""Which records count for a measure, which may, and which nearly do: verified, proved, in time, in place, as asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.targets import ItemCondition
from keqiao.core.targets.conditions import Condition, ready
from keqiao.core.targets.index import Index
from keqiao.core.targets.records import Record
from keqiao.core.targets.results import Near
from keqiao.core.targets.setting import Setting
from keqiao.core.targets.windows import Window

Check = tuple[bool | None, Finding]
"""What one check says against a record: no (False) or nobody knows (None), with the reason."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The records that count, those of which it is not known, and why records of the thing asked for do not."""

    certain: tuple[Record, ...]
    possible: tuple[Record, ...]
    nearly: tuple[Near, ...]


@dataclass(slots=True)
class Sieve:
    """Sifts records for one project; what holds of a record in a window is worked out once."""

    index: Index
    setting: Setting
    _admitted: dict[Window, dict[str, tuple[Check, ...]]] = field(default_factory=dict)

    def sift(self, kind: str, where: Sequence[ItemCondition], window: Window) -> Sifted:
        """Part the records of ``kind`` by ``where`` and ``window``."""
        conditions = ready(where, self.index.words)
        certain, possible, nearly = [], [], []
        for record in self.index.may_concern(self.setting.project, kind, where):
            against = _against(record, conditions)
            if against is None:
                continue
            checks = (*self._admission(record, window), *against)
            if not checks:
                certain.append(record)
                continue
            nearly.append(Near(record.id, tuple(reason for _, reason in checks)))
            if all(truth is None for truth, _ in checks):
                possible.append(record)
        return Sifted(tuple(certain), tuple(possible), tuple(nearly))

    def _admission(self, record: Record, window: Window) -> tuple[Check, ...]:
        known = self._admitted.setdefault(window, {})
        if record.id not in known:
            known[record.id] = tuple(_admission(record, window, self.setting))
        return known[record.id]


def _against(record: Record, conditions: Sequence[Condition]) -> list[Check] | None:
    """What stands against the record; None where it is something else altogether."""
    against: list[Check] = []
    for condition in conditions:
        truth = condition.holds(record)
        if truth is False and condition.selects:
            return None
        if truth is not True:
            against.append((truth, condition.reason(record, is_unknown=truth is None)))
    return against


def _admission(record: Record, window: Window, setting: Setting) -> Iterator[Check]:
    if _is_paid_twice(record, setting):
        yield False, _reason("same_payer", project=record.project)
    if record.verified_by is None:
        yield False, _reason("not_verified")
    if not record.has_evidence:
        yield False, _reason("no_evidence")
    yield from _in_time(record, window)
    yield from _in_place(record, window, setting)


def _is_paid_twice(record: Record, setting: Setting) -> bool:
    is_own = record.project == setting.project
    one_payer = record.payer is not None and record.payer == setting.payer
    return not is_own and one_payer and not setting.shares_of_one_payer


def _in_time(record: Record, window: Window) -> Iterator[Check]:
    if window.days is None:
        yield None, _reason("window_unknown")
    elif record.start is None or record.last is None:
        yield None, _reason("day_unknown")
    elif record.start < window.days.start:
        yield False, _reason("too_early", day=record.start.isoformat(), start=window.days.start.isoformat())
    elif record.last > window.days.end:
        yield False, _reason("too_late", day=record.last.isoformat(), end=window.days.end.isoformat())


def _in_place(record: Record, window: Window, setting: Setting) -> Iterator[Check]:
    if window.area is None:
        return
    meant = setting.areas.get(window.area)
    if meant is None:
        yield None, _reason("area_not_named")
    elif not set(meant).isdisjoint(record.areas.values()):
        return
    elif window.area in record.areas:
        yield False, _reason("other_area", area=record.areas[window.area])
    else:
        yield None, _reason("area_unknown")


def _reason(code: str, **values: str) -> Finding:
    weight = Weight.ASK if code in _UNKNOWN else Weight.WARN
    return Finding(f"target_record.{code}", weight, values)


_UNKNOWN = frozenset({"window_unknown", "day_unknown", "area_not_named", "area_unknown"})
