"""The budget: what lines there are, what they add up to, and what the category's money allows. All in fen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Any

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.parts import MOST_ROWS, parts_of, word_of
from keqiao.core.forms.quantities import is_money, trimmed, written_money
from keqiao.core.forms.rows import row_faults
from keqiao.core.forms.simple import asked, refused
from keqiao.core.forms.specification import Specification
from keqiao.core.identifiers import fold
from keqiao.core.programme.forms.fields import BudgetField
from keqiao.core.programme.funding import CeilingFunding, Funding, NoFunding, least_of_one, most_of_one
from keqiao.core.programme.inheritance import Stated
from keqiao.core.programme.papers import Spending

LONGEST = 1_000
"""Characters of an item or a reckoning that are compared with the words of the call."""

MONEY = ("grant", "own", "other")
"""The columns that hold money."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines of a budget add up to, in fen."""

    grant: int = 0
    own: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All money together."""
        return self.grant + self.own + self.other


def sums_of_budget(rows: Any) -> Sums:
    """What the lines add up to; what cannot be read counts as nothing."""
    listed = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
    return Sums(*(_added(row.get(name) for row in listed) for name in MONEY))


def items_offered(specification: Specification, field: BudgetField) -> tuple[str, ...]:
    """The lines to offer: the field's own where it has fixed ones, else the spending that the call permits."""
    if field.items:
        return field.items
    return tuple(dict.fromkeys(kind for each in specification.spending for kind in each.fact.kinds))


def budget_faults(
    field: BudgetField, value: Any, specification: Specification, sessions: int | None
) -> Iterator[Finding]:
    """What is wrong with the budget; ``at`` is (row, column), (row), or (column) for a sum.

    ``sessions`` is how much of a call that can be split is asked for, None where it is not said.
    """
    if not isinstance(value, list | tuple):
        yield refused("form.shape", label=field.label)
        return
    if len(value) > MOST_ROWS:
        yield refused("form.rows_many", label=field.label, most=MOST_ROWS, has=len(value))
    for number, row in enumerate(value[:MOST_ROWS]):
        if not is_empty(row):
            yield from row_faults(field.label, row, number, parts_of(field))
            if isinstance(row, Mapping):
                lines = _of_line(field, row, number, specification)
                yield from (replace(fault, at=(number, *fault.at)) for fault in lines)
    yield from _twice(value[:MOST_ROWS])
    sums = sums_of_budget(value)
    yield from _of_grant(field, sums.grant, specification.funding, sessions)
    yield from _of_own_share(field, sums)


def _added(amounts: Iterable[Any]) -> int:
    return sum(amount for amount in amounts if is_money(amount))


def _of_line(
    field: BudgetField, row: Mapping[str, Any], number: int, specification: Specification
) -> Iterator[Finding]:
    item = row.get("item")
    has_money = any(is_money(row.get(name)) and row[name] > 0 for name in MONEY)
    if isinstance(item, str) and item.strip():
        said = item.strip()[:80]
        yield from (replace(fault, at=("item",)) for fault in _of_item(field, said, specification.spending))
        if (
            not has_money
            and not field.items
            and all(is_empty(row.get(name)) or is_money(row[name]) for name in MONEY)
        ):
            yield replace(refused("form.budget_line_empty", item=said), at=("grant",))
        if has_money and field.basis and is_empty(row.get("basis")):
            yield replace(refused("form.budget_no_basis", item=said), at=("basis",))
    for name, is_open in (("own", field.own), ("other", field.other)):
        if not is_open and is_money(row.get(name)) and row[name] > 0:
            yield replace(
                refused("form.budget_column_closed", column=word_of(name), row=number + 1), at=(name,)
            )
    if isinstance(basis := row.get("basis"), str):
        for stated, word in _forbidden(basis, specification.spending):
            fault = asked("form.budget_basis_forbidden", item=str(item)[:80], forbidden=word)
            yield replace(fault, source=stated.fact.source, at=("basis",))


def _of_item(field: BudgetField, item: str, spending: Sequence[Stated[Spending]]) -> Iterator[Finding]:
    """Is the line among the fixed ones, or in the spending that the call lists? Forbidden words are never allowed."""
    forbidden = _forbidden(item, spending)
    for stated, word in forbidden:
        yield replace(
            refused("form.budget_item_forbidden", item=item, forbidden=word), source=stated.fact.source
        )
    if field.items:
        if fold(item) not in map(fold, field.items):
            yield refused("form.budget_item_strange", item=item, kinds=field.items)
        return
    lists = [stated for stated in spending if stated.fact.kinds]
    kinds = tuple(kind for stated in lists for kind in stated.fact.kinds)
    is_closed = bool(lists) and not any(stated.fact.open for stated in lists)
    if is_closed and not forbidden and not any(_is_of(item, kind) for kind in kinds):
        yield replace(
            asked("form.budget_item_unlisted", item=item, kinds=kinds), source=lists[-1].fact.source
        )


def _forbidden(words: str, spending: Iterable[Stated[Spending]]) -> list[tuple[Stated[Spending], str]]:
    forbidden = [(stated, word) for stated in spending for word in stated.fact.forbidden]
    folded = fold(words[:LONGEST]) if forbidden else ""
    return [(stated, word) for stated, word in forbidden if fold(word) in folded]


def _is_of(item: str, kind: str) -> bool:
    """Is it this kind of spending: the same words, or the one within the other (讲师劳务费 is 劳务费)?"""
    one, other = fold(item), fold(kind)
    return one in other or other in one


def _twice(rows: Sequence[Any]) -> Iterator[Finding]:
    """The same item and basis in two lines is a slip; one item reckoned in two ways is not."""
    seen: set[tuple[str, str]] = set()
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping) or not isinstance(row.get("item"), str):
            continue
        line = (fold(row["item"][:LONGEST]), str(row.get("basis", "")))
        if line in seen:
            fault = Finding("form.budget_item_twice", Weight.WARN, {"item": row["item"][:80]})
            yield replace(fault, at=(number, "item"))
        seen.add(line)


def _of_grant(
    field: BudgetField, grant: int, funding: Stated[Funding] | None, sessions: int | None
) -> Iterator[Finding]:
    if funding is None:
        return
    for fault in _within(field, grant, funding.fact, sessions):
        yield replace(fault, source=funding.fact.source, at=("grant",))


def _within(field: BudgetField, grant: int, funding: Funding, sessions: int | None) -> Iterator[Finding]:
    """Is the grant what the category gives? Fixed: that; range: between; ceiling: at most; a session: times them."""
    typed = written_money(grant, field.unit)
    if isinstance(funding, NoFunding):
        if grant:
            yield refused("form.grant_none", typed=typed)
        return
    least, most = _bounds(funding)
    per = getattr(funding, "per", "project")
    if per == "session" and sessions is not None:
        least, most = least * sessions, None if most is None else most * sessions
    elif per != "project":
        amount = written_money(most or 0, field.unit)
        yield asked("form.grant_for_each", amount=amount, per=f"word.form_per.{per}", typed=typed)
        return
    yield from _between(field, grant, least, most)


def _between(field: BudgetField, grant: int, least: int, most: int | None) -> Iterator[Finding]:
    typed = written_money(grant, field.unit)
    if least == most:
        if grant != least:
            yield refused("form.grant_not_fixed", amount=written_money(least, field.unit), typed=typed)
    elif grant < least:
        yield refused("form.grant_below", least=written_money(least, field.unit), typed=typed)
    elif most is not None and grant > most:
        over = written_money(grant - most, field.unit)
        yield refused("form.grant_above", most=written_money(most, field.unit), typed=typed, over=over)


def _bounds(funding: Funding) -> tuple[int, int | None]:
    """The least and the most for one project (session …) in fen; a ceiling has no least."""
    return (0 if isinstance(funding, CeilingFunding) else least_of_one(funding) or 0), most_of_one(funding)


def _of_own_share(field: BudgetField, sums: Sums) -> Iterator[Finding]:
    if field.own_share_least is None:
        return
    least = int((Decimal(sums.grant) * field.own_share_least / 100).to_integral_value(ROUND_CEILING))
    if sums.own + sums.other < least:
        percent = trimmed(Decimal(field.own_share_least))
        said = {
            "least": written_money(least, field.unit),
            "typed": written_money(sums.own + sums.other, field.unit),
        }
        yield replace(refused("form.own_share_low", percent=percent, **said), at=("own",))
