"""Draws who endorses (``keqiao/data/season/endorsing.yaml``): bodies, units that apply through them, lists, log-ins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from random import Random
from typing import Any

from keqiao.web.season.numbers import (
    credit_code,
    endorser_address,
    endorsing_staff_address,
    treasury_address,
    treasury_staff_address,
)
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import (
    ApplicationDrawn,
    Ending,
    Fate,
    Ground,
    Life,
    LogIn,
    QueueDrawn,
    UnitDrawn,
)

BODY, TREASURY = "county_association", "treasury"
OWN, STAFF, NONE = "own", "staff", "none"
YEARS_OLD = 12


@dataclass(frozen=True, slots=True)
class Endorsed:
    """What is drawn for the ways of endorsing at a ground."""

    around: tuple[UnitDrawn, ...]
    queues: tuple[QueueDrawn, ...]
    applications: tuple[tuple[str, str, Fate, str], ...]
    log_ins: tuple[LogIn, ...]


def draw_endorsing(ground: Ground, units: Sequence[UnitDrawn], day: date, seed: str) -> Endorsed:
    """Return who endorses and who applies by it. ``applications``: unit, category, what becomes of it there, and
    who joins.

    A world too small to have the body of a list goes without that list.
    """
    said, bodies = words("endorsing")[ground.slug], _bodies(units)
    rows = [row for row in said["queues"] if row["area"] in bodies]
    makers = _Around(ground, day, bodies, Random(f"{seed}/around"))  # noqa: S311  invented data, not a secret
    treasuries = {row["area"]: makers.unit(TREASURY, row["area"]) for row in rows if _has_treasury(ground)}
    queues = tuple(_queue(row, ground, bodies, treasuries) for row in rows)
    applications, gathered = [], list(treasuries.values())
    for row in said["applications"]:
        for category, fate in zip(row["categories"], row["fates"], strict=True):
            unit = _applicant(row, units, makers)
            if unit is not None:
                applications.append((unit.key, category, Fate(fate), _partner(row, units)))
                gathered += [unit] if "area" in row else []
    names = {unit.key: unit.name for unit in (*units, *gathered)}
    log_ins = tuple(_log_ins(ground, queues, names))
    return Endorsed(tuple(gathered), queues, tuple(applications), log_ins)


def drawn_applications(
    endorsed: Endorsed, leads: Mapping[str, str], turn: int, seed: str
) -> Iterator[ApplicationDrawn]:
    """Yield the applications that go by an endorser, all submitted; ``turn`` is the first that is free."""
    said = words("endorsing")["titles"]
    titles = cycle(Random(f"{seed}/gathered").sample(said, len(said)))  # noqa: S311  invented data, not a secret
    for number, (unit, category, fate, partner) in enumerate(endorsed.applications, turn):
        yield ApplicationDrawn(
            unit, leads[unit], next(titles), Life.SUBMITTED, number, category, fate, partner
        )


def _bodies(units: Sequence[UnitDrawn]) -> dict[int, UnitDrawn]:
    """The association of each area, by its number: that is how they are drawn."""
    return dict(enumerate(unit for unit in units if unit.mould == BODY))


def _has_treasury(ground: Ground) -> bool:
    return any(row["treasury"] != NONE for row in words("endorsing")[ground.slug]["queues"])


@dataclass
class _Around:
    """Makes units around, numbered as they come."""

    ground: Ground
    day: date
    bodies: Mapping[int, UnitDrawn]
    chance: Random
    made: int = 0

    def unit(self, mould: str, area: int) -> UnitDrawn:
        said, here = words("endorsing")["moulds"][mould], self.ground.below[area]
        vocabulary, mark = words("units")["words"], words("people")["mark"]
        name = said["name"].format(below=here.name, word=vocabulary[self.made % len(vocabulary)], mark=mark)
        self.made += 1
        body = self.bodies[area].key
        belongs = {} if mould == TREASURY else {"affiliated": body, "recommender": body}
        return UnitDrawn(
            key=f"{self.ground.slug}-e{self.made}",
            mould=mould,
            name=name,
            kind=said["kind"],
            area=here,
            registered_on=date(self.day.year - YEARS_OLD, 1 + self.made % YEARS_OLD, 1),
            level=self.ground.level_below,
            credit_code=credit_code(said["kind"], self.chance),
            legal=True,
            account="normal",
            **belongs,
        )


def _applicant(row: Mapping[str, Any], units: Sequence[UnitDrawn], makers: _Around) -> UnitDrawn | None:
    """A new unit of the area, or one that was drawn."""
    if "area" in row:
        return makers.unit(row["mould"], row["area"]) if row["area"] in makers.bodies else None
    drawn = [unit for unit in units if unit.mould == row["mould"]]
    return drawn[row["nth"]] if row["nth"] < len(drawn) else None


def _partner(row: Mapping[str, Any], units: Sequence[UnitDrawn]) -> str:
    """The first unit of the mould that joins, "" where none does."""
    return next((unit.key for unit in units if unit.mould == row.get("partner")), "")


def _queue(
    row: Mapping[str, Any],
    ground: Ground,
    bodies: Mapping[int, UnitDrawn],
    treasuries: Mapping[int, UnitDrawn],
) -> QueueDrawn:
    area, slug = row["area"], ground.slug
    return QueueDrawn(
        taker=bodies[area].key,
        ending=Ending(row["ending"]),
        mail={OWN: endorser_address(slug), STAFF: endorsing_staff_address(slug), NONE: ""}[row["endorser"]],
        treasury=treasuries[area].key if area in treasuries else "",
        treasury_mail={OWN: treasury_address(slug), STAFF: treasury_staff_address(slug), NONE: ""}[
            row["treasury"]
        ],
    )


def own_log_ins(slug: str) -> Iterator[tuple[str, str]]:
    """Yield the mail addresses that visitors of a demonstration log in with here, and what each is."""
    said = words("endorsing")
    rows = said[slug]["queues"]
    if any(row["endorser"] == OWN for row in rows):
        yield endorser_address(slug), said["own"]["endorser"]
    if any(row["treasury"] == OWN for row in rows):
        yield treasury_address(slug), said["own"]["treasury"]


def _log_ins(ground: Ground, queues: Sequence[QueueDrawn], names: Mapping[str, str]) -> Iterator[LogIn]:
    """An account for each mail address, with all bodies that it acts for; one of its own is called as its body."""
    said, slug = words("endorsing")["staff"], ground.slug
    staff = {endorsing_staff_address(slug): said["endorser"], treasury_staff_address(slug): said["treasury"]}
    for role, pairs in (
        ("endorser", [(each.mail, each.taker) for each in queues]),
        ("finance", [(each.treasury_mail, each.treasury) for each in queues]),
    ):
        for mail in dict.fromkeys(mail for mail, _body in pairs if mail):
            bodies = tuple(body for of, body in pairs if of == mail)
            yield LogIn(bodies, mail, staff.get(mail, names[bodies[0]]), role)
