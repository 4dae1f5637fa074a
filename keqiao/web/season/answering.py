"""The answers of a drawn unit to a form: the example of the form, with the unit and its leader in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdnum.iso7064 import mod_11_2

from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import AnyField, PersonField, PledgeField, TextField, UnitField
from keqiao.readers.form_examples import example_of
from keqiao.web.season.numbers import NO_PREFECTURE
from keqiao.web.season.vocabulary import words

DAY = re.compile(r"(\d{4})(-\d\d(?:-\d\d)?)")
IDENTITY = re.compile(r"\d{17}[\dX]")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who applies with what: parts of the unit's and of the leader's block as far as they are known, ``id`` included;
    the title; the day on which the pledge is given.
    """

    unit: Mapping[str, str]
    leader: Mapping[str, str]
    title: str
    day: date


def answers_for(
    specification: Specification, call: str, years: int, cast: Cast, titles: tuple[str, ...]
) -> dict[str, Any]:
    """Return complete answers: those of the example for the shipped ``call``, whose days fall ``years`` later here.

    ``titles`` are the ids of fields that name the project. Files are named as in the example, and still to be stored.

    Raises:
        KeyError: there is no example for this form.
    """
    example = _Example(years, cast, dict(_replaced(cast)))
    answers = {key: example.moved(value) for key, value in example_of(specification, call).items()}
    return {key: example.own(specification.field(key), value, titles) for key, value in answers.items()}


def _replaced(cast: Cast) -> Iterator[tuple[str, str]]:
    """The words of the example, and what stands in their place."""
    said = words("applications")
    yield said["unit"], cast.unit["name"]
    yield said["leader"], cast.leader["name"]


@dataclass(frozen=True, slots=True)
class _Example:
    years: int
    cast: Cast
    replaced: Mapping[str, str]

    def moved(self, value: Any) -> Any:
        """The value with its days moved and the names in it replaced."""
        if isinstance(value, Mapping):
            return {key: self.moved(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.moved(each) for each in value]
        return self._words(value) if isinstance(value, str) else value

    def _words(self, text: str) -> str:
        if day := DAY.fullmatch(text):
            return f"{int(day[1]) + self.years}{day[2]}"
        if IDENTITY.fullmatch(text):
            return self._number(text)
        for old, new in self.replaced.items():
            text = text.replace(old, new)
        return text

    def _number(self, number: str) -> str:
        """An identity number goes with the birth date beside it, and is of no place."""
        born = f"{int(number[6:10]) + self.years}{number[10:14]}"
        moved = f"{number[:2]}{NO_PREFECTURE}{number[4:6]}{born}{number[14:17]}"
        return moved + str(mod_11_2.calc_check_digit(moved))

    def own(self, field: AnyField, value: Any, titles: tuple[str, ...]) -> Any:
        """The value with what is known of unit and leader, where it is about them."""
        if isinstance(field, TextField) and field.id in titles:
            return self.cast.title
        if isinstance(field, PledgeField):
            by = self.cast.leader["name"]
            return {"version": field.version, "by": by, "on": self.cast.day.isoformat()}
        if isinstance(field, UnitField) and value.get("name") == self.cast.unit["name"]:
            return _known(field.parts, value, self.cast.unit)
        if isinstance(field, PersonField) and value.get("name") == self.cast.leader["name"]:
            return _known(field.parts, value, self.cast.leader)
        return value


def _known(parts: tuple[str, ...], said: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The block as the register knows it; what it does not know, as in the example."""
    return {**said, **{part: known[part] for part in (*parts, "id") if part in known}}
