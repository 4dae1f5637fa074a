"""Bring one row of the roll of units into the register, by the room's own acts."""

from datetime import date, timedelta
from uuid import UUID

from keqiao.web.imports.columns import Context, Reference
from keqiao.web.imports.sheet_kinds import Row, Standing
from keqiao.web.parties.actions import (
    Correction,
    Details,
    NewFact,
    NewOrganisation,
    NewTie,
    correct_fact,
    describe_organisation,
    end_tie,
    register_organisation,
    rename,
    state_fact,
    tie,
)
from keqiao.web.parties.models import FactKind, Organisation, Region, Tie, TieKind
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.rolls.finding_units import differs

SOURCE = "名册导入"
CORRECTED = "名册导入更正"
ONE_DAY = timedelta(days=1)
FACTS = {
    "kind": FactKind.KIND,
    "level": FactKind.LEVEL,
    "region": FactKind.REGION,
    "is_legal_person": FactKind.LEGAL_PERSON,
}


def write_unit(row: Row, standing: Standing | None, context: Context) -> str:
    """Register the unit of a row, or change what the row says otherwise; returns its id.

    Raises:
        ValidationError: a rule of the register refuses it.
    """
    if standing is None:
        unit = _register(row, context)
    else:
        unit = Organisation.objects.get(pk=UUID(standing.id))
        _change(unit, row, standing, context)
    _tie(unit, row, TieKind.HOST, context)
    _tie(unit, row, TieKind.SUPERVISOR, context)
    _affiliate(unit, row.get("affiliated", "yes" if standing is None else None), context)
    return str(unit.pk)


def _register(row: Row, context: Context) -> Organisation:
    region = row.get("region")
    legal = row.get("is_legal_person")
    wanted = NewOrganisation(
        name=row.values["name"],
        kind=row.values["kind"],
        short_name=row.get("short_name", ""),
        credit_code=row.get("credit_code", ""),
        level=row.get("level", ""),
        region=Region.objects.get(pk=region.id) if region else None,
        registered_on=row.get("registered_on"),
        is_legal_person=None if legal is None else legal == "yes",
        address=row.get("address") or "",
        postcode=row.get("postcode") or "",
        source=SOURCE,
    )
    return register_organisation(wanted, actor=context.actor, role=OFFICER, at=context.at)


def _change(unit: Organisation, row: Row, standing: Standing, context: Context) -> None:
    acts = {"actor": context.actor, "role": OFFICER, "at": context.at}
    new = {key: value for key, value in row.values.items() if differs(value, standing.values.get(key))}
    if "name" in new:
        rename(unit, new["name"], **acts)
    if new.keys() & {"credit_code", "registered_on", "short_name", "address", "postcode"}:
        now = {**standing.values, **new}
        wanted = Details(
            credit_code=now["credit_code"] or "",
            registered_on=now["registered_on"],
            short_name=now["short_name"] or "",
            bank_name=unit.bank_name,
            address=now["address"] or "",
            postcode=now["postcode"] or "",
        )
        describe_organisation(unit, wanted, **acts)
    for key, kind in FACTS.items():
        if key in new:
            _state(unit, kind, new[key].key if key == "region" else new[key], context)


def _state(unit: Organisation, kind: FactKind, value: str, context: Context) -> None:
    """State a fact from today on; one that was stated today was a slip, and is put right."""
    day = local_day(context.at)
    acts = {"actor": context.actor, "role": OFFICER, "at": context.at}
    held = unit.facts.filter(kind=kind.value, valid_from=day).first()
    if held is not None:
        correct_fact(held, Correction(value, CORRECTED), **acts)
    else:
        state_fact(NewFact(unit, kind, value, day, SOURCE), **acts)


def _tie(unit: Organisation, row: Row, kind: TieKind, context: Context) -> None:
    """Tie the unit to the host or supervisor of the row; one it had until now ends the day before."""
    other: Reference | None = row.get(kind.value)
    if other is None:
        return
    day = local_day(context.at)
    held = Tie.objects.filter(on_day(day), party_id=unit.pk, kind=kind.value).first()
    if held is not None and str(held.organisation_id) == other.id:
        return
    if held is not None:
        end_tie(held, day - ONE_DAY, actor=context.actor, role=OFFICER, at=context.at)
    target = Organisation.objects.get(pk=UUID(other.id))
    _make_tie(NewTie(unit, target, kind, _since(unit, held, day), SOURCE), context)


def _affiliate(unit: Organisation, wanted: str | None, context: Context) -> None:
    day = local_day(context.at)
    rows = Tie.objects.filter(on_day(day), party_id=unit.pk, kind=TieKind.AFFILIATION.value)
    held = rows.filter(organisation_id=context.association_id).first()
    if wanted == "yes" and held is None and unit.pk != context.association_id:
        target = Organisation.objects.get(pk=context.association_id)
        _make_tie(NewTie(unit, target, TieKind.AFFILIATION, day, SOURCE), context)
    elif wanted == "no" and held is not None:
        end_tie(held, max(day - ONE_DAY, held.valid_from), actor=context.actor, role=OFFICER, at=context.at)


def _since(unit: Organisation, held: Tie | None, day: date) -> date:
    """A first host counts from the unit's own beginning, a further one from today."""
    return unit.registered_on if held is None and unit.registered_on else day


def _make_tie(wanted: NewTie, context: Context) -> None:
    tie(wanted, actor=context.actor, role=OFFICER, at=context.at)
