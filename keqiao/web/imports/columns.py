"""Columns of a sheet: what each says, how it is read from a cell and written into one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from keqiao.core.money import yuan_from_fen
from keqiao.readers.tables.cells import Cell
from keqiao.readers.tables.values import BadCell, code_of, day_of, fen_of, text_of, whole_of

Words = str | Promise
Written = str | int | Decimal | date
LANGUAGES = ("zh-hans", "en")
CHOICES_SAID = 8
"""So many choices a fault names; the page and the template offer all of them."""


class Value(Protocol):
    """What the cells of a column hold. ``is_code``: a table program must keep it as text."""

    is_code: bool

    def read(self, cell: Cell) -> Any:
        """Return the value of a cell that is not blank; raises BadCell or ValidationError."""

    def write(self, value: Any) -> Written:
        """Return what stands in a cell for ``value``; reading it again gives ``value``."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of at most ``longest`` characters."""

    longest: int = 200
    is_code: bool = True  # a name such as 360 or 3-1 must stay what it is

    def read(self, cell: Cell) -> str:
        """Return the clean text."""
        return text_of(cell, self.longest)

    def write(self, value: str) -> str:
        """Return the text."""
        return value


@dataclass(frozen=True, slots=True)
class Code:
    """A code, a number that names. ``digits``: it has exactly so many and no letters.

    ``check`` gives it in its one spelling or raises ValidationError (a check digit that does not fit).
    """

    digits: int | None = None
    check: Callable[[str], str | None] | None = None
    longest: int = 60
    is_code: bool = True

    def read(self, cell: Cell) -> str:
        """Return the code in its one spelling."""
        code = code_of(cell, self.digits)
        text_of(Cell(code), self.longest)
        return (self.check(code) or "") if self.check else code

    def write(self, value: str) -> str:
        """Return the code as text."""
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int = 0
    most: int = 10**12
    is_code: bool = False

    def read(self, cell: Cell) -> int:
        """Return the number."""
        number = whole_of(cell)
        if not self.least <= number <= self.most:
            raise BadCell("table.out_of_bounds", value=cell.text, least=self.least, most=self.most)
        return number

    def write(self, value: int) -> int:
        """Return the number."""
        return value


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen; cells hold it in ``unit``, which the heading must say."""

    unit: Literal["元", "万元"] = "元"
    is_code: bool = False

    def read(self, cell: Cell) -> int:
        """Return the fen."""
        return fen_of(cell, self.unit)

    def write(self, value: int) -> int | Decimal:
        """Return the amount in the unit of the column, exact."""
        return yuan_from_fen(value) if self.unit == "元" else (Decimal(value) / 1_000_000).normalize()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    is_code: bool = False

    def read(self, cell: Cell) -> date:
        """Return the day."""
        return day_of(cell)

    def write(self, value: date) -> date:
        """Return the day."""
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few, written as its label (in any language of the site) or its code.

    ``labels`` gives each code its label in the language of the moment; ``aliases`` other words for codes.
    """

    labels: Callable[[], Mapping[str, Words]]
    aliases: Mapping[str, str] = ()  # type: ignore[assignment]
    is_code: bool = True

    def read(self, cell: Cell) -> str:
        """Return the code of the label."""
        wanted = _folded(text_of(cell, 200))
        known = self._known()
        if wanted not in known:
            raise BadCell("table.not_a_choice", value=cell.text, choices=self._offered())
        return known[wanted]

    def write(self, value: str) -> str:
        """Return the label."""
        return str(self.labels().get(value, value))

    def shown(self) -> list[str]:
        """Return all labels in the language of the moment."""
        return [str(label) for label in self.labels().values()]

    def _offered(self) -> str:
        labels = self.shown()
        return "、".join(labels[:CHOICES_SAID]) + ("……" if len(labels) > CHOICES_SAID else "")

    def _known(self) -> dict[str, str]:
        known = {_folded(alias): code for alias, code in dict(self.aliases).items()}
        for language in LANGUAGES:
            with translation.override(language):
                known |= {_folded(str(label)): code for code, label in self.labels().items()}
        return {code.casefold(): code for code in self.labels()} | known


def yes_no() -> Choice:
    """Return a column of yes and no, read as the codes ``yes`` and ``no``."""
    more = {"√": "yes", "有": "yes", "Y": "yes", "1": "yes", "×": "no", "无": "no", "N": "no", "0": "no"}
    return Choice(lambda: {"yes": _("是"), "no": _("否")}, more | {"true": "yes", "false": "no"})


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that stands in a register: its id, how it is called, and a word that finds it alone."""

    id: str
    name: str
    key: str = ""
    more: str = ""  # what tells it from its namesakes: code, region, kind


@dataclass(frozen=True, slots=True)
class Lookup:
    """A region, an organisation, a person … by name or by code.

    ``find(words, context)`` gives for each word all that it may mean, in a constant number of queries: none is
    unknown, several are a fault that the officer settles. It must find a reference by its ``key`` alone.
    ``read`` gives the word; the importer puts the :class:`Reference` in its place.
    """

    find: Callable[[Collection[str], Any], Mapping[str, Collection[Reference]]]
    longest: int = 120
    is_code: bool = True

    def read(self, cell: Cell) -> str:
        """Return the word to be looked up."""
        return text_of(cell, self.longest)

    def write(self, value: Reference) -> str:
        """Return the word that finds it again."""
        return value.key or value.name


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``header`` is its heading, which also is read in English; ``aliases`` are other headings.

    ``is_private``: personal data that pages show only in part (identity numbers).
    """

    key: str
    header: Words
    value: Value
    aliases: tuple[str, ...] = ()
    required: bool = False
    help: Words = ""
    example: str = ""
    is_private: bool = False

    def names(self) -> tuple[str, ...]:
        """Return all headings under which the column is found."""
        found = [*self.aliases]
        for language in LANGUAGES:
            with translation.override(language):
                found.append(str(self.header))
        return tuple(dict.fromkeys(found))


class Viewer(Protocol):
    """Who imports: an account, which stands above this room."""

    pk: Any
    is_authenticated: bool

    def organisations_as(self, role: str, moment: datetime) -> frozenset[UUID]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """For which association, by whom, when."""

    association_id: UUID
    actor: Viewer
    at: datetime


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
