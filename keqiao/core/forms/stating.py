"""What a form states for the rules of the call: answers that a rule asks for, people and units in their roles.

Only what the form settles by itself is stated. A body that was typed and not picked from the register has no id, so
that nobody can tell which it is: then nothing is stated, and the rule stays open for a person.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.budget import sums_of_budget
from keqiao.core.forms.computed import computed_value
from keqiao.core.forms.conditions import content
from keqiao.core.forms.quantities import FEN, number_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.splitting import sessions_asked
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    ComputedField,
    PersonField,
    RegionField,
    TableField,
    UnitField,
)
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.persons import Person
from keqiao.core.rules.facts import Answer

UNIT_ROLES = frozenset({"applicant", "beneficiary", "host", "partner"})
"""Roles of units; all others are of people."""

YES_NO = {"是": True, "否": False, "有": True, "无": False}
"""Options that say yes or no."""

Block = Mapping[str, Any]
"""What a form says of one person or unit, part by part; ``id`` where it was picked from the register."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a form states.

    ``answers`` by the id of the rule that a field decides (``Case.answers``). ``people`` and ``units`` by the role of
    their block or table. ``named`` are people and bodies by the word of the call, where a block decides a rule about
    them (主讲嘉宾, 示范园). ``regions`` are codes by the id of the rule that asks for a place: their names are for the
    tree of regions to tell. ``grant_fen`` is the money asked for, None where there is no budget, ``sessions`` how much
    of a call that can be split, None where nobody said.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    people: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    grant_fen: int | None = None
    sessions: int | None = None


def stated(specification: Specification, answers: Mapping[str, Any]) -> Stated:
    """What the answers state for the rules. Fields that do not apply state nothing."""
    said = content(specification, answers)
    people: dict[str, list[Block]] = defaultdict(list)
    units: dict[str, list[Block]] = defaultdict(list)
    named: dict[str, list[Block]] = defaultdict(list)
    for each in specification.fields:
        blocks = list(_blocks(each, said.get(each.id)))
        role, word = getattr(each, "role", None), _word(specification.rules.get(each.rule or ""))
        if blocks and role is not None:
            (units if role in UNIT_ROLES else people)[role] += blocks
        if blocks and word is not None:
            named[word] += blocks
    return Stated(
        answers=dict(_rule_answers(specification, said)),
        people={role: tuple(blocks) for role, blocks in people.items()},
        units={role: tuple(blocks) for role, blocks in units.items()},
        named={word: tuple(blocks) for word, blocks in named.items()},
        regions=dict(_regions(specification, said)),
        grant_fen=_grant(specification, said),
        sessions=sessions_asked(specification, said),
    )


def _blocks(each: AnyField, value: Any) -> Iterator[Block]:
    """The people or units of a block, or of the filled rows of a table."""
    rows = value if isinstance(value, list) else [value]
    if isinstance(each, PersonField | UnitField | TableField):
        yield from (row for row in rows if isinstance(row, Mapping) and not is_empty(row))


def _word(rule: AnyRule | None) -> str | None:
    """Whom the call names in a rule that a block decides: the role of a person, or the body it is about."""
    return rule.role if isinstance(rule, Person) else rule.subject if rule is not None else None


def _rule_answers(specification: Specification, said: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    fields = {each.id: each for each in specification.fields}
    for each in specification.fields:
        rule = specification.rules.get(each.rule or "")
        state = _STATING.get(rule.type) if rule is not None else None
        value = computed_value(each, fields, said) if isinstance(each, ComputedField) else said.get(each.id)
        if rule is not None and state is not None and value is not None:
            answer = state(each, value)
            if answer is not None:
                yield rule.id, answer


def _regions(specification: Specification, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in specification.fields:
        if isinstance(each, RegionField) and each.rule is not None and isinstance(said.get(each.id), str):
            yield each.rule, said[each.id]


def _grant(specification: Specification, said: Mapping[str, Any]) -> int | None:
    budgets = [
        said[each.id] for each in specification.fields if isinstance(each, BudgetField) and each.id in said
    ]
    return sum(sums_of_budget(rows).grant for rows in budgets) if budgets else None


def _number(each: AnyField, value: Any) -> Answer | None:
    """A number, or how many rows or files there are. Amounts are in fen, which no rule counts: they state nothing."""
    if isinstance(value, list):
        return sum(not is_empty(row) for row in value)
    if getattr(each, "unit", None) in FEN:
        return None
    number = value if isinstance(value, Decimal) else number_of(value)
    return int(number) if number is not None and number == int(number) else number


def _how_many(_field: AnyField, value: Any) -> Answer | None:
    return sum(not is_empty(row) for row in value) if isinstance(value, list) else None


def _chosen(each: AnyField, value: Any) -> Answer | None:
    return tuple(map(str, value)) if isinstance(each, ChoiceField) and isinstance(value, list) else None


def _yes_or_no(each: AnyField, value: Any) -> Answer | None:
    """What was declared; anything but a plain yes or no is for a person to judge."""
    if not isinstance(each, ChoiceField) or not isinstance(value, list) or len(value) != 1:
        return None
    return YES_NO.get(str(value[0]))


def _text(_field: AnyField, value: Any) -> Answer | None:
    """A text as its limit counts it: without the ends of its lines."""
    return value.replace("\r", "").replace("\n", "") if isinstance(value, str) else None


def _body(_field: AnyField, value: Any) -> Answer | None:
    """The unit that leads, by its id."""
    identifier = value.get("id") if isinstance(value, Mapping) else None
    return identifier if isinstance(identifier, str) else None


_STATING: Mapping[str, Callable[[AnyField, Any], Answer | None]] = {
    "count": _number,
    "split": _number,
    "material": _how_many,
    "choice": _chosen,
    "co_actor": _chosen,
    "place": _chosen,
    "text_limit": _text,
    "joint": _body,
    **dict.fromkeys(("declared", "conform", "conduct", "ip", "finance", "series"), _yes_or_no),
}
"""What a field states for a rule, by the type of the rule."""
