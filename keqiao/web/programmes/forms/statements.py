"""A form for any statement of a definition, made from its model."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError as Fault
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from keqiao.web.programmes import parts
from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.assembling import Assembly
from keqiao.web.programmes.forms.building import Builder
from keqiao.web.programmes.forms.faults import faults_of, said
from keqiao.web.programmes.forms.layout import Layout
from keqiao.web.programmes.forms.rows import rearranged
from keqiao.web.programmes.forms.typed import Typed, join, typed_of
from keqiao.web.programmes.parts import AT, NEW, Part
from keqiao.web.programmes.statements.form_references import around
from keqiao.web.programmes.statements.shapes import Leaf
from keqiao.web.programmes.statements.slots import Statement, is_list, slots_of, statement_at
from keqiao.web.programmes.wording import labels

OF_THE_PAGE = ("csrfmiddlewaretoken", "version", "act", "autosave", "words", "reason")


class StatementForm(forms.Form):
    """What one part of a definition says. Everything stands in what was typed; nothing is kept between pages."""

    def __init__(self, part: Part, definition: Values, typed: Typed, *, is_submitted: bool) -> None:
        super().__init__(typed)
        self.part, self.definition, self.typed = part, definition, typed
        self.is_submitted = is_submitted
        self.statement = _statement(part, kind_at(part, definition))
        self.top = part.slot if isinstance(self.statement.shape, Leaf) else ""
        self.builder = Builder(around(part, definition), typed)
        self.builder.add(self.statement.shape, self.top)
        self.fields |= self.builder.built.fields
        self.stated: Any = None

    @property
    def errors(self) -> Any:
        """Faults are looked for only when the form is handed in, not while rows are added."""
        return super().errors if self.is_submitted else {}

    @property
    def faults(self) -> Any:
        """The faults found so far, by name of the field (none before it was handed in)."""
        return self.errors

    def clean(self) -> dict[str, Any]:
        """Put the value together, and have the model of the definition look at it."""
        assembly = Assembly(self.cleaned_data, self._new_ids())
        plain = assembly.value(self.statement.shape, self.top)
        for name, kind in assembly.unfit.items():
            self._add_fault(name, said(kind, {}))
        if isinstance(plain, dict) and (identifier := self._own_id()):
            plain["id"] = identifier
        if plain is None:
            if not isinstance(self.statement.shape, Leaf) and not self._errors:
                self._add_fault("", Fault(_("还没有填写内容。不要这一项时，请用“删除”。"), code="blank"))
            return self.cleaned_data
        try:
            read = self.statement.read(plain)
        except ValidationError as unfit:
            for name, fault in faults_of(unfit, assembly, self.statement.shape, self.top):
                self._add_fault(name, fault)
        else:
            self.stated = assembly.with_marks(self.statement.shape, read, self.top)
        return self.cleaned_data

    def value(self) -> Any:
        """Return what the part says now, as plain values of the definition; None takes it away.

        Only for a form without faults.
        """
        return self.stated

    @property
    def lacks(self) -> list[str]:
        """What is still to be filled in or mended, in words."""
        return [
            f"{self.fields[name].label}：{faults[0]}" if name in self.fields else str(faults[0])
            for name, faults in self.errors.items()
        ]

    def as_typed(self) -> "StatementForm":
        """Return the form with what was typed, not yet handed in."""
        return StatementForm(self.part, self.definition, self.typed, is_submitted=False)

    def after(self, act: str) -> "StatementForm | None":
        """Return the form after a row was added, removed or moved; None if ``act`` is none of these."""
        changed = rearranged(self.typed, self.builder.built, act)
        if changed is None:
            return None
        form = StatementForm(self.part, self.definition, changed, is_submitted=False)
        if act.startswith("add:"):
            form.begin_in_last_row(act.removeprefix("add:"))
        return form

    def begin_in_last_row(self, prefix: str) -> None:
        """Have the page put the cursor into the first field of the last row of a list."""
        last = join(join(prefix, self.builder.built.rows[prefix][1] - 1), "")
        for name, field in self.fields.items():
            if name.startswith(last) and not field.widget.is_hidden:
                field.widget.attrs["autofocus"] = True
                return

    @cached_property
    def layout(self) -> list[Any]:
        """What the page shows from top to bottom (see ``layout``)."""
        return Layout(self, self.builder).of(
            self.statement.shape, self.top, labels.slot_label(self.part.slot)
        )

    @property
    def not_asked(self) -> list[tuple[str, str]]:
        """What was typed for fields that are not asked for just now, so that it comes back with them."""
        asked = {*self.fields, *(f"{name}_printed" for name in self.fields), *OF_THE_PAGE}
        return [(name, each) for name, said in self.typed.lists() if name not in asked for each in said]

    def _add_fault(self, name: str, fault: Fault) -> None:
        if name in self.fields and name not in self._errors:
            self.add_error(name, fault)
        elif name not in self.fields:
            self.add_error(None, fault)

    def _own_id(self) -> str:
        """Return the id of the entry that the form is about, a free one for a new entry; "" where it has none."""
        if _has_id(self.part):
            return self.part.entry
        if self.part.entry == NEW and self.part.slot in parts.ID_LETTERS:
            return parts.free_id(self.definition, self.part.node, self.part.slot)
        return ""

    def _standing(self) -> Any:
        try:
            return parts.value_at(self.definition, self.part)
        except parts.NotThere:
            return None

    def _new_ids(self) -> Iterator[str]:
        """Yield ids for rows that have none yet: the same ones however often the same form is handed in."""
        own = set(parts.ids_in(self._standing())) - set(parts.ids_in(list(self.cleaned_data.values())))
        taken = set(parts.ids_in(self.definition)) - own
        if self.part.slot in parts.OF_A_FORM:
            yield from (each for n in count(1) if (each := f"c{n}") not in own)
        base = self.part.entry if _has_id(self.part) else f"{self.part.node or 'call'}.{self.part.slot}"
        yield from (each for n in count(1) if (each := f"{base[:60]}.{n}") not in taken)


def statement_form(
    part: Part, definition: Values, data: Typed | None = None, *, is_submitted: bool = True
) -> StatementForm:
    """Return the form of a part, with what it says now or with what was typed (``data``).

    Raises:
        NotThere: the definition has no such node or entry.
        KeyError: no node has such a statement.
    """
    if data is not None:
        return StatementForm(part, definition, data, is_submitted=is_submitted)
    value = None if part.entry == NEW else parts.value_at(definition, part)
    return form_saying(part, definition, value)


def form_saying(part: Part, definition: Values, value: Any) -> StatementForm:
    """Return the form of a part filled in with ``value``: proposed, or somebody else's (None: nothing)."""
    statement = statement_of(part, definition)
    top = part.slot if isinstance(statement.shape, Leaf) else ""
    return StatementForm(part, definition, typed_of(statement.shape, value, top), is_submitted=False)


def statement_of(part: Part, definition: Values) -> Statement:
    """Return what a part is made of. The entry ``NEW`` is one that is not there yet.

    Raises:
        NotThere, KeyError: as ``statement_form``.
    """
    return _statement(part, parts.kind_of_node(definition, part.node))


def _statement(part: Part, kind: str) -> Statement:
    return statement_at(kind, part.slot, is_entry=bool(part.entry) and is_list(kind, part.slot))


def kind_at(part: Part, definition: Values) -> str:
    """Return the kind of node that a part belongs to; of a node that somebody has removed meanwhile, a category."""
    try:
        return parts.kind_of_node(definition, part.node)
    except parts.NotThere:
        return "form" if part.slot in slots_of("form") else "category"


def _has_id(part: Part) -> bool:
    return bool(part.entry) and not part.entry.startswith(AT)
