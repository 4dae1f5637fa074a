"""What a list page offers: columns, choices above the table, keys of its search box."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from keqiao.core.query import Choice, Field, Kind, choices_of
from keqiao.web.ui.lists.conditions import Leaf, any_of

Words = str | Promise
CellValue = str | int | date | datetime | bool | None
ROWS_PER_PAGE = 50
CHINESE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table. ``order`` are the fields that sort by it, ascending; none: not sortable.

    ``value`` gives what the column holds for one row, for files; a list can be exported where every column has it.
    Money is given in fen with ``is_money``.
    """

    name: str
    label: Words
    order: tuple[str, ...] = ()
    number: bool = False
    value: Callable[[Any], CellValue] | None = None
    is_money: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice above the table: value in the address, words, and what it means for the queryset.

    It is a key of the search box as well, by its label (``类别:学会``).
    """

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    condition: Callable[[str], Q]


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the search box, and what a comparison with it means for the queryset.

    The words of its field are Chinese and English; the page proposes the first one of its own language.
    """

    field: Field
    condition: Callable[[Leaf], Q]


@dataclass(frozen=True, slots=True)
class ListKind:
    """What a list page offers. ``search`` turns one word into a condition; all words must fit.

    ``default_sort`` is a column's name, with ``-`` in front for descending. The primary key always breaks
    ties, so that a row cannot stand on two pages. ``code`` names the list for saved views (none are kept without it);
    ``file_name`` what an export is called. ``only_words``: the box takes words and no keys (the public search).
    """

    columns: Sequence[Column]
    default_sort: str
    search: Callable[[str], Q] | None = None
    filters: Sequence[Filter] = ()
    keys: Sequence[Key] = ()
    hint: Words = ""
    rows_per_page: int = ROWS_PER_PAGE
    code: str = ""
    file_name: Words = ""
    only_words: bool = False


def key_of(choice: Filter) -> Key:
    """Return a choice above the table as a key of the search box."""
    choices = tuple(Choice(value, both_languages(words)) for value, words in choice.choices)
    field = Field(choice.name, both_languages(choice.label), Kind.CHOICE, choices)
    return Key(field, any_of(choice.condition))


def both_languages(words: Words) -> tuple[str, ...]:
    """Return words as the page shows them, and in Chinese where that is another language."""
    shown = str(words)
    with override(CHINESE):
        chinese = str(words)
    return tuple(dict.fromkeys(name for name in (shown, chinese) if name))


def is_english() -> bool:
    """Is the page English? Chinese is the language of everything else."""
    return (get_language() or CHINESE) != CHINESE


def in_language_of_page(key: Key) -> Key:
    """Return a key whose words in the language of the page come first; those of both languages are understood."""
    if not is_english():
        return key
    field = key.field
    choices = tuple(replace(choice, words=_english_first(choice.words)) for choice in choices_of(field))
    return replace(key, field=replace(field, words=_english_first(field.words), choices=choices))


def _english_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: not word.isascii()))
