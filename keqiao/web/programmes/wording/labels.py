"""How offices call every statement of a definition: its slots, fields, choices and types of rule.

One place for pages, forms and differences, in the language in which the page is shown. The words themselves are
data: ``keqiao/data/vocabulary/statements``.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from pydantic import BaseModel

from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    NoFunding,
    RangeFunding,
)
from keqiao.readers.messages import Language, sentences
from keqiao.readers.statement_words import Languages, Term, statement_words

KINDS_OF_FUNDING = (FixedFunding, RangeFunding, CeilingFunding, EnvelopeFunding, NoFunding)
FUNDING = "Funding"  # their choices of kind stand together in the data

Model = type[BaseModel]


def language_now() -> Language:
    """Return the language in which the page is shown."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def is_slot(slot: str) -> bool:
    """Can a node state this?"""
    return slot in statement_words().slots


def slot_label(slot: str) -> str:
    """Return how a statement of a node is called: 申报单位 for ``applicants``.

    Raises:
        KeyError: no node has such a statement.
    """
    return _said(statement_words().slots[slot].name)


def slot_help(slot: str) -> str:
    """Return one line about a statement, "" where it needs none."""
    return _said(statement_words().slots[slot].help)


def field_label(model: Model, name: str) -> str:
    """Return how a field of a model of the definition is called.

    Raises:
        KeyError: the model has no such field, or nobody has named it.
    """
    return _said(_field(model, name).name)


def field_help(model: Model, name: str) -> str:
    """Return one line about a field, "" where it needs none."""
    return _said(_field(model, name).help)


def choice_label(model: Model, name: str, value: Any) -> str:
    """Return how a value is called that a field with a fixed list of values may have.

    Raises:
        KeyError: the field has no such value, or nobody has named it.
    """
    if name == "type":
        return rule_type_label(str(value))
    code = f"word.{name}.{value}"
    if code in sentences():
        return _said(sentences()[code])
    choices = statement_words().choices
    keys = (*(f"{each}.{name}" for each in _families(model)), name)
    found = next(choices[key] for key in keys if key in choices)
    return _said(found[str(value)].name)


def rule_type_label(rule_type: str) -> str:
    """Return how a type of rule is called: 申报主体 for ``applicant_kind``."""
    return _said(sentences()[f"rule.{rule_type}.kind"])


def rule_type_help(rule_type: str) -> str:
    """Return one line on what a type of rule is for."""
    return _said(statement_words().rule_kinds[rule_type].help)


def rule_type_example(rule_type: str) -> str:
    """Return how a document may word a rule of this type."""
    return _said(statement_words().rule_kinds[rule_type].example)


def rule_types_by_group() -> list[tuple[str, list[str]]]:
    """Return the types of rule by what they are about, in the order of the data: (name of the group, types)."""
    words = statement_words()
    return [
        (_said(term.name), [kind for kind, about in words.rule_kinds.items() if about.group == group])
        for group, term in words.rule_groups.items()
    ]


def _said(words: Languages) -> str:
    return words[language_now()]


def _field(model: Model, name: str) -> Term:
    fields = statement_words().fields
    for each in _families(model):
        if name in fields.get(each, ()):
            return fields[each][name]
    raise KeyError(f"{model.__name__}.{name}")


def _families(model: Model) -> Iterator[str]:
    yield from (each.__name__ for each in model.__mro__)
    if model in KINDS_OF_FUNDING:
        yield FUNDING
