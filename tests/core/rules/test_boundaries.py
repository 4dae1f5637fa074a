"""Every number and every date of a rule that is decided is a boundary that some case stands on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.tree import walk
from keqiao.core.programme.types import Category, Programme
from keqiao.core.rules.table import TYPES, Nature
from keqiao.readers import programmes
from tests.core.rules.calls import compiled
from tests.core.rules.tables import Row, Table, tables
from tests.core.rules.test_cases import Ask, differences, rules_of

NUMBERS = (
    "value",
    "pick_min",
    "pick_max",
    "min",
    "max",
    "min_units",
    "years_back",
    "level",
    "born_after",
    "date",
)
BY_ONE = (-1, 1)
each_table = pytest.mark.parametrize("table", tables(), ids=lambda table: table.call)


@each_table
def test_a_number_of_a_rule_that_is_moved_by_one_is_noticed_by_a_case(table: Table):
    programme = programmes.load(table.call)
    unnoticed = []
    for rule in rules_of(programme):
        rows = [row for row in table.rows if rule.id in row.rules]
        for changed, what in _moved(rule):
            if not _is_noticed(rows, compiled(_with(programme, changed)).answer):
                unnoticed.append((rule.id, what))

    assert unnoticed == []


@each_table
def test_a_limit_that_is_moved_by_one_is_noticed_by_a_case(table: Table):
    programme = programmes.load(table.call)
    limited = [path for path, category in walk(programme) if category.per_unit_limit is not None]
    rows = [row for row in table.rows if "per_unit_limit" in row.rules]
    unnoticed = [
        (path[-1], by)
        for path in limited
        for by in BY_ONE
        if not _is_noticed(
            [row for row in rows if row.path[: len(path)] == path],
            compiled(_limited(programme, path[-1], by)).answer,
        )
    ]

    assert unnoticed == []


def _is_noticed(rows: list[Row], ask: Ask) -> bool:
    return any(list(differences(row, ask)) for row in rows)


def _moved(rule: AnyRule) -> Iterator[tuple[AnyRule, str]]:
    """The rule with each of its numbers moved by one, as far as it is still a rule then."""
    if TYPES[rule.type].nature is not Nature.DECIDES or rule.type == "sanction":
        return  # a sanction is what makes debarments, and those have days of their own
    explains = getattr(rule, "born_after", None) is not None
    for name in NUMBERS:
        value: Any = getattr(rule, name, None)
        explained = name == "value" and explains
        if explained or isinstance(value, bool) or not isinstance(value, int | date):
            continue  # beside a birth date, the age only explains
        for by in BY_ONE:
            moved = value + timedelta(by) if isinstance(value, date) else value + by
            try:
                yield type(rule).model_validate({**rule.model_dump(), name: moved}), f"{name} {by:+}"
            except ValidationError:
                continue


def _with(node: Programme | Category, changed: AnyRule) -> Any:
    """A copy of the definition in which the rule with this id says otherwise."""
    return node.model_copy(
        update={
            "rules": tuple(changed if rule.id == changed.id else rule for rule in node.rules),
            "categories": tuple(_with(child, changed) for child in node.categories),
        }
    )


def _limited(node: Programme | Category, category: str, by: int) -> Any:
    """A copy of the definition in which the limit of this category is moved."""
    changed: dict[str, Any] = {
        "categories": tuple(_limited(child, category, by) for child in node.categories)
    }
    if node.id == category and node.per_unit_limit is not None:
        limit = node.per_unit_limit
        changed["per_unit_limit"] = limit.model_copy(update={"max": limit.max + by})
    return node.model_copy(update=changed)
