"""A case as the trees look at it: with what follows from its facts and would be worked out again in every rule."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from keqiao.core.rules.asking import LEADERS, RECORD, kept_since, years_ago
from keqiao.core.rules.engine.compiled import Compiled
from keqiao.core.rules.evaluators.content import FIGURES, LENGTH
from keqiao.core.rules.facts import UNKNOWN, Answer, Case, Human, Records, Unit
from keqiao.core.rules.settled import JUDGED
from keqiao.core.rules.words import Words

_FIGURE = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class Preparing:
    """What a programme needs to be prepared: its words, the lengths of its looks back, the ids of its text limits.

    ``own_subjects`` are the subjects that are the applicant itself if it is of their kind.
    """

    words: Words
    looks_back: frozenset[int] = frozenset()
    text_limits: frozenset[str] = frozenset()
    own_subjects: Mapping[str, Compiled[Case]] | None = None

    def __call__(self, case: Case) -> Case:
        """The case with territories, the applicant of record, leaders, days and lengths of texts."""
        named = {f"{subject} is named": subject in case.subjects for subject in self.own_subjects or {}}
        judged = {f"{JUDGED}{identifier}": True for identifier in case.approved}
        return replace(
            case,
            cases={**case.cases, **named, **judged},
            subjects=self._subjects(case),
            records=self._records(case),
            people={**case.people, LEADERS[1]: tuple(self._leaders(case))},
            answers={**case.answers, **self._days(case.on), **self._texts(case)},
        )

    def _records(self, case: Case) -> Records:
        """The records without accounts that are opened after the day of asking, and what their years add up to."""
        records, on = case.records, case.on
        accounts = tuple(a for a in records.platforms if a.since is UNKNOWN or a.since <= on)
        full = {
            kept_since(back)
            for back in self.looks_back
            if all(f"incidents:{year}" in records.kept for year in range(on.year - back, on.year + 1))
        }
        if not full and len(accounts) == len(records.platforms):
            return records
        return replace(records, platforms=accounts, kept=records.kept | full)

    def _subjects(self, case: Case) -> Mapping[str, Unit]:
        found: dict[str, Unit] = {}
        areas = case.applicant.areas
        if areas is not UNKNOWN and areas:
            territory = Unit(areas[-1], areas[-1], areas=areas)
            found |= dict.fromkeys(self.words.applicants.territories, territory)
        for subject, is_one in (self.own_subjects or {}).items():
            if is_one.truth(case) is True:
                found[subject] = case.applicant
        found |= case.subjects
        record = self.of_record(case.applicant)
        return found | ({RECORD[1]: record} if record else {})

    def of_record(self, unit: Unit) -> Unit | None:
        """In whose name it applies: its host, its supervisor if it is no legal person, else itself. None: unknown."""
        if unit.kind is UNKNOWN:
            return None
        if unit.kind not in self.words.applicants.hosted:
            return unit
        if unit.kind in self.words.applicants.through_host:
            return None if unit.host is UNKNOWN else unit.host or unit
        if unit.legal_person is UNKNOWN or unit.legal_person:
            return None if unit.legal_person is UNKNOWN else unit
        return None if unit.supervisor is UNKNOWN else unit.supervisor or unit

    def _leaders(self, case: Case) -> Iterable[Human]:
        for role in self.words.leaders:
            yield from case.people.get(role, ())

    def _days(self, on: date) -> dict[str, Answer]:
        return {years_ago(years)[1]: years_before(on, years) for years in self.looks_back}

    def _texts(self, case: Case) -> dict[str, Answer]:
        """A text as its length in characters as typed, and whether it holds a figure; a number is a length."""
        found: dict[str, Answer] = {}
        for identifier in self.text_limits & case.answers.keys():
            text = case.answers[identifier]
            if isinstance(text, str):
                found[identifier + LENGTH] = len(text)
                found[identifier + FIGURES] = _FIGURE.search(text) is not None
            elif isinstance(text, int):
                found[identifier + LENGTH] = text
        return found


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
