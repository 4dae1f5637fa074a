"""Which tables can be imported. Rooms above say it in a module ``importable`` with ``SHEETS``.

They are found by walking the installed rooms, as the checks of ``keqiao verify`` are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Weight
from keqiao.web.imports.columns import Code, Column, Context, Reference, Viewer, Words

ID = "id"
"""The key of the column that names a record by its number in the system; every kind of sheet has it first."""

NEW = "new"
"""What an officer puts there to say: none of those that look alike, a new one."""

ID_COLUMN = Column(
    ID,
    _("系统编号"),
    Code(longest=36),
    help=_("由系统填写，用于认出已有的记录；新增的行留空。"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says: ``number`` is its line in the sheet (from 1), ``values`` hold what is not blank.

    A blank cell says nothing: it never removes what is known.
    """

    number: int
    values: Mapping[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or ``default`` where the cell is blank."""
        return self.values.get(key, default)


@dataclass(frozen=True, slots=True)
class Standing:
    """The record that a row means, and what it says now, by the keys of the columns."""

    id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, or doubtful (``Weight.WARN``).

    ``code`` names the sentence in ``keqiao/data/messages``; ``choices`` are those among which the officer
    chooses, by the :data:`ID` column.
    """

    code: str
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    weight: Weight = Weight.REFUSE
    choices: tuple[Reference, ...] = ()


Matches = Mapping[int, Standing | Fault]


def nothing_more(_rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Check no more than the columns say."""
    return ()


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of table: its columns, and how its rows meet a register.

    ``may_import(viewer, at)`` gives the associations for which a viewer may import, with their names.

    ``identity`` are sets of columns that name a record: two rows of a file with the same values in one of them
    are a fault. ``match(rows, context)`` gives by row number what the register holds already, or a fault where
    that is not certain; a row without an answer is new. ``check(rows, context)`` gives faults and doubts of rows
    by number. Both get rows without other faults and do a constant number of queries.

    ``apply(row, standing, context)`` does one row through the room's own action, in a transaction that the
    importer holds, and returns the id of the record; it raises ValidationError where the room's rules refuse.

    ``export(context)`` gives the values of all records that ``context.actor`` may import again; importing them
    changes nothing.
    """

    code: str
    label: Words
    help: Words
    columns: tuple[Column, ...]
    may_import: Callable[[Viewer, datetime], Mapping[UUID, str]]
    identity: tuple[tuple[str, ...], ...]
    match: Callable[[Sequence[Row], Context], Matches]
    apply: Callable[[Row, Standing | None, Context], str]
    export: Callable[[Context], Iterable[Mapping[str, Any]]]
    check: Callable[[Sequence[Row], Context], Iterable[tuple[int, Fault]]] = nothing_more
    order: int = 50  # where it stands in the list of kinds
    named_by: tuple[str, ...] = ("name",)
    """The columns by which people know a row: its title in the preview."""
    address: Callable[[str], str] | None = None
    """Leads from the id of a record to its page."""

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """Return the columns behind the one that names the record."""
        return (ID_COLUMN, *self.columns)

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.all_columns if column.key == key)


_kinds: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> None:
    """Make a kind of sheet known.

    Raises:
        ImproperlyConfigured: another kind has this code, or one of its keys or headings stands twice.
    """
    keys = [column.key for column in kind.all_columns]
    names = [name for column in kind.all_columns for name in column.names()]
    if len(set(keys)) != len(keys) or len(set(names)) != len(names):
        raise ImproperlyConfigured(f"{kind.code}: a key or a heading stands twice")
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise ImproperlyConfigured(f"two kinds of sheet are called {kind.code}")


def sheet_kind(code: str) -> SheetKind | None:
    """Return a registered kind of sheet, or nothing."""
    _find_kinds_of_rooms()
    return _kinds.get(code)


def all_sheet_kinds() -> list[SheetKind]:
    """Return the registered kinds in their order."""
    _find_kinds_of_rooms()
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))


@cache
def _find_kinds_of_rooms() -> None:
    modules = (f"{app.name}.importable" for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    for name in modules:
        if find_spec(name):
            for kind in import_module(name).SHEETS:
                register(kind)
