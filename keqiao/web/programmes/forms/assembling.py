"""Puts what was typed together to the plain value of a statement, and finds the field that a fault is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from keqiao.web.programmes.definitions import Values
from keqiao.web.programmes.forms.fields import YES
from keqiao.web.programmes.forms.typed import KEPT, ROWS, SETTLED, STATED, WAS, digest_of, join
from keqiao.web.programmes.statements.shapes import Detail, Group, Leaf, Rows, Shape, Variants

Loc = tuple[str | int, ...]
SETTLED_MARKS = frozenset({"needs_answer", "invented"})
"""What does not hold any more for a fact that says another thing."""
WHOLE = re.compile(r"-?[0-9]{1,18}")


@dataclass
class Assembly:
    """One statement being put together. ``shown`` says for every list which row each of its entries was typed in."""

    cleaned: Mapping[str, Any]
    new_ids: Iterator[str]
    shown: dict[str, list[int]] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)

    def value(self, shape: Shape, prefix: str = "") -> Any:
        """Return the plain value without marks; None where nothing is stated."""
        if isinstance(shape, Leaf):
            return self.cleaned.get(prefix)
        if isinstance(shape, Rows):
            return self._rows(shape, prefix)
        if isinstance(shape, Variants):
            return self._variant(shape, prefix)
        return self._group(shape, prefix)

    def with_marks(self, shape: Shape, value: Any, prefix: str = "") -> Any:
        """Return ``value`` with the marks of facts that say what they said when the form was shown."""
        if isinstance(shape, Variants) and isinstance(value, dict):
            group = shape.group(value.get(shape.by))
            return self.with_marks(group, value, prefix) if group else value
        if isinstance(shape, Rows) and isinstance(value, list):
            places = self.shown.get(prefix, [])
            return [
                self.with_marks(shape.row, row, join(prefix, number))
                for number, row in zip(places, value, strict=True)
            ]
        if not isinstance(shape, Group) or not isinstance(value, dict):
            return value
        inner = {
            name: self.with_marks(shape.fields[name], stated, join(prefix, name))
            if name in shape.fields
            else stated
            for name, stated in value.items()
        }
        return {**inner, **self._marks(shape, value, prefix)}

    def field_at(self, shape: Shape, loc: Loc, prefix: str = "") -> tuple[Shape, str]:
        """Return the shape and the name of what a place in the value is about: a field, else its group or list."""
        if isinstance(shape, Leaf) or not loc:
            return shape, prefix
        step, rest = loc[0], loc[1:]
        if isinstance(shape, Variants):
            group = shape.group(step)
            return self.field_at(group, rest, prefix) if group else (shape, join(prefix, shape.by))
        if isinstance(shape, Rows):
            return self._row_at(shape, loc, prefix)
        if step in shape.fields:
            return self.field_at(shape.fields[str(step)], rest, join(prefix, step))
        return shape, prefix

    def _row_at(self, shape: Rows, loc: Loc, prefix: str) -> tuple[Shape, str]:
        places = self.shown.get(prefix, [])
        if isinstance(loc[0], int) and loc[0] < len(places):
            return self.field_at(shape.row, loc[1:], join(prefix, places[loc[0]]))
        if shape.row == Group(Detail):
            for number in places:
                if self.cleaned.get(join(join(prefix, number), "name")) == loc[0]:
                    return self.field_at(shape.row, ("value",), join(prefix, number))
        return shape, prefix

    def _group(self, group: Group, prefix: str, skip: str = "") -> Values | None:
        """Return a group; None where it is blank, unless it is a variant (``skip``), which somebody has chosen."""
        stated: Values = {}
        for name, shape in group.fields.items():
            value = None if name == skip else self.value(shape, join(prefix, name))
            if value is not None and value != []:
                stated[name] = value
            elif isinstance(shape, Leaf) and shape.may_be_none and join(prefix, name) in self.cleaned:
                stated[name] = None
        kept = self.cleaned.get(join(prefix, KEPT)) or {}
        if not skip and self._is_blank(group, stated) and not self._was_stated(group, kept, prefix):
            return None
        stated |= {name: kept[name] for name in group.hidden - SETTLED_MARKS if name in kept}
        if "id" in group.hidden and "id" not in stated:
            stated["id"] = next(self.new_ids)
        return stated

    def _is_blank(self, group: Group, stated: Values) -> bool:
        return all(
            isinstance(group.fields[name], Leaf) and value == _plain(group.fields[name].default)
            for name, value in stated.items()
        )

    def _was_stated(self, group: Group, kept: Values, prefix: str) -> bool:
        if group.is_optional and group.may_be_empty:
            return bool(self.cleaned.get(join(prefix, STATED)))
        return kept.get(WAS) == digest_of({name: kept[name] for name in ("id",) if name in kept})

    def _variant(self, shape: Variants, prefix: str) -> Values | None:
        chosen = self.cleaned.get(join(prefix, shape.by))
        group = shape.group(chosen)
        if group is None:
            return None
        return {shape.by: chosen, **(self._group(group, prefix, skip=shape.by) or {})}

    def _rows(self, shape: Rows, prefix: str) -> Any:
        number = self.cleaned.get(join(prefix, ROWS)) or 0
        found = [(row, self.value(shape.row, join(prefix, row))) for row in range(number)]
        stated = [(row, value) for row, value in found if value is not None]
        self.shown[prefix] = [row for row, _value in stated]
        if shape.row == Group(Detail):
            return self._details(stated, prefix)
        return [value for _row, value in stated]

    def _details(self, rows: list[tuple[int, Values]], prefix: str) -> Values | None:
        found: Values = {}
        for row, said in rows:
            name = said.get("name")
            if name is None or name in found:
                self.unfit[join(join(prefix, row), "name")] = "missing" if name is None else "repeated"
            else:
                found[name] = self._detail(said, join(join(prefix, row), "value"))
        return found or None

    def _detail(self, said: Values, name: str) -> Any:
        kind, lines = said.get("kind", "text"), said.get("value", [])
        if kind == "list":
            return lines
        only = lines[0] if len(lines) == 1 else ""
        if kind == "yes_no" and only in (YES, "no", "是", "否"):
            return only in (YES, "是")
        if kind == "number" and WHOLE.fullmatch(only):
            return int(only)
        if kind == "text" and only:
            return only
        self.unfit[name] = f"detail_{kind}"
        return None

    def _marks(self, group: Group, value: Values, prefix: str) -> Values:
        kept = self.cleaned.get(join(prefix, KEPT)) or {}
        if not group.is_fact or self.cleaned.get(join(prefix, SETTLED)) or kept.get(WAS) != digest_of(value):
            return {}
        return {name: True for name in sorted(SETTLED_MARKS) if kept.get(name) is True}


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default
