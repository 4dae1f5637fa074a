"""The tables of cases hang together: enough of them, with names, clauses and rules that are there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from keqiao.core.findings import Source
from keqiao.core.programme import effective
from keqiao.readers import programmes
from tests.core.rules.page import PAGE, page
from tests.core.rules.tables import Table, tables

CASES_EACH = 20
STATED_BESIDE_RULES = {
    "applicants",
    "beneficiary",
    "per_unit_limit",
    "debarment",
    "bundle",
    "open_to_applicants",
}
TABLES = tables()
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.call)


def test_there_is_a_table_for_every_shipped_call():
    assert tuple(table.call for table in TABLES) == programmes.shipped()


@each_table
def test_a_call_has_its_cases_and_no_two_of_them_have_one_name(table: Table):
    names = [row.says for row in table.rows]

    assert len(names) >= CASES_EACH
    assert len(set(names)) == len(names)


@each_table
def test_every_case_expects_something(table: Table):
    assert [row.says for row in table.rows if not row.verdicts and not row.rules] == []


@each_table
def test_cases_name_rules_and_roles_that_their_category_has(table: Table):
    programme = programmes.load(table.call)
    strange = []
    for row in table.rows:
        rules = [stated.fact for stated in effective(programme, row.path).rules]
        ids = {rule.id for rule in rules} | STATED_BESIDE_RULES
        roles = {rule.subject for rule in rules} | {getattr(rule, "role", None) for rule in rules}
        named = {*row.rules, *row.case.answers, *row.case.approved}
        strange += [
            (row.says, name) for name in (named - ids) | ({*row.case.subjects, *row.case.people} - roles)
        ]

    assert strange == []


@each_table
def test_every_clause_is_one_that_the_definition_states_something_from(table: Table):
    stated = set(_clauses(programmes.load(table.call)))

    assert [row.says for row in table.rows if row.line and (row.clause, row.line) not in stated] == []


@pytest.mark.seeds
@each_table
def test_every_line_is_one_of_the_document_with_words_on_it(table: Table, seeds: Path):
    lines = (seeds / f"{table.call}.txt").read_text(encoding="utf-8").splitlines()

    assert [row.says for row in table.rows if row.line and not lines[row.line - 1].strip()] == []


def test_the_page_of_cases_is_written_from_the_tables():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.core.rules.page writes it"


def _clauses(part: object) -> Iterator[tuple[str, int]]:
    """Every clause and line that a part of a definition names."""
    if isinstance(part, Source):
        if part.place is not None and part.place.line is not None:
            yield part.clause, part.place.line
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _clauses(getattr(part, name))
    elif isinstance(part, tuple):
        for one in part:
            yield from _clauses(one)
