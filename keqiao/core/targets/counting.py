"""Numbers out of records: what counts for certain, and what it would be if all that is unknown counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from keqiao.core.programme.fact_words import FactWords
from keqiao.core.programme.targets import Measure, ShareCap
from keqiao.core.targets.conditions import ready
from keqiao.core.targets.keys import key_of_link, key_of_words
from keqiao.core.targets.records import Exact, Record

Records = Sequence[Record]


@dataclass(frozen=True, slots=True)
class Span:
    """Between what counts for certain and what might; ``most`` None: nobody knows how much."""

    least: Exact
    most: Exact | None

    def times(self, factor: Exact) -> "Span":
        """Both ends multiplied."""
        return Span(self.least * factor, None if self.most is None else self.most * factor)


@dataclass(frozen=True, slots=True)
class Ask:
    """What to measure, and in which vocabulary."""

    measure: Measure
    words: FactWords


def span_of(ask: Ask, certain: Records, possible: Records) -> Span:
    """The number of ``ask`` over the records that count and those that may; of a ratio, its numerator."""
    cap = ask.measure.share_cap
    return _capped(ask, cap, certain, possible) if cap else _WAYS[way_of(ask)](ask, certain, possible)


def way_of(ask: Ask) -> str:
    """How records are made a number: a ratio sums a number field, tells words apart, or counts."""
    if ask.measure.kind != "ratio":
        return ask.measure.kind
    field = ask.words.fields.get(ask.measure.field or "")
    if field is None:
        return "count"
    return "sum" if field.is_number else "distinct"


def _count(_: Ask, certain: Records, possible: Records) -> Span:
    return Span(len(certain), len(certain) + len(possible))


def _exists(_: Ask, certain: Records, possible: Records) -> Span:
    return Span(int(bool(certain)), int(bool(certain or possible)))


def _sum(ask: Ask, certain: Records, possible: Records) -> Span:
    name = ask.measure.field or ""
    sure = [record.number(name) for record in certain]
    unsure = [record.number(name) for record in possible]
    least: Exact = sum((number for number in sure if number is not None), 0)
    if None in sure or None in unsure:
        return Span(least, None)
    return Span(least, least + sum((number for number in unsure if number is not None), 0))


def _distinct(ask: Ask, certain: Records, possible: Records) -> Span:
    sure, nameless = _keys(ask, certain)
    unsure, nameless_too = _keys(ask, possible)
    return Span(max(len(sure), int(nameless > 0)), len(sure | unsure) + nameless + nameless_too)


def _keys(ask: Ask, records: Records) -> tuple[frozenset[str], int]:
    """The different things that records name, and how many records name none."""
    name = ask.measure.field or ""
    field = ask.words.fields.get(name)
    key_of = key_of_link if field and field.type == "link" else key_of_words
    named = [frozenset(map(key_of, record.words(name))) for record in records]
    return frozenset().union(*named), sum(not keys for keys in named)


_WAYS: Mapping[str, Callable[[Ask, Records, Records], Span]] = {
    "count": _count,
    "sum": _sum,
    "distinct": _distinct,
    "exists": _exists,
}


def _capped(ask: Ask, cap: ShareCap, certain: Records, possible: Records) -> Span:
    """The largest part of the records in which those under the cap keep their share.

    What is not known to be outside the cap stands under it for the least, what is not known to be under it outside it
    for the most.
    """
    way, conditions = _WAYS[way_of(ask)], ready(cap.where, ask.words)

    def is_capped(record: Record) -> bool | None:
        truths = [condition.holds(record) for condition in conditions]
        return False if False in truths else None if None in truths else True

    sure_outside = [record for record in certain if is_capped(record) is False]
    sure_under = [record for record in certain if is_capped(record) is not False]
    least = _kept(
        way(ask, sure_outside, ()).least, way(ask, sure_under, ()).least, cap, in_pieces=way is _count
    )
    every = (*certain, *possible)
    outside = way(ask, [record for record in every if is_capped(record) is not True], ()).most
    under = way(ask, [record for record in every if is_capped(record) is True], ()).most
    if outside is None or under is None:
        return Span(least, None)
    return Span(least, _kept(outside, under, cap, in_pieces=way is _count))


def _kept(outside: Exact, under: Exact, cap: ShareCap, *, in_pieces: bool) -> Exact:
    """``outside`` and as much of ``under`` as is at most ``cap.percent`` of both together; pieces are not cut."""
    percent = Fraction(cap.percent)
    if percent == 100:
        return outside + under
    most = Fraction(outside) * percent / (100 - percent)
    return outside + min(under, int(most) if in_pieces else most)
