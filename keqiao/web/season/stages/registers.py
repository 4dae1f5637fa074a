"""The stage of registers: what the association has on record. The lines about one unit, one transaction."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions import debarments, history, keeping, platforms, recognitions
from keqiao.web.registers.queries import lines
from keqiao.web.season.stages.scene import SOURCE, Scene
from keqiao.web.season.world import Area, Line, Registers, Scheme, World

RECOGNITIONS = "recognitions"
Values = Mapping[str, Any]
Schemes = dict[str, UUID]


def play_registers(world: World, scene: Scene) -> Iterator[bool]:
    """Open the registers of recognitions, write the lines of units without any, say which registers are full."""
    registers = world.registers
    schemes: Schemes = {}
    rows = lines.schemes_of(scene.association.pk, local_day(scene.at))
    schemes.update(rows.values_list("name", "pk"))
    for scheme in registers.schemes:
        known = scheme.name in schemes
        if not known:
            schemes[scheme.name] = _open(scheme, registers, scene)
        yield not known
    recorded = lines.parties_on_record(scene.association.pk)
    for unit, about in registers.lines.items():
        known = scene.parties[unit].pk in recorded
        if not known:
            _write(about, schemes, scene)
        yield not known
    yield from _say_full(registers, scene)


@transaction.atomic
def _open(scheme: Scheme, registers: Registers, scene: Scene) -> UUID:
    wanted = recognitions.NewScheme(
        name=scheme.name,
        kind=scheme.kind,
        holder_kind=scheme.holder,
        issuer=scheme.issuer,
        grades=scheme.grades,
        validity_years=scheme.years,
    )
    association, by = scene.association.pk, scene.registrar
    opened = recognitions.open_register(association, wanted, by=by)
    for line in scheme.regions:
        region = scene.region(Area(line.holder, ""))
        if region is not None and region.code == line.holder:
            _grant(opened.pk, line.values, {"party_id": None, "region_id": region.pk}, scene)
    said = keeping.Statement(RECOGNITIONS, registers.reason, scheme_id=opened.pk)
    keeping.state_kept(association, said, by=by)
    return opened.pk


@transaction.atomic
def _write(about: tuple[Line, ...], schemes: Schemes, scene: Scene) -> None:
    for line in about:
        party = scene.parties[line.holder].pk
        if line.register == RECOGNITIONS:
            _grant(schemes[line.values["scheme"]], line.values, {"party_id": party}, scene)
        else:
            BOOKS[line.register](line.values, party, scene)


def _say_full(registers: Registers, scene: Scene) -> Iterator[bool]:
    association = scene.association.pk
    stated = set(lines.kept_statements(association).values_list("register", flat=True))
    for register in registers.kept:
        if register not in stated:
            said = keeping.Statement(register, registers.reason)
            keeping.state_kept(association, said, by=scene.registrar)
        yield register not in stated


def _grant(scheme: UUID, values: Values, holder: Mapping[str, Any], scene: Scene) -> None:
    wanted = recognitions.NewRecognition(
        valid_from=values["since"],
        source=SOURCE,
        grade=values["grade"],
        issuer=values["issuer"],
        **holder,
    )
    recognitions.grant(scheme, wanted, by=scene.registrar)


def _debar(values: Values, party: UUID, scene: Scene) -> None:
    wanted = debarments.NewDebarment(
        party_ids=(party,),
        cause=values["cause"],
        basis=values["basis"],
        clause=values["clause"],
        valid_from=values["since"],
        valid_until=values["until"],
        source=SOURCE,
    )
    debarments.debar(scene.association.pk, wanted, by=scene.registrar)


def _affair(values: Values, party: UUID, scene: Scene) -> None:
    history.add_affair(
        scene.association.pk, history.Affair(party, source=SOURCE, **values), by=scene.registrar
    )


def _past(values: Values, party: UUID, scene: Scene) -> None:
    wanted = history.PastProject(
        party_id=party,
        title=values["title"],
        family=values["family"],
        year=values["year"],
        source=SOURCE,
        outcome=values["outcome"],
        concluded_on=values["concluded"],
    )
    history.add_past_project(scene.association.pk, wanted, by=scene.registrar)


def _holding(values: Values, party: UUID, scene: Scene) -> None:
    plain = {**values, "path": tuple(values["path"])}
    wanted = history.InHand(party, source=SOURCE, stage="undertaken", lead_id=party, **plain)
    history.add_holding(scene.association.pk, wanted, by=scene.registrar)


def _platform(values: Values, party: UUID, scene: Scene) -> None:
    wanted = platforms.NewAccount(party, values["platform"], SOURCE, values["number"], values["since"])
    account = platforms.add_account(scene.association.pk, wanted, by=scene.registrar)
    for kind, value in values["counts"].items():
        count = platforms.Counted(kind, value, values["on"], SOURCE)
        platforms.add_count(account.pk, count, by=scene.registrar)


BOOKS: Mapping[str, Callable[[Values, UUID, Scene], None]] = {
    "debarments": _debar,
    "affairs": _affair,
    "past": _past,
    "holdings": _holding,
    "platforms": _platform,
}
"""How a line of each register is written."""
