"""Every case of the tables: what the rules answer is what the document says, with its clause."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from keqiao.core.findings import Weight
from keqiao.core.programme.types import Category, Programme
from keqiao.core.rules.answers import CategoryAnswer, Judged, Verdict, When
from keqiao.core.rules.facts import Case
from keqiao.readers import programmes
from tests.core.rules.calls import compiled
from tests.core.rules.tables import Row, Table, tables

TABLES = tables()
ROWS = [
    pytest.param(table.call, row, id=f"{table.call}: {row.says}") for table in TABLES for row in table.rows
]
OTHERWISE = {"passes": "fails", "fails": "passes", "warns": "passes", "person": "passes"}

Ask = Callable[[tuple[str, ...], Case, When], CategoryAnswer]


def verdict_of(judged: Judged) -> str:
    warned = judged.verdict is Verdict.FAILS and judged.weight is Weight.WARN
    return "warns" if warned else judged.verdict.value


def clause_of(judged: Judged) -> tuple[str, int | None]:
    assert judged.source is not None
    return judged.source.clause, judged.source.place.line if judged.source.place else None


def differences(row: Row, ask: Ask) -> Iterator[str]:
    """Where the answers to a case are not those of its row; nothing if they agree."""
    answers = {when: ask(row.path, row.case, when) for when in (When.BEFORE, When.FORM)}
    for when, expected in row.verdicts.items():
        if answers[when].verdict.value != expected:
            yield f"{when.value}: {answers[when].verdict.value}, not {expected}"
    judged = {one.rule: one for one in answers[When.FORM].judged}
    for rule, expected in row.rules.items():
        given = verdict_of(judged[rule]) if rule in judged else "nothing"
        if given != expected:
            yield f"{rule}: {given}, not {expected}"
    named = [judged[rule] for rule in row.rules if rule in judged] or list(judged.values())
    said = {clause_of(one) for one in named if one.source is not None}
    if row.line is not None and (row.clause, row.line) not in said:
        yield f"clauses: {sorted(said)}, not {row.clause} line {row.line}"


@pytest.fixture(scope="module")
def asks() -> dict[str, Ask]:
    return {table.call: compiled(programmes.load(table.call)).answer for table in TABLES}


@pytest.mark.parametrize(("call", "row"), ROWS)
def test_the_rules_answer_as_the_document_says(asks: dict[str, Ask], call: str, row: Row):
    assert list(differences(row, asks[call])) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.call)
def test_a_flipped_expectation_is_found_in_every_case(asks: dict[str, Ask], table: Table):
    unnoticed = [row.says for row in table.rows if not list(differences(_flipped(row), asks[table.call]))]

    assert unnoticed == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.call)
def test_a_rule_taken_out_of_the_definition_is_missed_by_a_case(table: Table):
    programme = programmes.load(table.call)
    named = {rule for row in table.rows for rule in row.rules} & {rule.id for rule in rules_of(programme)}
    unnoticed = [
        rule
        for rule in sorted(named)
        if not _is_missed(rule, table, compiled(_without(programme, rule)).answer)
    ]

    assert named
    assert unnoticed == []


def _is_missed(rule: str, table: Table, ask: Ask) -> bool:
    return any(list(differences(row, ask)) for row in table.rows if rule in row.rules)


def _flipped(row: Row) -> Row:
    if row.verdicts:
        when, expected = next(iter(row.verdicts.items()))
        return replace(row, verdicts={**row.verdicts, when: OTHERWISE[expected]})
    rule, expected = next(iter(row.rules.items()))
    return replace(row, rules={**row.rules, rule: OTHERWISE[expected]})


def rules_of(node: Programme | Category):
    yield from node.rules
    for child in node.categories:
        yield from rules_of(child)


def _without(node, rule: str):
    """A copy of the definition that does not state the rule."""
    return node.model_copy(
        update={
            "rules": tuple(kept for kept in node.rules if kept.id != rule),
            "categories": tuple(_without(child, rule) for child in node.categories),
        }
    )
