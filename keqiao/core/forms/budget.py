"""The budget: what lines there are, what they add up to, and what the category's money allows. All in fen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from keqiao.core.forms.quantities import is_money
from keqiao.core.forms.specification import Specification
from keqiao.core.programme.forms.fields import BudgetField


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
    return Sums(*(_added(row.get(name) for row in listed) for name in ("grant", "own", "other")))


def items_offered(specification: Specification, field: BudgetField) -> tuple[str, ...]:
    """The lines to offer: the field's own where it has fixed ones, else the spending that the call permits."""
    if field.items:
        return field.items
    return tuple(dict.fromkeys(kind for each in specification.spending for kind in each.fact.kinds))


def _added(amounts: Iterable[Any]) -> int:
    return sum(amount for amount in amounts if is_money(amount))
