"""Next year's call from last year's: what must be new is asked, the rest stays as it was.

Nothing of last year's time survives unasked. A date becomes a placeholder one year on (``2027-xx-xx``), which
cannot be published; a date in words the same (``2027年x月x日``). Names that carry the year get the next one.
Amounts and places stay, and are asked for a look. The document number, the day of issue, the clauses of last
year's document, and what was invented for a demonstration are gone.

Every statement that is asked has ``needs_answer`` and a ``reading`` that says what last year said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from keqiao.core.programme.facts import Fact, is_placeholder
from keqiao.core.programme.funding import CeilingFunding, EnvelopeFunding, FixedFunding, Places, RangeFunding
from keqiao.core.programme.rules import AnyOf
from keqiao.core.programme.rules.limits import DeadlineRule
from keqiao.core.programme.types import Programme

TIME_IN_WORDS = re.compile(
    r"(?:(?<!\d)(?P<year_of_day>\d{4})年)?(?<!\d)(?P<day>\d{1,2}月\d{1,2}[日号])"
    r"|(?<!\d)(?P<year_of_month>\d{4})年(?P<month>\d{1,2}月)"
    r"|(?<!\d)(?P<year>\d{4})(?=年|[A-Z]{2})"
)
"""Days, months and years in words: 2023年4月30日, 4月30日, 2022年12月底, 2023年度; codes: 2022KCZG001."""
YEAR_AT_ALL = re.compile(r"(?<![\d-])((?:19|20)\d{2})(?![\d-])")
NEAR = 1  # years around the call's own: a year further back is history, not last year's time

LOOKED_AT = (FixedFunding, RangeFunding, CeilingFunding, EnvelopeFunding, Places)
ONLY_REAL_DATES = {"by", "before"}
"""Date fields that hold no placeholder: they are emptied."""
KEPT = {
    *("source", "reading", "needs_answer", "invented"),
    *("id", "format", "phones", "emails", "email", "url", "library"),
}
"""Fields that are not walked: the marks are set apart, and no year stands in the others."""
REFERENCES = {
    *("offices", "office", "form", "track", "regulation", "chain", "across", "category", "categories"),
    *("part_of", "relative_to"),
}
"""Fields that name other statements by their ids."""
LONGEST_IDENTIFIER = 80  # characters, as facts.Identifier has it
BETWEEN = "；"
_PLACE = re.compile(r"(\{\w+\})")
LONGEST_READING = 2000  # characters, as facts.Text has it

Asks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """The sentences that readings are made of.

    ``date`` and ``words`` hold ``{value}``, what last year said; ``head`` holds ``{number}`` and ``{issued}``;
    ``look`` asks to look at an amount that was kept.
    """

    date: str
    words: str
    look: str
    head: str


def without_questions(reading: str, asking: Asking) -> str:
    """Return ``reading`` without what :func:`renewed` asked in it; "" where nothing else was said."""
    asked = "|".join(
        "".join(
            ".*?" if number % 2 else re.escape(words) for number, words in enumerate(_PLACE.split(sentence))
        )
        for sentence in (asking.date, asking.words, asking.look, asking.head)
    )
    return re.sub(f"(?:{asked})(?:{BETWEEN}|$)", "", reading)


def year_of(programme: Programme) -> int | None:
    """Return the year of a call: as stated, else that of its issue, else None."""
    return programme.year or (programme.issue_date.year if programme.issue_date else None)


def next_identifier(programme: Programme) -> str:
    """Return an id for next year's definition: last year's with its year counted on, or with an end."""
    year = year_of(programme)
    if year is not None and str(year) in programme.id:
        return programme.id.replace(str(year), str(year + 1))
    end = "-next" if year is None else f"-{year + 1}"
    return programme.id[: LONGEST_IDENTIFIER - len(end)] + end


def renewed(programme: Programme, *, identifier: str, asking: Asking) -> Programme:
    """Return the definition with which next year's work begins; what no year touches is equal to last year's.

    Its year is one more than last year's, if that can be told.
    """
    renewal = _Renewal(year_of(programme), asking, frozenset(_ids(programme)))
    undated = programme.model_copy(update={"documents": (), "document_number": None, "issue_date": None})
    new, asks = renewal.fields(undated)
    new |= {"id": identifier, "year": renewal.year and renewal.year + 1}
    issued = programme.issue_date.isoformat() if programme.issue_date else "—"
    asks = (asking.head.format(number=programme.document_number or "—", issued=issued), *asks)
    whole: Programme = renewal.marked(undated.model_copy(update=new), asks)
    gone = renewal.ids - frozenset(_ids(whole))
    return whole.model_copy(update=_without_references(whole, gone)) if gone else whole


class _Renewal:
    """One walk through last year's definition.

    Each step gives the new value and what has to be asked about it; what is asked about a part that is no
    fact of its own is asked about the nearest fact above it.
    """

    def __init__(self, year: int | None, asking: Asking, ids: frozenset[str]) -> None:
        self.year, self.asking, self.ids = year, asking, ids

    def fields(self, part: BaseModel) -> tuple[dict[str, Any], Asks]:
        """What ``part`` says next year, by field."""
        new: dict[str, Any] = {}
        asks: Asks = ()
        for name, value in part:
            if name not in KEPT:
                new[name], said = self._value(name, value)
                asks += said
        if isinstance(part, DeadlineRule) and part.date is None and (part.month or part.day):
            new |= {"date": self._day_of(self.year), "month": None, "day": None}
            asks += (self.asking.date.format(value=f"{part.month or 'x'}月{part.day or 'x'}日"),)
        return new, (*asks, self.asking.look) if isinstance(part, LOOKED_AT) else asks

    def marked(self, fact: Any, asks: Asks) -> Any:
        """``fact`` without its clause, with what is asked about it; how its words were read stays if it names
        no day.
        """
        reading = fact.reading if fact.reading and not self._names_time(fact.reading) else None
        said = BETWEEN.join(dict.fromkeys((*asks, *([reading] if reading else ()))))[:LONGEST_READING]
        marks = {"source": None, "reading": said or None, "needs_answer": bool(asks), "invented": False}
        return fact.model_copy(update=marks)

    def _value(self, name: str, value: Any) -> tuple[Any, Asks]:
        if isinstance(value, BaseModel):
            return self._part(value)
        if isinstance(value, tuple):
            found = [self._value(name, each) for each in value if not _is_dropped(each)]
            return tuple(new for new, _ in found), _joined(said for _, said in found)
        if isinstance(value, Mapping):
            by_key = {key: self._value(key, each) for key, each in value.items()}
            return {key: new for key, (new, _) in by_key.items()}, _joined(
                said for _, said in by_key.values()
            )
        if isinstance(value, date) or is_placeholder_date(value):
            return self._date(name, value)
        return self._words(value) if isinstance(value, str) else (value, ())

    def _part(self, part: BaseModel) -> tuple[BaseModel | None, Asks]:
        if _is_dropped(part):
            return None, ()
        new, asks = self.fields(part)
        if isinstance(part, Fact):
            return self.marked(part.model_copy(update=new), asks), ()
        return part.model_copy(update=new), asks

    def _date(self, name: str, day: date | str) -> tuple[str | None, Asks]:
        known = day.year if isinstance(day, date) else int(day[:4]) if day[:4].isdigit() else None
        asks = (self.asking.date.format(value=str(day)),)
        return (None if name in ONLY_REAL_DATES else self._day_of(known)), asks

    @staticmethod
    def _day_of(year: int | None) -> str:
        return f"{year + 1:04}-xx-xx" if year else "xxxx-xx-xx"

    def _words(self, words: str) -> tuple[str, Asks]:
        if words in self.ids or not self._names_time(words):
            return words, ()
        return TIME_IN_WORDS.sub(self._a_year_on, words), (self.asking.words.format(value=words),)

    def _names_time(self, words: str) -> bool:
        """Do the words name a day, a month of a year, or a year near the call's (any, if it has none)?"""
        found = TIME_IN_WORDS.finditer(words)
        named = any(match["day"] or match["month"] for match in found)
        years = map(int, YEAR_AT_ALL.findall(words))
        return named or any(self.year is None or self._is_near(year) for year in years)

    def _is_near(self, year: int) -> bool:
        return self.year is not None and abs(year - self.year) <= NEAR

    def _a_year_on(self, match: re.Match[str]) -> str:
        year = next((int(match[n]) for n in ("year_of_day", "year_of_month", "year") if match[n]), None)
        if year is not None and not self._is_near(year):
            return match[0]
        if match["day"]:
            return f"{year + 1}年x月x日" if year else "x月x日"
        return f"{year + 1}年x月" if match["month"] and year else str(year and year + 1)


def is_placeholder_date(value: object) -> bool:
    """Is ``value`` a date with an unknown part (and not just words with an x)?"""
    return is_placeholder(value) and re.fullmatch(r"[0-9x]{4}-[0-9x]{2}-[0-9x]{2}", str(value)) is not None


def _joined(asks: Iterable[Asks]) -> Asks:
    return tuple(said for some in asks for said in some)


def _is_dropped(part: object) -> bool:
    """Was it invented? An alternative that has no second way left goes as well."""
    if isinstance(part, AnyOf) and sum(not rule.invented for rule in part.of) < 2:
        return True
    return isinstance(part, Fact) and part.invented


def _ids(value: object) -> Iterator[str]:
    """Every id in a definition, at any depth."""
    if isinstance(value, BaseModel):
        identifier = getattr(value, "id", None)
        if isinstance(identifier, str):
            yield identifier
        for _name, inner in value:
            yield from _ids(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _ids(inner)


def _without_references(part: BaseModel, gone: frozenset[str]) -> dict[str, Any]:
    """The fields of ``part`` without what names an id in ``gone``, at any depth."""
    return {name: _without(name, value, gone) for name, value in part}


def _without(name: str, value: Any, gone: frozenset[str]) -> Any:
    if isinstance(value, BaseModel):
        return value.model_copy(update=_without_references(value, gone))
    if isinstance(value, tuple):
        kept = (each for each in value if not (name in REFERENCES and isinstance(each, str) and each in gone))
        return tuple(_without(name, each, gone) for each in kept)
    return None if name in REFERENCES and isinstance(value, str) and value in gone else value
