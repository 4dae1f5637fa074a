"""What a draft that was taken over from last year's call asks in its readings, until it is answered."""

from typing import Any

from keqiao.core.programme.renewal import Asking, without_questions
from keqiao.readers.messages import sentences
from keqiao.web.programmes.definitions import Values

LANGUAGE_OF_READINGS = "zh"
"""Definitions are written in the language of the notices, whoever works on them."""


def sentence_of(code: str) -> str:
    """Return a sentence that stands in definitions."""
    return sentences()[code][LANGUAGE_OF_READINGS]


def asking() -> Asking:
    """Return the sentences that ask."""
    return Asking(**{name: sentence_of(f"renewal.{name}") for name in ("date", "words", "look", "head")})


def without_answered(values: Values) -> Values:
    """Return values in which no statement that is settled asks any more: what is published says what holds."""
    return {name: _inside(value) for name, value in _settled(values).items()}


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return without_answered(value)
    return [_inside(each) for each in value] if isinstance(value, list) else value


def _settled(statement: Values) -> Values:
    reading = statement.get("reading")
    if statement.get("needs_answer") or not isinstance(reading, str):
        return statement
    left = without_questions(reading, asking())
    others = {name: value for name, value in statement.items() if name != "reading"}
    return {**others, "reading": left} if left else others
