"""What the sheets of the books share: the lines that rows mean, and what the stored lines say."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from keqiao.web.imports.columns import Context
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, Standing
from keqiao.web.registers.history_sheets.cells import party_of, references
from keqiao.web.registers.models.entered import IN_USE, Entered

Said = dict[str, Any]


def nothing_more(_line: Any) -> Said:
    """Say no more of a line than its plain columns and its parties."""
    return {}


def of_parties(rows: Sequence[Row]) -> Q:
    """Return what picks the lines of the units and people that rows name."""
    return Q(party_id__in={pk for row in rows if (pk := party_of(row))})


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one table as rows of a sheet.

    ``row_senses`` and ``line_senses`` give what a row and a line are told by, besides their number; a row means the
    line that shares the first of its senses that any line has. ``plain`` are columns of one name in sheet and table,
    ``parties`` further columns that hold a unit or person, by the column of the table. ``more`` says what is left.
    """

    table: type[Entered]
    plain: tuple[str, ...]
    row_senses: Callable[[Row], Iterable[Hashable]]
    line_senses: Callable[[Any], Iterable[Hashable]]
    order: tuple[Any, ...]
    counted: Q = IN_USE
    parties: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    more: Callable[[Any], Said] = nothing_more
    holders: Callable[[Sequence[Row]], Q] = of_parties

    def match(self, rows: Sequence[Row], context: Context) -> dict[int, Standing | Fault]:
        """Return the lines that rows mean: by number, else by what tells them."""
        by_id: dict[str, Any] = {}
        by_sense: dict[Hashable, Any] = {}
        for line in self._stored(context).filter(self.holders(rows)):
            by_id[str(line.pk)] = line
            for sense in self.line_senses(line):
                by_sense.setdefault(sense, line)
        meant = {row.number: self._meant(row, by_id, by_sense) for row in rows}
        meant = {number: line for number, line in meant.items() if line is not None}
        said = self._said(list(meant.values()), context)
        return {number: Standing(str(line.pk), said[line.pk]) for number, line in meant.items()}

    def export(self, context: Context) -> Iterable[Said]:
        """Yield what all lines of the association say."""
        stored = list(self._stored(context))
        said = self._said(stored, context)
        yield from ({ID: str(line.pk), **said[line.pk]} for line in stored)

    def _stored(self, context: Context) -> QuerySet[Any]:
        rows = self.table._default_manager.filter(self.counted, association_id=context.association_id)
        rows = rows.order_by(*self.order)
        return rows.select_related(*self.related) if self.related else rows

    def _meant(self, row: Row, by_id: Mapping[str, Any], by_sense: Mapping[Hashable, Any]) -> Any:
        if numbered := by_id.get(row.get(ID, "")):
            return numbered
        return next((by_sense[sense] for sense in self.row_senses(row) if sense in by_sense), None)

    def _said(self, lines: Sequence[Any], context: Context) -> dict[UUID, Said]:
        columns = ("party_id", *self.parties.values())
        named = references({getattr(line, column) for line in lines for column in columns}, context)
        return {line.pk: self._line(line, named) for line in lines}

    def _line(self, line: Any, named: Mapping[UUID, Any]) -> Said:
        said: Said = {name: getattr(line, name) for name in self.plain}
        said = {name: None if value == "" else value for name, value in said.items()}
        if line.party_id in named:
            column, reference = named[line.party_id]
            said[column] = reference
        for column, stored in self.parties.items():
            pk = getattr(line, stored)
            said[column] = named[pk][1] if pk in named else None
        return said | self.more(line)
