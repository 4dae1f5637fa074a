"""Between a form and what is known: answers for the rule engine, and first values from profiles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.specification import Specification
from keqiao.core.rules.facts import Answer


@dataclass(frozen=True, slots=True)
class Stated:
    """What a form states, for the case that the rules are asked about.

    ``answers`` by the id of the rule that a field decides (``Case.answers``); ``people`` and ``units`` by the role of
    their block or table, each as its parts (``name``, ``birth_date``, ``id`` where it was picked from the register).
    ``grant_fen`` is the money asked for, None where the form has no budget. ``sessions``: how much of a call that can
    be split is asked for (``Split``), None where it is not.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    people: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    grant_fen: int | None = None
    sessions: int | None = None


Profile = Mapping[str, Any]
"""What is known before filling, by the names that ``fills`` uses: ``unit.address``, ``person.phone``,
``category.name``, ``last.<field id>``. A name of a whole block (``unit``, ``person``) holds its parts."""


def stated(specification: Specification, answers: Answers) -> Stated:
    """What the answers state for the rules. Fields that do not apply state nothing."""
    return Stated()


def prefilled(specification: Specification, profile: Profile) -> dict[str, Any]:
    """First answers from what is known: fields with ``fills``, and blocks by their role. Nothing is guessed."""
    return {}
