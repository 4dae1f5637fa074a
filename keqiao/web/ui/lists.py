"""One list page: search, filters, order and pages over a queryset, in the same number of queries always."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

Words = str | Promise
ROWS_PER_PAGE = 50
LONGEST_SEARCH = 100  # characters


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. ``order`` are the fields that sort by it, ascending; none: not sortable."""

    name: str
    label: Words
    order: tuple[str, ...] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the table: value in the address, words, and what it means for the queryset."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    condition: Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class ListKind:
    """What a list page offers. ``search`` turns one word into a condition; all words must fit.

    ``default_sort`` is a column's name, with ``-`` in front for descending. The primary key always breaks
    ties, so that a row cannot stand on two pages.
    """

    columns: Sequence[Column]
    default_sort: str
    search: Callable[[str], Q] | None = None
    filters: Sequence[Filter] = ()
    hint: Words = ""
    rows_per_page: int = ROWS_PER_PAGE


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as the head of the table shows it."""

    label: Words
    number: bool
    direction: str
    next_sort: str


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """A filter with what was chosen ("" for everything)."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    chosen: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What the component ``c-list`` needs. ``narrowed`` is the whole found set, for totals and exports."""

    page: Page
    narrowed: QuerySet[Any]
    columns: list[ShownColumn]
    filters: list[ShownFilter]
    words: str
    sort: str
    hint: Words
    searches: bool
    is_narrowed: bool = field(default=False)


def list_page(rows: QuerySet[Any], kind: ListKind, asked: QueryDict) -> ListPage:
    """Return one page of ``rows`` as the address asks for it.

    Takes ``q``, ``sort``, ``page`` and the filters' names; whatever is not on the lists counts as not asked,
    so that an address can be shared and shortened without an error. Costs two queries: the count and the
    rows.
    """
    words = asked.get("q", "").strip()[:LONGEST_SEARCH] if kind.search else ""
    filters = [_shown(choice, asked) for choice in kind.filters]
    narrowed = rows.filter(_condition(kind, words, filters))
    sort = _sort(kind, asked.get("sort", ""))
    paginator = Paginator(narrowed.order_by(*_order(kind, sort), "pk"), kind.rows_per_page)
    return ListPage(
        page=paginator.get_page(asked.get("page")),
        narrowed=narrowed,
        columns=[_shown_column(column, sort) for column in kind.columns],
        filters=filters,
        words=words,
        sort=sort if sort != kind.default_sort else "",
        hint=kind.hint,
        searches=kind.search is not None,
        is_narrowed=bool(words) or any(shown.chosen for shown in filters),
    )


def _condition(kind: ListKind, words: str, filters: list[ShownFilter]) -> Q:
    condition = Q()
    for word in words.split():
        condition &= kind.search(word)  # type: ignore[misc]  words are empty without a search
    for choice, shown in zip(kind.filters, filters, strict=True):
        if shown.chosen:
            condition &= choice.condition(shown.chosen)
    return condition


def _shown(choice: Filter, asked: QueryDict) -> ShownFilter:
    value = asked.get(choice.name, "")
    known = {name for name, _words in choice.choices}
    return ShownFilter(choice.name, choice.label, choice.choices, value if value in known else "")


def _sort(kind: ListKind, asked: str) -> str:
    sortable = {column.name for column in kind.columns if column.order}
    return asked if asked.removeprefix("-") in sortable else kind.default_sort


def _order(kind: ListKind, sort: str) -> list[str]:
    column = next(column for column in kind.columns if column.name == sort.removeprefix("-"))
    if not sort.startswith("-"):
        return list(column.order)
    return [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in column.order]


def _shown_column(column: Column, sort: str) -> ShownColumn:
    if not column.order:
        return ShownColumn(column.label, column.number, "", "")
    if sort.removeprefix("-") != column.name:
        return ShownColumn(column.label, column.number, "", column.name)
    descending = sort.startswith("-")
    following = column.name if descending else f"-{column.name}"
    return ShownColumn(column.label, column.number, "descending" if descending else "ascending", following)
