"""What public calls hand out: money and places by region, kind of applicant, theme and year.

Counted are the categories that can be applied for, as the revisions in force state them. A sum that several
categories share counts once. What is not stated is counted as such, never as nought.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.money import FEN_PER_YUAN
from keqiao.readers.search_words import SearchCode, applicant_kinds, themes
from keqiao.web.programmes.public_face.rows import codes_between_bars
from keqiao.web.programmes.public_face.search import sums_of_public_calls
from keqiao.web.ui.templatetags.shell import money

SHARED, UNSAID = "(shared)", "(unsaid)"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # without it, office programs take UTF-8 for something else


@dataclass(slots=True)
class Figures:
    """One line: what ``number`` categories hand out. ``untold`` and ``unplaced`` of them do not say how much or
    how many; ``made_up`` of them have figures of the demonstration. ``fen`` and ``places`` are None where none says.
    """

    label: str
    number: int = 0
    fen: int | None = None
    untold: int = 0
    places: int | None = None
    unplaced: int = 0
    made_up: int = 0

    def add(self, row: dict[str, Any]) -> None:
        """Add one group of categories."""
        self.number += row["number"]
        self.fen = _sum(self.fen, row["fen"])
        self.untold += row["untold"]
        self.places = _sum(self.places, row["taken"])
        self.unplaced += row["unplaced"]
        self.made_up += row["made_up"]

    @property
    def yuan(self) -> int | None:
        """The money in yuan, fen left out."""
        return None if self.fen is None else self.fen // FEN_PER_YUAN


@dataclass(frozen=True)
class View:
    """The figures by one thing; ``overlaps``: a category counts on several lines, so they do not add up."""

    name: str
    label: str
    lines: list[Figures]
    overlaps: bool

    @cached_property
    def by_money(self) -> list[tuple[str, int, str]]:
        """Bars of the money."""
        return [(line.label, line.yuan, money(line.fen)) for line in self.lines if line.yuan]

    @cached_property
    def by_places(self) -> list[tuple[str, int, str]]:
        """Bars of the places."""
        return [(line.label, line.places, str(line.places)) for line in self.lines if line.places]

    @property
    def most_money(self) -> int:
        """The longest bar of the money, in yuan."""
        return max((yuan for _label, yuan, _words in self.by_money), default=0)

    @property
    def most_places(self) -> int:
        """The longest bar of the places."""
        return max((places for _label, places, _words in self.by_places), default=0)


@dataclass(frozen=True)
class Statistics:
    """All figures: the whole, and by each thing."""

    whole: Figures
    views: list[View]


def statistics() -> Statistics:
    """Return the figures over all public calls; one query."""
    rows = sums_of_public_calls()
    return Statistics(
        _added(_("合计"), rows),
        [
            View(
                "region",
                _("地区"),
                _by(rows, lambda row: [row["call__region"] or UNSAID], {}),
                overlaps=False,
            ),
            View("year", _("年度"), _by(rows, _year, {}), overlaps=False),
            View(
                "applicant", _("申报单位"), _by(rows, _codes("applicants"), applicant_kinds()), overlaps=True
            ),
            View("theme", _("主题"), _by(rows, _codes("themes"), themes()), overlaps=True),
        ],
    )


def table_of(found: Statistics) -> str:
    """Return the figures as a table for office programs (CSV, UTF-8 with a byte order mark)."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            *(_("口径"), _("项目"), _("类别数"), _("经费合计（元）"), _("未写明经费的类别数")),
            *(_("名额"), _("未写明名额的类别数"), _("含演示数据的类别数")),
        ]
    )
    lines = ((view.label, line) for view in found.views for line in view.lines)
    for label, line in (("", found.whole), *lines):
        writer.writerow([label, _plain(line.label), *_cells(line)])
    return BYTE_ORDER_MARK + text.getvalue()


def _cells(line: Figures) -> Iterator[int | str]:
    """What is not known stays empty."""
    known = (line.number, line.yuan, line.untold, line.places, line.unplaced, line.made_up)
    yield from ("" if value is None else value for value in known)


def _plain(label: str) -> str:
    """A label that no office program takes for a formula."""
    return f"'{label}" if label.startswith(BEGINS_A_FORMULA) else label


def _by(rows: list[dict[str, Any]], keys: Callable[[dict[str, Any]], list[str]], known: Any) -> list[Figures]:
    """The lines in the order of the vocabulary, else of the money; what is not said or shared stands last."""
    found: dict[str, Figures] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, Figures(_label(key, known))).add(row)
    order = {code: place for place, code in enumerate([*known, SHARED, UNSAID])}
    last = len(order)
    return [
        found[key]
        for key in sorted(
            found,
            key=lambda key: (key in (SHARED, UNSAID), order.get(key, last), -(found[key].fen or 0), key),
        )
    ]


def _label(key: str, known: Any) -> str:
    if key == SHARED:
        return _("几类共用，不分")
    if key == UNSAID:
        return _("未写明")
    entry: SearchCode | None = known.get(key)
    return entry.label(get_language() or "") if entry else key


def _codes(column: str) -> Callable[[dict[str, Any]], list[str]]:
    def keys(row: dict[str, Any]) -> list[str]:
        return codes_between_bars(row[column]) or [SHARED if row["is_shared"] else UNSAID]

    return keys


def _year(row: dict[str, Any]) -> list[str]:
    return [str(row["call__year"]) if row["call__year"] else UNSAID]


def _added(label: str, rows: Iterable[dict[str, Any]]) -> Figures:
    whole = Figures(label)
    for row in rows:
        whole.add(row)
    return whole


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
