"""Draws what an association has on record of units and people (``keqiao/data/season/registers.yaml``)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import Flaw, Ground, Line, PersonDrawn, Registers, Scheme, UnitDrawn

EVERYWHERE = "everywhere"
REGIONS, PEOPLE = "regions", "people"
PROJECT_MOULDS = ("society", "public_institution", "county_association")
"""Whose past projects are entered."""


def draw_registers(
    units: tuple[UnitDrawn, ...], people: tuple[PersonDrawn, ...], ground: Ground, day: date
) -> Registers:
    """Return the registers of the association of ``ground`` as they stand on ``day``."""
    said = words("registers")[EVERYWHERE]
    here = words("registers").get(ground.slug, {})
    lines: dict[str, list[Line]] = defaultdict(list)
    for unit in units:
        lines[unit.key] += [
            *_affairs(unit, said, day),
            *_debarment(unit, said, day),
            *_platform(unit, said, day),
        ]
        lines[unit.key] += [*_past(unit, here, day), *_holding(unit, here, day)]
    for owner, line in _recognitions(units, people, here.get("schemes", ()), day):
        lines[owner].append(line)
    return Registers(
        schemes=tuple(_scheme(row, ground, day) for row in here.get("schemes", ())),
        lines={key: tuple(of) for key, of in lines.items() if of},
        kept=tuple(said["kept"]),
        reason=said["reason"],
    )


def _scheme(row: Mapping[str, Any], ground: Ground, day: date) -> Scheme:
    holders = {REGIONS: "region", PEOPLE: "person"}
    regions = [area.code for area in ground.below[::2]] if row["of"] == REGIONS else []
    return Scheme(
        name=row["name"],
        kind=row["kind"],
        holder=holders.get(row["of"], "organisation"),
        issuer=row.get("issuer", ""),
        grades=tuple(row.get("grades", ())),
        years=row.get("years"),
        regions=tuple(_recognition(row, code, number, day) for number, code in enumerate(regions)),
    )


def _recognitions(
    units: Iterable[UnitDrawn], people: Iterable[PersonDrawn], schemes: Iterable[Mapping[str, Any]], day: date
) -> Iterator[tuple[str, Line]]:
    """The lines that units and people hold, each with the unit it is about; the third holder has none."""
    for row in schemes:
        if row["of"] == PEOPLE:
            holders = [(each.unit, each.key) for each in people if each.tie == "council"]
        else:
            holders = [(unit.key, unit.key) for unit in units if unit.mould == row["of"]]
        for number, (owner, holder) in enumerate(holders):
            if number % 3 < 2:
                yield owner, _recognition(row, holder, number, day)


def _recognition(row: Mapping[str, Any], holder: str, number: int, day: date) -> Line:
    line = row["lines"][number % len(row["lines"])]
    values = {
        "since": _years_before(day, line["begun"]),
        "grade": line.get("grade", ""),
        "scheme": row["name"],
    }
    return Line("recognitions", holder, {**values, "issuer": row.get("issuer", "")})


def _affairs(unit: UnitDrawn, said: Mapping[str, Any], day: date) -> Iterator[Line]:
    """A society was elected within its term and inspected last year; an overdue one was elected too long ago."""
    if unit.mould not in said["societies"]:
        return
    term = said["election_years"]
    elected = _years_before(day, term + 1 if unit.flaw is Flaw.OVERDUE else 2)
    due = _years_before(elected, -term) - timedelta(days=1)
    election = {"kind": "election", "year": elected.year, "on": elected, "outcome": "good", "next_due": due}
    yield Line("affairs", unit.key, election)
    inspected = _years_before(day, 1)
    inspection = {"kind": "inspection", "year": inspected.year, "on": inspected, "outcome": "good"}
    yield Line("affairs", unit.key, inspection)


def _debarment(unit: UnitDrawn, said: Mapping[str, Any], day: date) -> Iterator[Line]:
    if unit.flaw is Flaw.DEBARRED:
        since = _years_before(day, 1)
        until = _years_before(since, -said["debarment"]["years"]) - timedelta(days=1)
        words_of = {name: said["debarment"][name] for name in ("cause", "basis", "clause")}
        yield Line("debarments", unit.key, {**words_of, "since": since, "until": until})


def _platform(unit: UnitDrawn, said: Mapping[str, Any], day: date) -> Iterator[Line]:
    account = said["platforms"].get(unit.mould)
    if account:
        values = {"platform": account["platform"], "number": f"演示-{unit.key}", "counts": account["counts"]}
        yield Line(
            "platforms", unit.key, {**values, "since": _years_before(day, 3), "on": _years_before(day, 1)}
        )


def _past(unit: UnitDrawn, here: Mapping[str, Any], day: date) -> Iterator[Line]:
    if here and unit.mould in PROJECT_MOULDS:
        concluded = _years_before(day, 1)
        outcome = "poor" if unit.flaw is Flaw.PROJECT_POOR else "good"
        values = {"family": here["family"], "title": f"{concluded.year}年度科普活动", "year": concluded.year}
        yield Line("past", unit.key, {**values, "outcome": outcome, "concluded": concluded})


def _holding(unit: UnitDrawn, here: Mapping[str, Any], day: date) -> Iterator[Line]:
    """Units whose account is frozen hold two projects of the call, so that limits have something to count."""
    if "holding" in here and unit.flaw is Flaw.ACCOUNT_FROZEN:
        for number in range(2):
            values = {"project": f"{unit.key}-h{number}", "title": f"在手项目{number + 1}", "year": day.year}
            yield Line("holdings", unit.key, {**values, **here["holding"], "since": date(day.year, 1, 1)})


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
