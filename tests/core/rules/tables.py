"""Reads the tables of invented cases in ``cases/``.

One file per call, written from its document alone:

    call, on       the definition that is asked, and the day of asking (a case may name another day)
    kept           what is kept in full (``Records.kept``); a case takes names out of it with ``not_kept``
    units, people  by name, with the fields of ``core.rules.facts``. What is left out is unknown; ``like`` takes over
                   from another, ``unknown`` takes back. ``host: null`` says that there is none
    records        bundles of dated facts by name; holders, subjects, units and leads are names of the above (or areas)
    cases          ``says`` what is expected in a sentence; ``in`` which category; ``who`` asks, ``with`` which
                   partners, ``for`` which other bodies by role; ``people`` by role; ``records`` by name; ``answers``
                   by rule (``{characters: 200}`` is a text of that length); ``cases`` that apply; ``approved`` rules

What is expected: ``before`` and ``form`` are the verdict of the category before anything is typed and with the form;
``rules`` those of single rules: ``passes``, ``fails``, ``person``, or ``warns`` for a rule that fails and only warns.
``clause`` and ``line`` say where the document says so, ``why`` in our words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.programme.tree import path_of
from keqiao.core.programme.types import Programme
from keqiao.core.rules.answers import When
from keqiao.core.rules.facts import (
    Case,
    Debarment,
    Entry,
    Holding,
    Human,
    Incident,
    Platform,
    Post,
    Qualification,
    Records,
    Result,
    Stage,
    Unit,
)
from keqiao.readers import programmes

FOLDER = Path(__file__).with_name("cases")
KINDS_OF_RECORD: Mapping[str, type] = {
    "entries": Entry,
    "results": Result,
    "incidents": Incident,
    "debarments": Debarment,
    "holdings": Holding,
    "platforms": Platform,
}
EXPECTED = ("before", "form", "rules", "clause", "line", "why")
ASKED = (
    "says",
    "in",
    "on",
    "who",
    "with",
    "for",
    "people",
    "records",
    "not_kept",
    "answers",
    "cases",
    "approved",
)
Written = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a table: who asks what, and what the document makes of it."""

    says: str
    category: str
    path: tuple[str, ...]
    case: Case
    verdicts: Mapping[When, str]
    rules: Mapping[str, str]
    clause: str
    line: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Table:
    """The cases of one call, and everybody who comes up in them."""

    call: str
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]
    people: tuple[Human, ...]


@cache
def tables() -> tuple[Table, ...]:
    """All tables, by the name of their call."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.yaml")))


def read(path: Path) -> Table:
    """The table in the file at ``path``.

    Raises:
        KeyError, TypeError: it names something that is not there.
    """
    written = YAML(typ="safe", pure=True).load(path)
    programme, cast = programmes.load(written["call"]), Cast(written)
    return Table(
        written["call"],
        rows=tuple(_row(programme, cast, case) for case in written["cases"]),
        units=tuple(cast.unit(name) for name in written["units"]),
        people=tuple(cast.human(name) for name in written["people"]),
    )


class Cast:
    """The units, people and records that the cases of one table share."""

    def __init__(self, written: Written) -> None:
        self.day: date = written["on"]
        self.kept = frozenset(written["kept"])
        self._units: Written = written["units"]
        self._people: Written = written["people"]
        self._records: Written = written["records"]

    def unit(self, name: str) -> Unit:
        given = _without_unknown(self._units, name)
        for other in ("host", "supervisor"):
            if given.get(other) is not None:
                given[other] = self.unit(given[other])
        if "areas" in given:
            given["areas"] = tuple(given["areas"])
        if "affiliations" in given:
            given["affiliations"] = frozenset(given["affiliations"])
        return Unit(id=name, **given)

    def human(self, name: str) -> Human:
        given = _without_unknown(self._people, name)
        if "areas" in given:
            given["areas"] = tuple(given["areas"])
        if "fields" in given:
            given["fields"] = frozenset(given["fields"])
        if "posts" in given:
            given["posts"] = tuple(Post(self.unit(post["unit"]).id, post["post"]) for post in given["posts"])
        if "qualifications" in given:
            given["qualifications"] = tuple(Qualification(**held) for held in given["qualifications"])
        return Human(id=name, **given)

    def records(self, names: list[str], not_kept: list[str]) -> Records:
        if strange := set(not_kept) - self.kept:
            raise KeyError(strange)
        found = {
            kind: tuple(_fact(shape, given) for name in names for given in self._records[name].get(kind, ()))
            for kind, shape in KINDS_OF_RECORD.items()
        }
        return Records(**found, kept=self.kept - set(not_kept))


def _without_unknown(cast: Written, name: str) -> dict[str, Any]:
    given = dict(cast[name])
    unknown = given.pop("unknown", ())
    if (other := given.pop("like", None)) is not None:
        given = {**_without_unknown(cast, other), **given}
    return {field: value for field, value in given.items() if field not in unknown}


def _fact(shape: type, given: Written) -> object:
    values = {field: tuple(value) if isinstance(value, list) else value for field, value in given.items()}
    if "stage" in values:
        values["stage"] = Stage(values["stage"])
    return shape(**values)


def _row(programme: Programme, cast: Cast, written: Written) -> Row:
    if strange := set(written) - {*ASKED, *EXPECTED}:
        raise KeyError(strange)
    return Row(
        says=written["says"],
        category=written["in"],
        path=path_of(programme, written["in"]),
        case=_case(cast, written),
        verdicts={when: written[when.value] for when in (When.BEFORE, When.FORM) if when.value in written},
        rules=written.get("rules", {}),
        clause=written["clause"],
        line=written.get("line"),
        why=written["why"],
    )


def _case(cast: Cast, written: Written) -> Case:
    people = written.get("people", {})
    return Case(
        on=written.get("on", cast.day),
        applicant=cast.unit(written["who"]),
        partners=tuple(cast.unit(name) for name in written.get("with", ())),
        subjects={role: cast.unit(name) for role, name in written.get("for", {}).items()},
        people={role: tuple(cast.human(name) for name in names) for role, names in people.items()},
        records=cast.records(written.get("records", []), written.get("not_kept", [])),
        answers={rule: _answer(value) for rule, value in written.get("answers", {}).items()},
        cases=written.get("cases", {}),
        approved=frozenset(written.get("approved", ())),
    )


def _answer(value: Any) -> Any:
    if isinstance(value, dict):
        return "字" * value["characters"]
    return tuple(value) if isinstance(value, list) else value
