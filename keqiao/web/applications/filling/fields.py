"""What each kind of field needs to be written on a page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.computed import computed_value, unit_of
from keqiao.core.forms.parts import parts_of
from keqiao.core.forms.written import written
from keqiao.core.programme.forms import AnyField
from keqiao.core.programme.forms.fields import (
    BudgetField,
    ComputedField,
    DateField,
    FileField,
    PeriodField,
    PersonField,
    PledgeField,
    TableField,
    TargetsField,
    TextField,
    UnitField,
)
from keqiao.web.applications.filling.blanks import Around, Blank, Option, blank, moment_kind
from keqiao.web.applications.filling.names import blank_name
from keqiao.web.applications.filling.rows import budget, table, targets
from keqiao.web.applications.filling.shown import FileShown, Page
from keqiao.web.applications.filling.words import part_words


def made(page: Page, each: AnyField) -> dict[str, Any]:
    """Return what ``shown.Shown`` says of this field."""
    make = _MAKERS.get(type(each), _simple)
    return make(page, each)


def _simple(page: Page, each: AnyField) -> dict[str, Any]:
    around = Around(
        name=blank_name(each.id),
        label=each.label,
        faults=page.faults_at(each.id),
        is_open=page.is_open(each),
        regions=page.now.regions,
    )
    return {"kind": "simple", "blanks": (blank(each, page.answers.get(each.id), around),)}


def _period(page: Page, each: PeriodField) -> dict[str, Any]:
    value = page.answers.get(each.id)
    ends = value if isinstance(value, Mapping) else {"from": value}
    faults = page.faults_at(each.id)
    blanks = tuple(
        Blank(
            name=blank_name(each.id, end),
            kind=moment_kind(each.precision, ends.get(end)),
            label=part_words(end),
            value=str(ends.get(end) or ""),
            is_required=each.required,
            faults=page.faults_at(each.id, end) or (faults if end == "from" else ()),
            is_open=page.is_open(each),
        )
        for end in ("from", "to")
    )
    return {"kind": "period", "blanks": blanks}


def _block(page: Page, each: PersonField | UnitField) -> dict[str, Any]:
    value = page.answers.get(each.id)
    parts = value if isinstance(value, Mapping) else {}
    blanks = tuple(
        blank(
            part,
            parts.get(name),
            Around(
                blank_name(each.id, name),
                part_words(f"{each.kind}_name" if name == "name" else name),
                page.faults_at(each.id, name),
                page.is_open(each),
            ),
        )
        for name, part in parts_of(each).items()
    )
    known = page.now.people if isinstance(each, PersonField) else page.now.units
    return {"kind": "block", "blanks": blanks, "pick": _pick(each, str(parts.get("id") or ""), known)}


def _pick(each: AnyField, picked: str, known: Sequence[tuple[str, str]]) -> Blank | None:
    if not known and not picked:
        return None
    options = tuple(Option(key, name, key == picked) for key, name in known)
    return Blank(name=blank_name(each.id, "id"), kind="list", label="", value=picked, options=options)


def _computed(page: Page, each: ComputedField) -> dict[str, Any]:
    return {"kind": "computed", "text": computed_text(page.specification.fields, each, page.answers)}


def computed_text(fields: Sequence[AnyField], each: ComputedField, answers: Mapping[str, Any]) -> str:
    """Return what a computed field shows; nothing while nothing of it is filled."""
    by_id = {one.id: one for one in fields}
    value = computed_value(each, by_id, answers)
    return "" if value is None else written(_with_unit(each, by_id), value)


def _with_unit(each: ComputedField, by_id: Mapping[str, AnyField]) -> ComputedField:
    return each if each.unit else each.model_copy(update={"unit": unit_of(each, by_id)})


def _files(page: Page, each: FileField) -> dict[str, Any]:
    entries = [one for one in page.answers.get(each.id) or () if isinstance(one, Mapping)]
    files = tuple(
        FileShown(
            file=str(entry.get("file", "")),
            name=str(entry.get("name", "")),
            size=int(entry.get("size") or 0),
            blanks=_number_and_date(page, each, number, entry) if each.numbered else (),
        )
        for number, entry in enumerate(entries)
    )
    return {"kind": "files", "files": files}


def _number_and_date(page: Page, each: FileField, number: int, entry: Mapping[str, Any]) -> tuple[Blank, ...]:
    typed = {
        "number": TextField(kind="text", id="number", label="number", max_chars=60),
        "date": DateField(kind="date", id="date", label="date"),
    }
    return tuple(
        blank(
            one,
            entry.get(name),
            Around(
                blank_name(each.id, number, name),
                part_words(f"paper_{name}"),
                page.faults_at(each.id, number, name),
                page.is_open(each),
            ),
        )
        for name, one in typed.items()
    )


def _pledge(page: Page, each: PledgeField) -> dict[str, Any]:
    record = page.answers.get(each.id)
    is_made = isinstance(record, Mapping) and record.get("version") == each.version
    return {"kind": "pledge", "record": record if is_made and not is_empty(record) else None}


_MAKERS: Mapping[type, Callable[[Page, Any], dict[str, Any]]] = {
    PeriodField: _period,
    PersonField: _block,
    UnitField: _block,
    TableField: table,
    TargetsField: targets,
    BudgetField: budget,
    ComputedField: _computed,
    FileField: _files,
    PledgeField: _pledge,
}
