"""Whom a form names: people and units, by their role, and by the word in which the rules of the call name them.

Which word stands for a role is vocabulary (``judging_words.yaml``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.personal import Block
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import PersonField, TableField, UnitField
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.persons import Person

Blocks = Mapping[str, tuple[Block, ...]]

UNIT_ROLES = frozenset({"applicant", "beneficiary", "host", "partner"})
"""Roles of units; all others are of people."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """``people`` and ``units`` by role; ``named`` people and ``bodies`` by the word of the rule they decide."""

    people: Blocks
    units: Blocks
    named: Blocks
    bodies: Blocks


def everybody_in(specification: Specification, said: Mapping[str, Any]) -> Everybody:
    """Everybody of whom the answers speak, each block under its role and once under the word of its rule."""
    people, units, named, bodies = (defaultdict[str, list[Block]](list) for _ in range(4))
    for each in specification.fields:
        blocks = list(_blocks(each, said.get(each.id)))
        role, rule = getattr(each, "role", None), specification.rules.get(each.rule or "")
        if not blocks:
            continue
        of_units = role in UNIT_ROLES or isinstance(each, UnitField)
        if role is not None:
            (units if of_units else people)[role] += blocks
        if (word := _word(rule)) is not None:
            _put(bodies if of_units else named, word, blocks)
    return Everybody(*map(_settled, (people, units, named, bodies)))


def also_by_role(named: Blocks, of_roles: Blocks, words: Mapping[str, str]) -> Blocks:
    """The same with everybody of a role under the word in which rules name that role (``words``), each block once."""
    found = defaultdict(list, {word: list(blocks) for word, blocks in named.items()})
    for role, blocks in of_roles.items():
        if role in words:
            _put(found, words[role], blocks)
    return _settled(found)


def _put(found: defaultdict[str, list[Block]], word: str, blocks: Iterable[Block]) -> None:
    known = found[word]
    known += [block for block in blocks if block not in known]


def _settled(found: Mapping[str, list[Block]]) -> Blocks:
    return {key: tuple(blocks) for key, blocks in found.items()}


def _blocks(each: AnyField, value: Any) -> Iterator[Block]:
    """The people or units of a block, or of the filled rows of a table."""
    rows = value if isinstance(value, list) else [value]
    if isinstance(each, PersonField | UnitField | TableField):
        yield from (row for row in rows if isinstance(row, Mapping) and not is_empty(row))


def _word(rule: AnyRule | None) -> str | None:
    """Whom the call names in a rule that a block decides: the role of a person, or the body it is about."""
    return rule.role if isinstance(rule, Person) else rule.subject if rule is not None else None
