"""The tables of cases as a page of the documentation. ``python -m tests.core.rules.page`` writes it."""

from collections.abc import Iterator
from pathlib import Path

from tests.core.rules.tables import Row, Table, tables

PAGE = Path(__file__).parents[3] / "docs" / "eligibility-cases.md"
OPENING = """# May we apply? The cases

Invented units and people against the five calls. What is expected was written from the documents before any rule ran;
the tests ask the rules and compare verdict and clause. The facts and the reasons stand in
`tests/core/rules/cases/<call>.yaml`; this page is written from them by `python -m tests.core.rules.page`.

`before` is the verdict of the category before anything is typed, `form` with what the form says; the others are single
rules by id. `warns`: the rule fails, and it only warns. `person`: the facts or the words leave it to a person.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([OPENING, *(line for table in tables() for line in _section(table))]) + "\n"


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.call}: {len(table.rows)} cases"
    yield ""
    yield "| Case | Category | Expected | Clause |"
    yield "|---|---|---|---|"
    yield from (f"| {row.says} | {row.category} | {_expected(row)} | {_clause(row)} |" for row in table.rows)
    yield ""


def _expected(row: Row) -> str:
    verdicts = {when.value: verdict for when, verdict in row.verdicts.items()}
    return "<br>".join(f"{of} {verdict}" for of, verdict in {**verdicts, **row.rules}.items())


def _clause(row: Row) -> str:
    return row.clause if row.line is None else f"{row.clause}, line {row.line}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
