"""What a call says follows a failure or a breach (后果): who is hit, by what, from which day until which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keqiao.core.findings import Source
from keqiao.core.programme.inheritance import Stated
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.limits import Sanction


class Breach(StrEnum):
    """What happened, as the vocabulary of breaches knows the words of triggers."""

    FAILED = "failed"
    FRAUD = "fraud"
    SUBCONTRACTED = "subcontracted"
    BELOW_STANDARD = "below_standard"
    OTHER = "other"
    """The words are known to nobody; a person says whether it happened."""


class Hit(StrEnum):
    """Who is hit."""

    UNIT = "unit"
    LEADER = "leader"
    PERSON = "person"
    """The words name somebody that only a person can tell."""


@dataclass(frozen=True, slots=True)
class BreachWords:
    """Words of triggers and of subjects; the first that is part of what a call says tells which it is."""

    triggers: Mapping[str, Breach]
    subjects: Mapping[str, Hit]

    def breach(self, trigger: str) -> Breach:
        """Return which breach a trigger names."""
        return next((breach for word, breach in self.triggers.items() if word in trigger), Breach.OTHER)

    def hit(self, subject: str) -> Hit:
        """Return whom a subject names."""
        return next((hit for word, hit in self.subjects.items() if word in subject), Hit.PERSON)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One rule of the call for one breach. ``hits`` are who is hit, with the call's own words.

    ``since`` and ``until`` are its first and last day (Asia/Shanghai), ``until`` None: the call states no term, or one
    in rounds of the call (``rounds``); then a person says until when. ``what`` is lost, in the call's words.
    """

    rule: str
    effect: str | None
    summary: str
    breaches: tuple[Breach, ...]
    hits: tuple[tuple[Hit, str], ...]
    since: date
    until: date | None
    rounds: int | None = None
    what: str = ""
    source: Source | None = None


def consequences_of(
    rules: Iterable[Stated[AnyRule]], happened: Breach, day: date, words: BreachWords
) -> tuple[Consequence, ...]:
    """Return what the rules of a category say for what ``happened``; ``day`` is that on which it was established.

    Three years from 10 January 2024 end on 10 January 2027.
    """
    return tuple(each for each in every_consequence(rules, day, words) if happened in each.breaches)


def every_consequence(
    rules: Iterable[Stated[AnyRule]], day: date, words: BreachWords
) -> Iterator[Consequence]:
    """Give all that the rules of a category threaten, whatever happened."""
    for stated in rules:
        rule = stated.fact
        if isinstance(rule, Sanction):
            yield Consequence(
                rule=rule.id,
                effect=rule.effect,
                summary=rule.summary,
                breaches=tuple(dict.fromkeys(words.breach(trigger) for trigger in rule.trigger)),
                hits=tuple((words.hit(subject), subject) for subject in rule.subjects),
                since=day,
                until=last_day(day, rule.years) if rule.years else None,
                rounds=rule.rounds,
                what=rule.what or "",
                source=rule.source,
            )


def last_day(since: date, years: int) -> date:
    """Return the last day of so many years from ``since``, which itself is not counted.

    It is the day of the same number; where the last month has none, its last day. Source: Civil Code, articles 201 and
    202.
    """
    year = since.year + years
    if (since.month, since.day) == (2, 29) and not _is_leap(year):
        return date(year, 2, 28)
    return since.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
