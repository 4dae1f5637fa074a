"""What changed between two definitions, in plain words: where, what, before and after.

Pure: definitions in, words out, in the language of the page. No difference of the core is lost: each is worded in
a line, or counted among those that say nothing about the call itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel

from keqiao.core.programme import Programme, differences
from keqiao.core.programme.differences import Change, entry_key
from keqiao.core.programme.rules.base import Rule
from keqiao.core.workdays import Calendar, YearNotPublished, working_days
from keqiao.web.programmes.changes.comparison import Found, Names, Side, Sides
from keqiao.web.programmes.changes.lines import ORDER, Changes, Folded, Line, PlaceChanged, Spot
from keqiao.web.programmes.wording.labels import field_label, rule_type_label
from keqiao.web.programmes.wording.statements import name_of, node_text, saying_of

ONE_DAY = timedelta(days=1)
ENTRY_OF_A_NODE = 2  # the length of a fact that leads to an entry: ("rules", "r1")

Said = Line | Folded


def changes_of(old: Programme, new: Programme, calendar: Calendar | None = None) -> Changes:
    """Return what changed from ``old`` to ``new``.

    With a ``calendar``, days that moved are counted in working days as well, in years that it knows.
    """
    comparison = _Comparison(Sides(Side(old), Side(new)), calendar)
    found = [Found(difference) for difference in differences(old, new)]
    places: list[PlaceChanged] = []
    folded: list[Folded] = []
    for spot in sorted({each.spot for each in found}, key=comparison.sides.position):
        said = list(comparison.said(spot, [each for each in found if each.spot == spot]))
        folded += [each for each in said if isinstance(each, Folded)]
        lines = sorted((each for each in said if isinstance(each, Line)), key=_importance)
        if lines:
            places.append(PlaceChanged(spot, comparison.sides.name(spot), tuple(lines)))
    return Changes(tuple(places), tuple(folded))


def _importance(line: Line) -> int:
    return ORDER.get(line.slot, len(ORDER))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Words the differences between two sides, node by node."""

    sides: Sides
    calendar: Calendar | None

    def said(self, spot: Spot, found: list[Found]) -> Iterator[Said]:
        """Yield all differences of one node as lines, or to be counted."""
        whole: dict[Names, list[Found]] = {}
        nameless: dict[Names, list[Found]] = {}
        for each in found:
            if mark := self.sides.mark(each):
                yield Folded(mark, (each.difference,))
            elif _is_nameless_entry(each):
                nameless.setdefault(each.fact[:1], []).append(each)
            else:
                whole.setdefault(self._statement(each), []).append(each)
        for statement, inside in whole.items():
            yield from self._of_statement(spot, statement, inside)
        for entries in nameless.values():
            yield from self._nameless(entries)

    def _statement(self, found: Found) -> Names:
        """The statement that a difference is in: a field of the node; of a list, one of its entries."""
        is_list = isinstance(self.sides.either(found.spot, found.fact[:1]), tuple)
        return (
            found.fact[:ENTRY_OF_A_NODE] if is_list and found.change is not Change.MOVED else found.fact[:1]
        )

    def _of_statement(self, spot: Spot, statement: Names, found: list[Found]) -> Iterator[Said]:
        """One line for what the words of the statement as a whole tell, one each for the rest."""
        before, after = self.sides.old.at(spot, statement), self.sides.new.at(spot, statement)
        saying = saying_of(after) if type(before) is type(after) else None
        if saying and (texts := (saying.text(before), saying.text(after)))[0] != texts[1]:
            depth = len(statement)
            told = [each for each in found if saying.fields.intersection(each.fact[depth : depth + 1])]
            if told:
                note = self._moved(getattr(before, "on", None), getattr(after, "on", None))
                what, differing = self._what(spot, statement), tuple(each.difference for each in told)
                yield Line(statement[0], what, Change.CHANGED, *texts, differing, note)
                found = [each for each in found if each not in told]
        for each in found:
            yield self._alone(each)

    def _alone(self, found: Found) -> Said:
        """One difference by itself."""
        difference = found.difference
        before, after = self._texts(found)
        if before == after:
            return Folded("written", (difference,))
        slot = found.fact[0] if found.fact else "categories"
        what = self._what(found.spot, found.fact)
        note = self._moved(difference.before, difference.after)
        return Line(slot, what, found.change, before, after, (difference,), note)

    def _texts(self, found: Found) -> tuple[str, str]:
        sides, spot, difference = self.sides, found.spot, found.difference
        if not found.fact:
            return node_text(sides.old.nodes.get(spot)), node_text(sides.new.nodes.get(spot))
        if found.change is Change.MOVED:
            return self._in_order(found, difference.before), self._in_order(found, difference.after)
        return self._text(sides.old, found, difference.before), self._text(sides.new, found, difference.after)

    def _text(self, side: Side, found: Found, value: Any) -> str:
        if value is None or isinstance(value, BaseModel):
            return side.texts.of(value) if value is not None else ""
        owner = self.sides.either(found.spot, found.fact[:-1])
        return side.texts.field(type(owner), found.fact[-1], value)

    def _in_order(self, found: Found, keys: Names) -> str:
        """The entries of a list in one of its orders, by what people call them."""
        entries = {entry_key(entry): entry for entry in self.sides.either(found.spot, found.fact)}
        return "、".join(name_of(entries[key]) or self.sides.new.texts.of(entries[key]) for key in keys)

    def _what(self, spot: Spot, fact: Names) -> str:
        """What a line is about: 申报截止, 限额“每单位限两项” 最多. An entry at the end is said by its own words."""
        if not fact:
            return _("类别")
        said: list[str] = []
        for number, (part, step, inner) in enumerate(self.sides.trail(spot, fact), start=1):
            if not isinstance(part, tuple):
                said.append(field_label(type(part), step))
                continue
            if isinstance(inner, Rule):
                said[-1] = rule_type_label(inner.type)
            if number < len(fact):
                said[-1] += _("“%(name)s”") % {"name": name_of(inner)}
        return " ".join(said)

    def _nameless(self, found: list[Found]) -> Iterator[Said]:
        """Entries that only what they say tells apart: one that went and one that came are one change."""
        removed = [each for each in found if each.change is Change.REMOVED]
        added = [each for each in found if each.change is Change.ADDED]
        for before, after in zip_longest(removed, added):
            if before is None or after is None:
                yield self._alone(before or after)
                continue
            told = (before.difference, after.difference)
            texts = (
                self._text(self.sides.old, before, told[0].before),
                self._text(self.sides.new, after, told[1].after),
            )
            if texts[0] == texts[1]:
                yield Folded("source", told)
            else:
                what = self._what(before.spot, before.fact[:1])
                yield Line(before.fact[0], what, Change.CHANGED, *texts, told)

    def _moved(self, before: Any, after: Any) -> str:
        """By how much a day moved; "" where it is no day, or stayed."""
        if not (isinstance(before, date) and isinstance(after, date)) or before == after:
            return ""
        days = abs((after - before).days)
        if after > before:
            said = ngettext("延后 %(n)s 天", "延后 %(n)s 天", days) % {"n": days}
        else:
            said = ngettext("提前 %(n)s 天", "提前 %(n)s 天", days) % {"n": days}
        worked = self._working_days(min(before, after), max(before, after))
        return said if worked is None else said + _("（%(n)s 个工作日）") % {"n": worked}

    def _working_days(self, first: date, last: date) -> int | None:
        """The working days after ``first``, up to ``last``; None where a year is not announced."""
        if self.calendar is None:
            return None
        try:
            return working_days(first + ONE_DAY, last, self.calendar)
        except YearNotPublished:
            return None


def _is_nameless_entry(found: Found) -> bool:
    entry = found.difference.before or found.difference.after
    is_whole = len(found.fact) == ENTRY_OF_A_NODE and found.change in (Change.ADDED, Change.REMOVED)
    return is_whole and isinstance(entry, BaseModel) and entry_key(entry) == repr(entry)
