"""What people send: a table for an association, and other cells for the rows that have faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.readers.tables.cells import BLANK, CELL_CHARACTERS_MAX, Cell, text_cell
from keqiao.web.files.forms import UploadForm
from keqiao.web.imports.columns import Choice, Column, Lookup
from keqiao.web.imports.contents import RowContent
from keqiao.web.imports.models import ImportRow
from keqiao.web.imports.papers import PURPOSE
from keqiao.web.imports.queries import content_of
from keqiao.web.imports.sheet_kinds import ID_COLUMN, NEW, Fault, SheetKind

LEAVE_OUT = "leave_out"


class TableForm(UploadForm):
    """A table for one of the associations for which the sender may import this kind."""

    purpose = PURPOSE
    association = forms.ChoiceField(label=_("科协"))
    field_order = ("association", "file", "sent")

    def __init__(self, *args: Any, associations: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["association"]
        field.choices = [(str(pk), name) for pk, name in associations.items()]  # type: ignore[attr-defined]
        if len(associations) == 1:
            field.widget, field.initial = forms.HiddenInput(), str(next(iter(associations)))

    def clean_association(self) -> UUID:
        """Return the id; only those offered are chosen."""
        return UUID(self.cleaned_data["association"])


class CopyForm(UploadForm):
    """The corrected copy of a table; its kind and association are those of the import."""

    purpose = PURPOSE


class ExportForm(forms.Form):
    """For which association, and as which kind of file."""

    association = forms.ChoiceField(label=_("科协"))
    form = forms.ChoiceField(label=_("格式"), choices=[("xlsx", ".xlsx"), ("csv", ".csv")])

    def __init__(self, *args: Any, associations: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["association"]
        field.choices = [(str(pk), name) for pk, name in associations.items()]  # type: ignore[attr-defined]

    def clean_association(self) -> UUID:
        """Return the id; only those offered are chosen."""
        return UUID(self.cleaned_data["association"])


class StartForm(forms.Form):
    """Which check of the table was looked at."""

    edition = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@dataclass
class RowForm:
    """The form of one faulty row: ``faulty`` and ``others`` are its fields, ``faults`` those of the whole row."""

    row: ImportRow
    content: RowContent
    form: forms.Form
    faulty: list[tuple[Any, list[Fault]]]
    others: list[Any]
    faults: list[Fault]
    title: str

    @property
    def leave_out(self) -> Any:
        """The tick box that leaves the row out."""
        return self.form[LEAVE_OUT]

    def cells(self) -> Mapping[str, Cell] | None:
        """Return the row's cells as they were sent (None: leave it out); what nobody touched stays as it was read.

        That matters: a number that lost its last digits is still one when it is sent back unchanged.
        """
        if self.form.cleaned_data[LEAVE_OUT]:
            return None
        cells = dict(self.content.cells)
        for key, text in self.form.cleaned_data.items():
            before = cells.get(key, BLANK)
            typed = text_cell(text) if key != LEAVE_OUT else BLANK
            if key != LEAVE_OUT and typed.text != before.text:
                cells[key] = typed
        return {key: cell for key, cell in cells.items() if cell}


def row_forms(
    kind: SheetKind, present: Sequence[str], rows: Sequence[ImportRow], data: Any = None
) -> list[RowForm]:
    """Return a form for each row; ``present`` are the keys of the columns that the file has."""
    return [_row_form(kind, frozenset(present), row, data) for row in rows]


def _row_form(kind: SheetKind, present: frozenset[str], row: ImportRow, data: Any) -> RowForm:
    content = content_of(row)
    by_column: dict[str, list[Fault]] = {}
    for fault in content.faults:
        by_column.setdefault(fault.column, []).append(fault)
    shown = [column for column in kind.all_columns if _is_shown(column, present, by_column)]
    form = forms.Form(data, prefix=f"r{row.number}", auto_id="id_%s")
    for column in shown:
        faults = by_column.get(column.key, [])
        form.fields[column.key] = _field(column, content.cells.get(column.key, BLANK), faults)
        if faults:
            _describe(form, column.key)
    form.fields[LEAVE_OUT] = forms.BooleanField(label=_("不导入这一行"), required=False)
    return RowForm(
        row,
        content,
        form,
        [(form[column.key], by_column[column.key]) for column in shown if column.key in by_column],
        [form[column.key] for column in shown if column.key not in by_column],
        by_column.get("", []),
        title_of(kind, content),
    )


def _describe(form: forms.Form, key: str) -> None:
    """Let a screen reader say the faults of a field, and its help, with the field."""
    place, field = form[key].auto_id, form.fields[key]
    described = [f"{place}_error", *([f"{place}_helptext"] if field.help_text else [])]
    field.widget.attrs["aria-describedby"] = " ".join(described)


def title_of(kind: SheetKind, content: RowContent) -> str:
    """Return what people know the row by."""
    texts = (content.cells[key].text for key in kind.named_by if content.cells.get(key))
    return " ".join(texts)


def _is_shown(column: Column, present: frozenset[str], faults: Mapping[str, list[Fault]]) -> bool:
    if column.key in faults:
        return True
    return column.key in present and column is not ID_COLUMN and not column.is_private


def _field(column: Column, cell: Cell, faults: Sequence[Fault]) -> forms.Field:
    choices = [choice for fault in faults for choice in fault.choices]
    details: dict[str, Any] = {
        "label": column.header,
        "required": False,
        "initial": cell.text,
        "help_text": column.help if faults else "",
    }
    if choices:
        options = [(each.key or each.id, " ".join(filter(None, (each.name, each.more)))) for each in choices]
        options = [("", _("请选择")), *options]
        if not isinstance(column.value, Lookup):  # a number in the system: the row may also be a new record
            options.append((NEW, _("都不是，作为新记录")))
        return _choice(options, cell, details)
    if isinstance(column.value, Choice) and faults:
        labels = [(label, label) for label in column.value.shown()]
        return _choice([("", _("请选择")), *labels], cell, details)
    return forms.CharField(
        max_length=CELL_CHARACTERS_MAX,
        widget=forms.TextInput(attrs={"aria-invalid": "true"} if faults else {}),
        **details,
    )


def _choice(options: list[tuple[Any, Any]], cell: Cell, details: dict[str, Any]) -> forms.Field:
    """A list to choose from; what stands in the cell is offered too, so that nothing typed is lost."""
    if cell and cell.text not in [value for value, _label in options]:
        options.insert(1, (cell.text, cell.text))
    widget = forms.Select(attrs={"aria-invalid": "true"})
    return forms.ChoiceField(choices=options, widget=widget, **details)
