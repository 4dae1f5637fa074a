"""What a form states for the rules of the call: answers that a rule asks for, people and units in their roles.

Only what the form settles by itself is stated; whom it means, the registers tell (``case``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.budget import sums_of_budget
from keqiao.core.forms.computed import computed_value
from keqiao.core.forms.conditions import content
from keqiao.core.forms.naming import everybody_in
from keqiao.core.forms.personal import YES_NO, About, Block
from keqiao.core.forms.quantities import FEN, number_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.splitting import sessions_asked
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ChoiceField,
    ComputedField,
    RegionField,
    UnitField,
)
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.content import Where
from keqiao.core.programme.rules.persons import Person
from keqiao.core.programme.rules.who import Joint, Platform
from keqiao.core.rules.facts import Answer


@dataclass(frozen=True, slots=True)
class Account:
    """An account on an outside platform: of whom (None: of the applicant), and its number as typed."""

    platform: str
    subject: str | None
    number: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a form states.

    ``answers`` by the id of the rule that a field decides (``Case.answers``). ``people`` and ``units`` by the role of
    their block or table. ``named`` are people and ``bodies`` units by the word of the rule that they decide
    (主讲嘉宾, 示范园); ``about_people`` what single fields state of everybody in such a role. ``territories`` are codes
    of the regions that rules are about, by their word, and ``regions`` of those where something takes place, by rule:
    their names are for the tree of regions to tell. ``leads`` are the units that lead, by the rule that asks for one.
    ``cases`` say which cases the project is, ``accounts`` where somebody is registered. ``grant_fen`` is the money
    asked for, None where there is no budget, ``sessions`` how much of a call that can be split, None where nobody said.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    people: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    units: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    bodies: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    about_people: Mapping[str, tuple[About, ...]] = field(default_factory=dict)
    territories: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, Block] = field(default_factory=dict)
    cases: Mapping[str, bool] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    grant_fen: int | None = None
    sessions: int | None = None

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all regions that are named."""
        of_people = (each.answer for said in self.about_people.values() for each in said)
        workplaces = (answer for answer in of_people if isinstance(answer, str))
        return frozenset({*self.territories.values(), *self.regions.values(), *workplaces})


def stated(specification: Specification, answers: Mapping[str, Any]) -> Stated:
    """What the answers state for the rules. Fields that do not apply state nothing."""
    said = content(specification, answers)
    decided = [
        (each, rule, said[each.id])
        for each in specification.fields
        if each.id in said and (rule := specification.rules.get(each.rule or "")) is not None
    ]
    everybody = everybody_in(specification, said)
    return Stated(
        answers=dict(_rule_answers(specification, said)),
        people=everybody.people,
        units=everybody.units,
        named=everybody.named,
        bodies=everybody.bodies,
        about_people=_about_people(decided),
        territories={rule.subject: code for _each, rule, code in _located(decided) if rule.subject},
        regions={rule.id: code for _each, rule, code in _located(decided) if isinstance(rule, Where)},
        leads={rule.id: value for each, rule, value in decided if _names_lead(each, rule)},
        cases=dict(_cases(specification, said)),
        accounts=tuple(_accounts(decided)),
        grant_fen=_grant(specification, said),
        sessions=sessions_asked(specification, said),
    )


Decided = tuple[AnyField, AnyRule, Any]
"""A field, the rule that it decides, and its answer."""


def _about_people(decided: Iterable[Decided]) -> dict[str, tuple[About, ...]]:
    """What fields state of everybody in a role."""
    found: dict[str, list[About]] = defaultdict(list)
    for _each, rule, value in decided:
        if isinstance(rule, Person):
            found[rule.role].append(About(rule, value))
    return {role: tuple(said) for role, said in found.items()}


def _located(decided: Iterable[Decided]) -> Iterator[Decided]:
    for each, rule, value in decided:
        if isinstance(each, RegionField) and isinstance(value, str) and not isinstance(rule, Person):
            yield each, rule, value


def _names_lead(each: AnyField, rule: AnyRule) -> bool:
    return isinstance(each, UnitField) and isinstance(rule, Joint)


def _cases(specification: Specification, said: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Which cases the project is: those that a choice names, once something is chosen there."""
    for each in specification.fields:
        picked = said.get(each.id)
        if isinstance(each, ChoiceField) and isinstance(picked, list) and picked:
            yield from ((word, word in picked) for word in each.options if word in specification.cases)


def _accounts(decided: Iterable[Decided]) -> Iterator[Account]:
    for _each, rule, value in decided:
        if isinstance(rule, Platform) and isinstance(value, str):
            yield Account(rule.platform, rule.subject, value)


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


_STATING: Mapping[str, Callable[[AnyField, Any], Answer | None]] = {
    "count": _number,
    "split": _number,
    "material": _how_many,
    "choice": _chosen,
    "co_actor": _chosen,
    "place": _chosen,
    "text_limit": _text,
    **dict.fromkeys(("declared", "conform", "conduct", "ip", "finance", "series"), _yes_or_no),
}
"""What a field states for a rule, by the type of the rule."""
