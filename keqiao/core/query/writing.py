"""Writes a tree as the text that reads back to it: for chips, saved views and links."""

from dataclasses import dataclass
from datetime import date

from keqiao.core.money import exact_amount
from keqiao.core.query.fields import Field, Kind, choices_of
from keqiao.core.query.tokens import tokens
from keqiao.core.query.tree import All, Any, Between, Is, Missing, Node, Not, Value, Words
from keqiao.core.query.values import RANGE


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of the language itself that a text is written with; all of them are always read."""

    either: str = "或"
    absent: str = "无"


ENGLISH = Signs("or", "no")


def write(node: Node, signs: Signs | None = None) -> str:
    """The text of ``node``, with the usual names of its keys and values; Chinese ``signs`` unless others are given."""
    return _write(node, signs or Signs(), inside=False)


def _write(node: Node, signs: Signs, *, inside: bool) -> str:
    match node:
        case Words(text, whole):
            return _quoted(text) if whole else _word(text)
        case Is(field, values):
            return f"{field.words[0]}:{','.join(_value(field, value) for value in values)}"
        case Between(field, least, most):
            return f"{field.words[0]}:{_end(field, least)}{RANGE}{_end(field, most)}"
        case Missing(field):
            return f"{signs.absent}:{field.words[0]}"
        case Not(part):
            return f"-{_write(part, signs, inside=True)}"
        case All(parts) | Any(parts):
            glue = " " if isinstance(node, All) else f" {signs.either} "
            text = glue.join(_write(part, signs, inside=True) for part in parts)
            return f"({text})" if inside else text


def _value(field: Field, value: Value) -> str:
    if field.kind is Kind.MONEY:
        return exact_amount(int(value))
    choices = {choice.code: choice.words[0] for choice in choices_of(field)}
    return _word(choices.get(str(value), str(value)))


def _end(field: Field, end: int | date | None) -> str:
    if end is None:
        return ""
    if isinstance(end, date):
        return end.isoformat()
    return exact_amount(end) if field.kind is Kind.MONEY else str(end)


def _word(text: str) -> str:
    """The text as it stands if it reads as one word, else in quotation marks."""
    pieces = tokens(text)
    is_word = len(pieces) == 1 and pieces[0].kind == "word" and pieces[0].text == text
    return text if is_word else _quoted(text)


def _quoted(text: str) -> str:
    """The text in the first pair of quotation marks that does not occur in it."""
    pairs = (('"', '"'), ("“", "”"), ("「", "」"))
    opening, closing = next((pair for pair in pairs if pair[1] not in text), pairs[0])
    return f"{opening}{text.replace(closing, '') if closing in text else text}{closing}"
