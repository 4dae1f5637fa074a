"""The form of a statement as its page shows it: sections with fields, lists with their rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms

from keqiao.web.programmes.forms.building import Builder
from keqiao.web.programmes.forms.typed import KEPT, ROWS, SETTLED, STATED, join
from keqiao.web.programmes.statements.order import WIDE, Section, sections_of
from keqiao.web.programmes.statements.shapes import HEAD_OF, Detail, Group, Leaf, Rows, Shape, Variants
from keqiao.web.programmes.wording import labels

WIDE_WIDGETS = (forms.Textarea, forms.CheckboxSelectMultiple)


@dataclass
class Line:
    """One field. ``is_wide``: it needs the whole width."""

    field: Any
    kind: str = "line"

    @property
    def is_wide(self) -> bool:
        """Lists and long texts are wide; short fields stand beside each other."""
        return isinstance(self.field.field.widget, WIDE_WIDGETS) or self.field.name.split("-")[-1] in WIDE


@dataclass
class Block:
    """Fields under one legend. ``is_folded``: shown closed."""

    legend: str = ""
    items: list[Any] = field(default_factory=list)
    is_folded: bool = False
    kind: str = "block"


@dataclass
class Choice:
    """The field by which variants are told apart; another choice asks for other fields."""

    field: Any
    kind: str = "choice"


@dataclass
class RowShown:
    """One row of a list: its number from 1, and the buttons that move or remove it."""

    number: int
    items: list[Any]
    acts: dict[str, str]


@dataclass
class Table:
    """A list: its rows, and the button that adds one. ``count`` is the hidden field with the number of rows."""

    legend: str
    count: Any
    rows: list[RowShown]
    add: str
    kind: str = "table"


class Layout:
    """Lays out the fields that a ``Builder`` has built for one form."""

    def __init__(self, form: forms.Form, builder: Builder) -> None:
        self.form = form
        self.builder = builder

    def of(self, shape: Shape, prefix: str = "", label: str = "") -> list[Any]:
        """Return what the page shows for ``shape``, from top to bottom."""
        if isinstance(shape, Leaf):
            return [Line(self.form[prefix])] if prefix in self.form.fields else []
        if isinstance(shape, Rows):
            return [self._table(shape, prefix, label)]
        if isinstance(shape, Variants):
            group = self.builder.chosen(shape, prefix)
            rest = self._group(group, prefix, skip=shape.by) if group else []
            return [Choice(self.form[join(prefix, shape.by)]), *rest]
        return self._group(shape, prefix)

    def _group(self, group: Group, prefix: str, skip: str = "") -> list[Any]:
        unseen = [self._line(prefix, KEPT), self._line(prefix, SETTLED), self._line(prefix, STATED)]
        shown = [line for line in unseen if line]
        for section in sections_of(group.model):
            shown += self._section(group, section, prefix, skip)
        return shown

    def _section(self, group: Group, section: Section, prefix: str, skip: str) -> list[Any]:
        names = [name for name in section.names if name != skip]
        items = [item for name in names for item in self._field(group, name, prefix)]
        if not section.legend or not items:
            return items
        looks = self._is_stated if section.opens else self._is_faulty
        is_open = not section.is_folded or any(looks(join(prefix, name)) for name in names)
        return [Block(str(section.legend), items, not is_open)]

    def _field(self, group: Group, name: str, prefix: str) -> list[Any]:
        shape, here = group.fields[name], join(prefix, name)
        label = labels.field_label(HEAD_OF.get(group.model, group.model), name)
        items = self.of(shape, here, label)
        if not isinstance(shape, Group) or name == "source":
            return items
        return [Block(label, items, is_folded=shape.is_optional and not self._is_stated(here))]

    def _table(self, shape: Rows, prefix: str, label: str) -> Table:
        number = self.builder.built.rows[prefix][1]
        rows = [self._row(shape, prefix, row, number) for row in range(number)]
        return Table(label, self.form[join(prefix, ROWS)], rows, f"add:{prefix}")

    def _row(self, shape: Rows, prefix: str, row: int, number: int) -> RowShown:
        acts = {"remove": f"remove:{prefix}:{row}"}
        if row and shape.row != Group(Detail):
            acts["up"] = f"up:{prefix}:{row}"
        if row + 1 < number and shape.row != Group(Detail):
            acts["down"] = f"down:{prefix}:{row}"
        return RowShown(row + 1, self.of(shape.row, join(prefix, row)), acts)

    def _line(self, prefix: str, name: str) -> Line | None:
        here = join(prefix, name)
        return Line(self.form[here]) if here in self.form.fields else None

    def _is_stated(self, prefix: str) -> bool:
        """Was anything typed below ``prefix``, or is there a fault?"""
        return any(self._differs(name) for name in self.form.fields if _is_below(name, prefix))

    def _is_faulty(self, prefix: str) -> bool:
        return any(_is_below(name, prefix) for name in self.form.faults)

    def _differs(self, name: str) -> bool:
        if name.endswith((f"-{KEPT}", f"-{ROWS}")):
            return False
        if name in self.form.faults:
            return True
        said = "".join(each for key in (name, f"{name}_printed") for each in self.builder.typed.getlist(key))
        return said not in ("", "0", self.builder.built.usual.get(name))


def _is_below(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}-")


def names_of(items: list[Any]) -> Iterator[str]:
    """Yield the names of all fields that are laid out (a test looks for fields that were forgotten)."""
    for item in items:
        if isinstance(item, Line | Choice):
            yield item.field.name
        elif isinstance(item, Block):
            yield from names_of(item.items)
        else:
            yield item.count.name
            for row in item.rows:
                yield from names_of(row.items)
