"""What mends a name that points nowhere in a form: the name is taken out, or the field it names is put back."""

from collections.abc import Iterable
from typing import TypeVar

from keqiao.core.programme.forms.conditions import (
    Check,
    Chosen,
    Compares,
    Condition,
    Filled,
    Otherwise,
    Together,
)
from keqiao.core.programme.forms.fields import (
    AnyField,
    Column,
    ComputedField,
    FileField,
    FormField,
    PersonField,
    TableField,
    UnitField,
)
from keqiao.core.programme.forms.form import Form

One = TypeVar("One")
Kept = TypeVar("Kept", bound=FormField | Column)
Place = tuple[str | int, ...]
"""Where something names a field: ``("fields", 3)``, ``("checks", 0)``, ``("paper", "blanks", 2)``."""


def without_name(form: Form, place: Place, path: str) -> Form | None:
    """Return the form in which what stands at ``place`` names ``path`` no more; None where nothing would be left of it.

    A condition loses the part that names it, and holds always once no part is left; a check that is about the path
    goes as a whole. A sum or a computed column of this one number alone is for a person.
    """
    *kind, number = place
    if kind == ["fields"]:
        return _with_field(form, int(number), _field_without(form.fields[int(number)], path))
    if kind == ["checks"]:
        kept = _check_without(form.checks[int(number)], path)
        return form.model_copy(update={"checks": _replaced(form.checks, int(number), kept)})
    if kind == ["paper", "blanks"] and form.paper is not None:
        blanks = _replaced(form.paper.blanks, int(number), None)
        return form.model_copy(update={"paper": form.paper.model_copy(update={"blanks": blanks})})
    return None


def with_field_again(form: Form, earlier: Form, path: str) -> Form | None:
    """Return the form with the field or column that ``path`` names as ``earlier`` has it; None where it has none.

    It stands behind the same field or column as it did.
    """
    name, _dot, part = path.partition(".")
    known = {each.id: each for each in earlier.fields}
    there = next((place for place, each in enumerate(form.fields) if each.id == name), None)
    if name not in known:
        return None
    if there is None:
        fields = _put_back(form.fields, earlier.fields, known[name])
        return form.model_copy(update={"fields": fields})
    return _with_field(form, there, _part_again(form.fields[there], known[name], part))


def named_again(earlier: Form, path: str) -> str:
    """Return how the field or column that ``path`` names was called; "" where the earlier form has none."""
    name, _dot, part = path.partition(".")
    field = next((each for each in earlier.fields if each.id == name), None)
    if field is None:
        return ""
    column = next((each for each in getattr(field, "columns", ()) if each.id == part), None)
    return f"{field.label}·{column.label}" if column else field.label


def _with_field(form: Form, place: int, field: AnyField | None) -> Form | None:
    if field is None:
        return None
    return form.model_copy(update={"fields": _replaced(form.fields, place, field)})


def _replaced(entries: tuple[One, ...], place: int, now: One | None) -> tuple[One, ...]:
    return (*entries[:place], *([now] if now is not None else []), *entries[place + 1 :])


def _field_without(field: AnyField, path: str) -> AnyField | None:
    changed: dict[str, object] = {"shown_if": _condition_without(field.shown_if, path)}
    if isinstance(field, FileField):
        changed["required_if"] = _condition_without(field.required_if, path)
    if isinstance(field, ComputedField):
        changed |= {name: _less(getattr(field, name), path) for name in ("sum_of", "less")}
        if not changed["sum_of"]:
            return None
    if isinstance(field, TableField):
        columns = tuple(each.model_copy(update={"of": _less(each.of, path)}) for each in field.columns)
        if any(before.of and not now.of for before, now in zip(field.columns, columns, strict=True)):
            return None
        changed["columns"] = columns
    return field.model_copy(update=changed)


def _less(paths: Iterable[str], path: str) -> tuple[str, ...]:
    return tuple(each for each in paths if each != path)


def _check_without(check: Check, path: str) -> Check | None:
    holds = _condition_without(check.holds, path)
    if holds is None or check.at == path:
        return None
    return check.model_copy(update={"holds": holds, "when": _condition_without(check.when, path)})


def _condition_without(condition: Condition | None, path: str) -> Condition | None:
    """The condition without what names the path: None where nothing is left of it."""
    if isinstance(condition, Together):
        parts = tuple(
            kept for each in condition.parts if (kept := _condition_without(each, path)) is not None
        )
        if len(parts) < 2:
            return parts[0] if parts else None
        least = min(condition.least, len(parts)) if condition.least else None
        return condition.model_copy(update={"parts": parts, "least": least})
    if isinstance(condition, Otherwise):
        kept = _condition_without(condition.part, path)
        return condition.model_copy(update={"part": kept}) if kept is not None else None
    return None if condition is not None and _names(condition, path) else condition


def _names(condition: Condition, path: str) -> bool:
    if isinstance(condition, Compares):
        sides = (condition.left, condition.right)
        return any(path in (side.field, side.sum_of, side.count_of) for side in sides)
    return isinstance(condition, Chosen | Filled) and condition.field == path


def _put_back(now: tuple[Kept, ...], earlier: tuple[Kept, ...], gone: Kept) -> tuple[Kept, ...]:
    """Behind the nearest one before it that is still there, else first."""
    places = {each.id: place for place, each in enumerate(now, 1)}
    before = [each.id for each in earlier]
    ahead = before[: before.index(gone.id)]
    place = next((places[each] for each in reversed(ahead) if each in places), 0)
    return (*now[:place], gone, *now[place:])


def _part_again(now: AnyField, earlier: AnyField, part: str) -> AnyField | None:
    if isinstance(now, TableField) and isinstance(earlier, TableField):
        gone = next((each for each in earlier.columns if each.id == part), None)
        if gone is None:
            return None
        return now.model_copy(update={"columns": _put_back(now.columns, earlier.columns, gone)})
    if isinstance(now, PersonField | UnitField) and isinstance(earlier, type(now)) and part in earlier.parts:
        return now.model_copy(update={"parts": (*now.parts, part)})
    return None
