"""One list page: search, filters, order and pages over a queryset, in the same number of queries always."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from keqiao.core.findings import Finding, Weight
from keqiao.core.query import (
    ENGLISH,
    ENGLISH_EXAMPLES,
    EXAMPLES,
    All,
    Asked,
    Fault,
    Fields,
    Node,
    complete,
    parse,
    write,
)
from keqiao.core.query import Words as Sought
from keqiao.core.query.parsing import LONGEST
from keqiao.web.ui.lists.conditions import condition_of
from keqiao.web.ui.lists.kinds import (
    Column,
    Filter,
    Key,
    ListKind,
    Words,
    in_language_of_page,
    is_english,
    key_of,
)


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
class Instead:
    """Words for a link, and the search it leads to."""

    words: str
    search: str


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A part of the search that was not understood, and searches that would be."""

    finding: Finding
    fixes: tuple[Instead, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """What the component ``c-list`` needs. ``narrowed`` is the whole found set in its order, for totals and exports.

    ``chips`` are the conditions that hold, each with the search without it; ``proposals`` what could be typed next.
    """

    page: Page
    narrowed: QuerySet[Any]
    columns: list[ShownColumn]
    filters: list[ShownFilter]
    words: str
    sort: str
    hint: Words
    searches: bool
    is_narrowed: bool = field(default=False)
    faults: tuple[ShownFault, ...] = ()
    chips: tuple[Instead, ...] = ()
    proposals: tuple[Instead, ...] = ()
    kind: ListKind | None = None

    @property
    def exports(self) -> bool:
        """Can the list be had as a file? It can where every column says what it holds."""
        return bool(self.kind and self.kind.file_name and all(each.value for each in self.kind.columns))


def list_page(rows: QuerySet[Any], kind: ListKind, asked: QueryDict) -> ListPage:
    """Return one page of ``rows`` as the address asks for it.

    Takes ``q``, ``sort``, ``page`` and the filters' names; whatever is not on the lists counts as not asked,
    so that an address can be shared and shortened without an error. Costs two queries: the count and the
    rows.
    """
    typed = asked.get("q", "").strip()[: LONGEST + 1] if kind.search else ""
    keys = _keys(kind)
    fields = Fields([key.field for key in keys])
    understood = _understood(typed, kind, fields)
    filters = [_shown(choice, asked) for choice in kind.filters]
    sort = _sort(kind, asked.get("sort", ""))
    conditions = {key.field.name: key.condition for key in keys}
    narrowed = rows.filter(
        condition_of(understood.tree, conditions, kind.search) & _chosen(kind, filters)
    ).order_by(*_order(kind, sort), "pk")
    return ListPage(
        page=Paginator(narrowed, kind.rows_per_page).get_page(asked.get("page")),
        narrowed=narrowed,
        columns=[_shown_column(column, sort) for column in kind.columns],
        filters=filters,
        words=typed,
        sort=sort if sort != kind.default_sort else "",
        hint=kind.hint,
        searches=kind.search is not None,
        is_narrowed=bool(typed) or any(shown.chosen for shown in filters),
        faults=tuple(_shown_fault(fault, typed) for fault in understood.faults),
        chips=tuple(_chips(understood.tree)) if keys else (),
        proposals=tuple(_proposals(typed, fields)) if keys and kind.search else (),
        kind=kind,
    )


def _keys(kind: ListKind) -> list[Key]:
    """The keys of the box: those of the list, and its choices above the table."""
    if kind.only_words:
        return []
    named = {key.field.name for key in kind.keys}
    of_choices = (key_of(choice) for choice in kind.filters if choice.name not in named)
    return [*map(in_language_of_page, kind.keys), *of_choices]


def _understood(typed: str, kind: ListKind, fields: Fields) -> Asked:
    if kind.only_words:
        return Asked(All(tuple(Sought(word) for word in typed.split())))
    return parse(typed, fields)


def _chosen(kind: ListKind, filters: list[ShownFilter]) -> Q:
    condition = Q()
    for choice, shown in zip(kind.filters, filters, strict=True):
        if shown.chosen:
            condition &= choice.condition(shown.chosen)
    return condition


def _shown_fault(fault: Fault, typed: str) -> ShownFault:
    """A fault with a link for each word that would do: the key or the value of that part put right."""
    part = typed[fault.start : fault.end]
    wrong = str(fault.values.get("typed", ""))
    fixes = tuple(
        Instead(better, typed[: fault.start] + part.replace(wrong, better, 1) + typed[fault.end :])
        for better in fault.suggestions
        if wrong and wrong in part
    )
    return ShownFault(Finding(fault.code, Weight.WARN, fault.values), fixes)


def _chips(tree: Node) -> Iterator[Instead]:
    parts = tree.parts if isinstance(tree, All) else (tree,)
    signs = ENGLISH if is_english() else None
    for place, part in enumerate(parts):
        rest = parts[:place] + parts[place + 1 :]
        yield Instead(write(part, signs), write(rest[0] if len(rest) == 1 else All(rest), signs))


def _proposals(typed: str, fields: Fields) -> Iterator[Instead]:
    space = " " if typed and not typed.endswith((":", "：", ",", "，", "=")) else ""
    examples = ENGLISH_EXAMPLES if is_english() else EXAMPLES
    begun = list(complete(typed, len(typed), fields, examples))
    for proposal in begun:
        yield Instead(proposal.text, typed[: proposal.start] + proposal.text + typed[proposal.end :])
    if not begun and space:
        for proposal in complete(typed + space, len(typed) + 1, fields, examples):
            yield Instead(proposal.text, typed + space + proposal.text)


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
