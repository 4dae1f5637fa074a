"""The registers of the demonstration, from ``keqiao/data/demonstration_registers.yaml``, by the acts of the rooms.

Each step is passed over where it was done before: a register that is there already is left as it is, and so is a
book that holds anything.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from ruamel.yaml import YAML

from keqiao.web.parties import actions as parties
from keqiao.web.parties.finding import parties_called
from keqiao.web.parties.queries import local_day, region_on
from keqiao.web.registers.actions import debarments, history, keeping, platforms, recognitions
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.queries import lines

SOURCE = "演示数据"
PROGRAM = "demonstration"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filling:
    """The registers of one association that are filled: whose, by whom, and who is called how."""

    association_id: UUID
    by: By
    parties: Mapping[str, UUID]

    @property
    def day(self) -> date:
        """The day of filling."""
        return local_day(self.by.at)


def fill_registers(slug: str, association_id: UUID, *, officer: Any, at: datetime) -> None:
    """Make the registers of an association of the demonstration that are not there yet."""
    data = _data().get(slug)
    if data is None:
        return
    named = {**_units(data.get("units", ()), at), **_people(data.get("people", ()), at)}
    filling = Filling(association_id, By(officer, at), named)
    known = {scheme.name for scheme in lines.schemes_of(association_id, filling.day)}
    for row in data.get("schemes", ()):
        if row["name"] not in known:
            _scheme(row, filling)
    if not lines.kept_statements(association_id).exclude(register="recognitions").exists():
        _books(data, filling)


@transaction.atomic
def _books(data: Mapping[str, Any], filling: Filling) -> None:
    """All or nothing: a book that was filled by half could not be told from a full one."""
    for code, write in BOOKS.items():
        for row in data.get(code, ()):
            write(row, filling)


def _data() -> Mapping[str, Any]:
    text = files("keqiao.data").joinpath("demonstration_registers.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def _units(rows: Iterable[Row], at: datetime) -> dict[str, UUID]:
    by: dict[str, Any] = {"actor": None, "role": PROGRAM, "at": at}
    made = {}
    for row in rows:
        known = parties_called(row["name"])
        wanted = parties.NewOrganisation(
            name=row["name"],
            kind=row["kind"],
            level=row.get("level", ""),
            is_legal_person=row.get("legal_person"),
            source=SOURCE,
        )
        made[row["name"]] = (known[0] if known else parties.register_organisation(wanted, **by)).pk
    return made


def _people(rows: Iterable[Row], at: datetime) -> dict[str, UUID]:
    by: dict[str, Any] = {"actor": None, "role": PROGRAM, "at": at}
    made = {}
    for row in rows:
        known = parties_called(row["name"])
        wanted = parties.PersonDetails(name=row["name"])
        made[row["name"]] = (known[0] if known else parties.register_person(wanted, **by)).pk
    return made


@transaction.atomic
def _scheme(row: Row, filling: Filling) -> None:
    wanted = recognitions.NewScheme(
        name=row["name"],
        kind=row["kind"],
        holder_kind=row["holder"],
        issuer=row.get("issuer", ""),
        grades=tuple(row.get("grades", ())),
        validity_years=row.get("years"),
        number_pattern=row.get("number", ""),
        public=row.get("public", False),
    )
    scheme = recognitions.open_register(filling.association_id, wanted, by=filling.by)
    for line in row.get("lines", ()):
        _line(scheme.pk, line, filling)
    if reason := row.get("kept"):
        said = keeping.Statement("recognitions", reason, scheme_id=scheme.pk)
        keeping.state_kept(filling.association_id, said, by=filling.by)


def _line(scheme_id: UUID, row: Row, filling: Filling) -> None:
    """A line of a region that this installation does not know is left out: region data may not be set up."""
    region = region_on(row["region"], filling.day) if "region" in row else None
    if "region" in row and region is None:
        return
    holder = row.get("unit") or row.get("person")
    wanted = recognitions.NewRecognition(
        party_id=filling.parties[holder] if holder else None,
        region_id=region.pk if region else None,
        valid_from=row["since"],
        source=row["source"],
        grade=row.get("grade", ""),
        batch=row.get("batch", ""),
        item=row.get("item", ""),
        issuer=row.get("issuer", ""),
    )
    recognitions.grant(scheme_id, wanted, by=filling.by)


def _debarment(row: Row, filling: Filling) -> None:
    wanted = debarments.NewDebarment(
        party_ids=tuple(filling.parties[name] for name in row["units"]),
        cause=row["cause"],
        basis=row["basis"],
        clause=row["clause"],
        scope=row["scope"],
        valid_from=row["since"],
        valid_until=row["until"],
        source=row["source"],
    )
    debarments.debar(filling.association_id, wanted, by=filling.by)


def _past(row: Row, filling: Filling) -> None:
    wanted = history.PastProject(
        party_id=filling.parties[row["unit"]],
        kind=row.get("kind", "project"),
        title=row["title"],
        family=row["family"],
        year=row["year"],
        amount_fen=row["yuan"] * 100 if "yuan" in row else None,
        leader_id=filling.parties[row["leader"]] if "leader" in row else None,
        outcome=row.get("outcome", ""),
        concluded_on=row.get("concluded"),
        source=SOURCE,
    )
    history.add_past_project(filling.association_id, wanted, by=filling.by)


def _affair(row: Row, filling: Filling) -> None:
    wanted = history.Affair(
        party_id=filling.parties[row["unit"]],
        kind=row["kind"],
        year=row["year"],
        on=row["on"],
        outcome=row["outcome"],
        next_due=row.get("next_due"),
        source=SOURCE,
    )
    history.add_affair(filling.association_id, wanted, by=filling.by)


def _holding(row: Row, filling: Filling) -> None:
    wanted = history.InHand(
        party_id=filling.parties[row["unit"]],
        project=str(uuid4()),
        title=row["title"],
        year=row["year"],
        stage=row["stage"],
        since=row["since"],
        source=SOURCE,
    )
    history.add_holding(filling.association_id, wanted, by=filling.by)


def _platform(row: Row, filling: Filling) -> None:
    wanted = platforms.NewAccount(
        filling.parties[row["unit"]], row["platform"], SOURCE, row["number"], row["since"]
    )
    account = platforms.add_account(filling.association_id, wanted, by=filling.by)
    for kind, value in row["counts"].items():
        platforms.add_count(account.pk, platforms.Counted(kind, value, row["on"], SOURCE), by=filling.by)


def _kept(row: Row, filling: Filling) -> None:
    said = keeping.Statement(row["register"], row["reason"], row.get("since"))
    keeping.state_kept(filling.association_id, said, by=filling.by)


BOOKS: Mapping[str, Callable[[Row, Filling], None]] = {
    "debarments": _debarment,
    "past": _past,
    "affairs": _affair,
    "holdings": _holding,
    "platforms": _platform,
    "kept": _kept,
}
"""How the lines of each book are written; the statements last, because they tell that the books are filled."""
