"""The sheet of recognitions: titles, assessments, awards, lists, and the terms of experts. Rows are only ever added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from keqiao.web.imports.columns import Code, Column, Context, Lookup, Reference, Text
from keqiao.web.imports.sheet_kinds import ID, Fault, Row, SheetKind, Standing
from keqiao.web.parties.lookups import REGION, officers_associations, region_reference
from keqiao.web.registers.actions.recognitions import NewRecognition, grant
from keqiao.web.registers.history_sheets.cells import (
    HUMAN,
    IN_TABLE,
    SINCE,
    SOURCE,
    UNIT,
    UNTIL,
    by_context,
    days_in_order,
    only_new,
    party_of,
    references,
    standing_for,
    standings,
)
from keqiao.web.registers.models import Recognition, RecognitionScheme
from keqiao.web.registers.models.recognitions import HolderKind
from keqiao.web.registers.numbers import plain_number

PLAIN = ("number", "grade", "batch", "item", "valid_from", "valid_until", "issuer", "basis", "source")
HOLDERS = {
    HolderKind.ORGANISATION.value: "unit",
    HolderKind.PERSON.value: "person",
    HolderKind.REGION.value: "region",
}


def find_registers(words: Collection[str], context: Context) -> Mapping[str, Collection[Reference]]:
    """Return the registers of the association that words mean, by name or id."""
    found: dict[str, list[Reference]] = {}
    for scheme in RecognitionScheme.objects.filter(association_id=context.association_id):
        reference = Reference(str(scheme.pk), scheme.name, scheme.name)
        for word in {scheme.name, str(scheme.pk)} & set(words):
            found.setdefault(word, []).append(reference)
    return found


COLUMNS = (
    Column(
        "register",
        _("名册名称"),
        Lookup(find_registers),
        ("名册", "认定名册"),
        required=True,
        help=_("须先建立名册。"),
        example="市级科技小院",
    ),
    UNIT,
    HUMAN,
    Column("region", _("地区"), REGION, ("区域",), help=_("登记对象是地区的填写。")),
    Column("number", _("编号"), Code(check=plain_number), ("证书编号",), example="科普基地2023-001"),
    Column("grade", _("等次"), Text(20), ("等级", "考核结果"), example="优秀"),
    Column("batch", _("批次"), Text(40), example="2023年第一批"),
    Column("item", _("项目或内容"), Text(120)),
    SINCE,
    UNTIL,
    Column("issuer", _("认定机关"), Text(80)),
    Column("basis", _("认定文件及文号"), Text(200), ("文号",)),
    SOURCE,
)


def check(rows: Sequence[Row], context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield the rows whose holder is not of the register's kind, whose grade it does not know, or out of order."""
    yield from days_in_order(rows, context)
    schemes = _schemes(rows)
    for row in rows:
        scheme = schemes[row.values["register"].id]
        column = HOLDERS[scheme.holder_kind]
        if [name for name in HOLDERS.values() if row.get(name)] != [column]:
            yield row.number, Fault("registers.holder_unfit", column, {"register": scheme.name})
        grade = row.get("grade")
        if grade and grade not in scheme.grades:
            values = {"grade": grade, "grades": "、".join(scheme.grades)}
            yield row.number, Fault("registers.grade_unknown", "grade", values)


def match(rows: Sequence[Row], context: Context) -> dict[int, Standing | Fault]:
    """Return the lines that rows mean: by id, else by register and number, else by register, holder and first day."""
    registers = {row.values["register"].id for row in rows}
    stored = Recognition.objects.filter(association_id=context.association_id, scheme_id__in=registers)
    lines = {str(line.pk): line for line in stored.select_related("region", "scheme")}
    by_sense: dict[Any, Recognition] = {}
    for line in lines.values():
        by_sense[str(line.scheme_id), line.party_id or str(line.region_id), line.valid_from] = line
        if line.number:
            by_sense[str(line.scheme_id), line.number] = line
    meant = {row.number: _meant(row, lines, by_sense) for row in rows}
    meant = {number: line for number, line in meant.items() if line}
    return standings(meant, _values(meant.values(), context))


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter a new line.

    Raises:
        ValidationError: it stands there and would change, or it does not fit its register.
    """
    only_new(standing)
    plain = {name: row.get(name, "") for name in ("number", "grade", "batch", "item", "issuer", "basis")}
    region = row.get("region")
    wanted = NewRecognition(
        party_id=party_of(row),
        region_id=int(region.id) if region else None,
        valid_from=row.values["valid_from"],
        valid_until=row.get("valid_until"),
        source=row.get("source", str(IN_TABLE)),
        **plain,
    )
    return str(grant(UUID(row.values["register"].id), wanted, by=by_context(context)).pk)


def export(context: Context) -> Iterable[Mapping[str, Any]]:
    """Yield the lines of all registers of recognitions of the association."""
    rows = Recognition.objects.filter(association_id=context.association_id).select_related(
        "region", "scheme"
    )
    stored = list(rows.order_by("scheme__name", "-valid_from", "pk"))
    values = _values(stored, context)
    yield from ({ID: str(line.pk), **values[line.pk]} for line in stored)


def _meant(row: Row, lines: Mapping[str, Recognition], by_sense: Mapping[Any, Recognition]) -> Any:
    register, region = row.values["register"].id, row.get("region")
    if number := row.get("number"):
        return standing_for(row, lines, by_sense, (register, number))
    holder = party_of(row) or (region.id if region else "")
    return standing_for(row, lines, by_sense, (register, holder, row.values["valid_from"]))


def _schemes(rows: Sequence[Row]) -> dict[str, RecognitionScheme]:
    wanted = {row.values["register"].id for row in rows}
    return {str(scheme.pk): scheme for scheme in RecognitionScheme.objects.filter(pk__in=wanted)}


def _values(stored: Iterable[Recognition], context: Context) -> dict[UUID, dict[str, Any]]:
    stored = list(stored)
    named = references((line.party_id for line in stored), context)
    found = {}
    for line in stored:
        said: dict[str, Any] = {name: getattr(line, name) or None for name in PLAIN}
        said["register"] = Reference(str(line.scheme_id), line.scheme.name, line.scheme.name)
        if line.region is not None:
            said["region"] = region_reference(line.region)
        elif line.party_id in named:
            column, reference = named[line.party_id]
            said[column] = reference
        found[line.pk] = said
    return found


RECOGNITIONS = SheetKind(
    code="registers.recognitions",
    label=_("认定、聘任与表彰"),
    help=_("历年的认定、考核等次、专家聘任和表彰，各行写明名册名称。只增加，不改动已有的登记。"),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("register", "number"),),  # one holder may have two numbers of one day
    match=match,
    check=check,
    apply=apply,
    export=export,
    order=60,
    named_by=("unit", "person", "number"),
)
