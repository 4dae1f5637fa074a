"""Which unit a row means: by its number, by its credit code, else by its name; what is not certain, a person says."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from keqiao.core.identifiers import fold
from keqiao.web.imports.columns import Context, Reference
from keqiao.web.imports.sheet_kinds import ID, NEW, Fault, Row, Standing
from keqiao.web.parties.finding import identifier_in
from keqiao.web.parties.lookups import AT_ONCE, reference_to, region_reference
from keqiao.web.parties.models import NameKind, Organisation, PartyName, Tie, TieKind
from keqiao.web.parties.names import How, Match, match_organisations
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.queries import local_day, organisations_kept_by

CERTAIN = (How.FULL, How.SHORT)
NOBODY = Match()


def with_rows(units: QuerySet[Organisation], context: Context) -> QuerySet[Organisation]:
    """Return ``units`` with their names and the ties of the day, in a constant number of queries."""
    ties = Tie.objects.filter(
        on_day(local_day(context.at)), kind__in=[TieKind.HOST, TieKind.SUPERVISOR, TieKind.AFFILIATION]
    )
    return units.select_related("region").prefetch_related(
        Prefetch("names", PartyName.objects.all(), to_attr="all_names"),
        Prefetch("ties", ties.select_related("organisation__region"), to_attr="ties_now"),
    )


def values_of(unit: Organisation, context: Context) -> dict[str, Any]:
    """Return what is known of a unit by the keys of the columns; it comes from :func:`with_rows`."""
    ties = unit.ties_now  # type: ignore[attr-defined]
    others = {tie.kind: reference_to(tie.organisation) for tie in ties if tie.kind != TieKind.AFFILIATION}
    belongs = unit.pk == context.association_id or any(
        tie.kind == TieKind.AFFILIATION and tie.organisation_id == context.association_id for tie in ties
    )
    return {
        "name": unit.name,
        "short_name": _short_name(unit),
        "kind": unit.kind,
        "credit_code": unit.credit_code,
        "level": unit.level or None,
        "region": region_reference(unit.region) if unit.region else None,
        "registered_on": unit.registered_on,
        "address": unit.address or None,
        "postcode": unit.postcode or None,
        "is_legal_person": {True: "yes", False: "no", None: None}[unit.is_legal_person],
        "host": others.get(TieKind.HOST),
        "supervisor": others.get(TieKind.SUPERVISOR),
        "affiliated": "yes" if belongs else "no",
    }


def _short_name(unit: Organisation) -> str | None:
    names = unit.all_names  # type: ignore[attr-defined]
    return next(
        (each.text for each in names if each.kind == NameKind.SHORT and each.valid_until is None), None
    )


def find_units(rows: Sequence[Row], context: Context) -> Mapping[int, Standing | Fault]:
    """Return by line the unit that a row means, or why that is not certain; a new one has no entry."""
    names = match_organisations([row.values["name"] for row in rows], local_day(context.at))
    ids = {pk for match in names.values() for pk in match.found}
    ids |= {identifier for row in rows if (identifier := identifier_in(str(row.get(ID, ""))))}
    codes = {row.values["credit_code"] for row in rows if "credit_code" in row.values}
    units = _units(ids, codes, context)
    by_id = {unit.pk: unit for unit in units}
    by_code = {unit.credit_code: unit for unit in units if unit.credit_code}
    kept = kept_units(by_id, context)
    found: dict[int, Standing | Fault] = {}
    for row in rows:
        named = names.get(row.values["name"], NOBODY)
        meant = _meant(row, (by_id, by_code), named)
        if isinstance(meant, Organisation):
            standing = _standing(row, meant, named, context)
            found[row.number] = standing if meant.pk in kept else _if_unchanged(row, standing)
        elif meant is not None:
            found[row.number] = meant
    return found


def kept_units(ids: Collection[UUID], context: Context) -> frozenset[UUID]:
    """Return those of ``ids`` whose units the actor may change."""
    wanted, kept = list(ids), set[UUID]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = organisations_kept_by(context.actor, context.at).filter(pk__in=wanted[start : start + AT_ONCE])
        kept |= set(rows.values_list("pk", flat=True))
    return frozenset(kept)


def _if_unchanged(row: Row, standing: Standing) -> Standing | Fault:
    """A unit of another area stands in the table as it is, or is a fault."""
    if any(differs(value, standing.values[key]) for key, value in row.values.items() if key != ID):
        return Fault("parties.unit_of_others", "name", {"name": str(standing.values["name"])})
    return standing


def differs(new: object, old: object) -> bool:
    """Does a row say something else than the register?"""
    if isinstance(new, Reference):
        return not isinstance(old, Reference) or new.id != old.id
    return new != old


def _units(ids: Collection[UUID], codes: Collection[str], context: Context) -> list[Organisation]:
    id_list, code_list = list(ids), list(codes)
    units: dict[UUID, Organisation] = {}
    for start in range(0, max(len(id_list), len(code_list)), AT_ONCE):
        piece = slice(start, start + AT_ONCE)
        wanted = Q(pk__in=id_list[piece]) | Q(credit_code__in=code_list[piece])
        for unit in with_rows(Organisation.objects.filter(wanted, merged_into__isnull=True), context):
            units[unit.pk] = unit
    return list(units.values())


def _meant(row: Row, known: tuple[Mapping[Any, Any], Mapping[Any, Any]], named: Match) -> Any:
    """The unit, a fault, or None for a new one."""
    by_id, by_code = known
    number, code = row.get(ID), row.get("credit_code")
    if number and number != NEW:
        return by_id.get(identifier_in(number))
    bearers = [by_id[pk] for pk in named.found if pk in by_id]
    if code in by_code:
        return _by_code(by_code[code], bearers, named)
    if number == NEW or not bearers:
        return None
    return _by_name(code, bearers, named)


def _by_code(coded: Organisation, bearers: Sequence[Organisation], named: Match) -> Organisation | Fault:
    """The code decides, unless the full name is that of another unit: then one of the two is wrong."""
    if bearers and coded not in bearers and named.how is How.FULL:
        choices = tuple(reference_to(unit) for unit in (coded, *bearers))
        return Fault("parties.code_and_name_differ", ID, {"name": coded.name}, choices=choices)
    return coded


def _by_name(code: str | None, bearers: Sequence[Organisation], named: Match) -> Organisation | Fault:
    choices = tuple(reference_to(unit) for unit in bearers)
    if len(bearers) > 1:
        return Fault("parties.several_of_this_name", ID, {"count": len(bearers)}, choices=choices)
    only = bearers[0]
    if code and only.credit_code:  # not the same, or the code would have found it
        values = {"name": only.name, "code": only.credit_code}
        return Fault("parties.name_has_another_code", ID, values, choices=choices)
    if named.how not in CERTAIN:
        return Fault("parties.looks_like", ID, {"name": only.name}, choices=choices)
    return only


def _standing(row: Row, unit: Organisation, named: Match, context: Context) -> Standing:
    """A short, former or otherwise written name of the unit says nothing new."""
    values = values_of(unit, context)
    known = {fold(each.text) for each in unit.all_names}  # type: ignore[attr-defined]
    if fold(row.values["name"]) in known or (unit.pk in named.found and named.how is How.PLACE):
        values["name"] = row.values["name"]
    return Standing(str(unit.pk), values)
