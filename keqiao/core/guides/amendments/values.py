"""The values in a notice's words: days, lengths of time, amounts, counts, telephones, mailboxes, plain words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from keqiao.core.guides.numerals import NUMBER, number
from keqiao.core.guides.quantities.addresses import read_mails, read_phones
from keqiao.core.guides.quantities.amounts import Amount, read_amounts
from keqiao.core.guides.quantities.counts import Count, CountGrammar
from keqiao.core.guides.quantities.dates import Moment as ReadMoment
from keqiao.core.guides.quantities.dates import read_terms
from keqiao.core.guides.schedule import Clock
from keqiao.core.programme.amending.asked import Later, Moment, Money, Number, Said, Words

_RANGE = re.compile(r"^(?:-|至|到)$")
_LATER = re.compile(rf"(?P<n>{NUMBER}|半)(?:个)?(?P<unit>工作日|星期|周|自然日|日历天|天|日(?!前)|月)")
_DAYS = {"星期": 7, "周": 7, "自然日": 1, "日历天": 1, "天": 1, "日": 1}
_BARE = re.compile(r"^\D{0,4}?(?P<n>\d{1,6}(?:\.\d{1,2})?)$")
_YEAR_BEFORE = re.compile(r"(?:\d{4}|[二一零〇○三四五六七八九]{4})年|^\d{4}[./-]")
_CONTACT = re.compile(r"^[\d()\-、,;/ 转]{7,60}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value at ``text[start:end]``."""

    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Grammar:
    """What values are read with: the units of count, and what dates without a year lean on."""

    counts: CountGrammar
    clock: Clock

    def quantities(self, text: str) -> list[Quantity]:
        """Return the values in ``text`` in order, none inside another; a range of days is its last day."""
        found = [*self._days(text), *_money(text), *_addresses(text), *_terms(text)]
        found += [Quantity(count.start, count.end, _count(count)) for count in self.counts.read(text)]
        return _apart(found)

    def value(self, text: str) -> Said | None:
        """Return the one value that ``text`` states; None where it states none or several."""
        found = self.quantities(text)
        if len(found) == 1:
            return found[0].said
        if not found and (bare := _BARE.match(text.strip())):
            return Number(Decimal(bare["n"]))
        return None

    def _days(self, text: str) -> list[Quantity]:
        moments = self.clock.read(text)
        found = []
        for index, moment in enumerate(moments):
            following = moments[index + 1] if index + 1 < len(moments) else None
            if following is not None and _RANGE.match(text[moment.end : following.start]):
                continue
            start = moments[index - 1].start if _ends_range(text, moments, index) else moment.start
            if moment.day is not None:
                found.append(Quantity(start, moment.end, _moment(moment, moment.day, text, self.clock)))
        return found


def _ends_range(text: str, moments: Sequence[ReadMoment], index: int) -> bool:
    return index > 0 and bool(_RANGE.match(text[moments[index - 1].end : moments[index].start]))


def _moment(moment: ReadMoment, day: date, text: str, clock: Clock) -> Moment:
    wrote = bool(_YEAR_BEFORE.match(text[moment.start : moment.end])) or not moment.inferred_year
    at = None if moment.hour is None else time(moment.hour % 24, moment.minute or 0)
    return Moment(day, at, sure_year=wrote or clock.issued is not None, wrote_year=wrote)


def _money(text: str) -> list[Quantity]:
    return [Quantity(a.start, a.end, _amount(a)) for a in read_amounts(text)]


def _amount(amount: Amount) -> Money:
    return Money(amount.low_fen, amount.high_fen, amount.ceiling)


def _terms(text: str) -> list[Quantity]:
    """Lengths of time: ``5个工作日``, ``2年``."""
    return [
        Quantity(t.start, t.end, Number(Decimal(str(t.amount)).normalize(), t.unit)) for t in read_terms(text)
    ]


def _count(count: Count) -> Number:
    return Number(count.value, count.unit, count.high)


def _addresses(text: str) -> list[Quantity]:
    found = []
    plain = text.strip()
    phones = read_phones(text) or (read_phones(f"电话{plain}") if _CONTACT.match(plain) else [])
    for words in (*phones, *read_mails(text)):
        start = text.find(words)
        found.append(Quantity(start, start + len(words), Words(words)))
    return found


def _apart(found: list[Quantity]) -> list[Quantity]:
    """Of values that overlap keep the longer one."""
    kept: list[Quantity] = []
    for quantity in sorted(found, key=lambda q: (q.start - q.end, q.start)):
        if all(quantity.end <= other.start or other.end <= quantity.start for other in kept):
            kept.append(quantity)
    return sorted(kept, key=lambda q: q.start)


def read_later(text: str) -> Later | None:
    """Return the length of time that ``text`` begins with (``一周``, ``5个工作日``, ``半个月``), or None."""
    found = _LATER.match(text)
    if found is None:
        return None
    if found["n"] == "半":
        return Later(days=15) if found["unit"] == "月" else None
    amount = number(found["n"])
    if amount is None or amount != amount.to_integral_value() or not 0 < amount < 400:
        return None
    if found["unit"] == "月":
        return Later(months=int(amount))
    if found["unit"] == "工作日":
        return Later(days=int(amount), working=True)
    return Later(days=int(amount) * _DAYS[found["unit"]])
