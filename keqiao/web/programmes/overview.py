"""A definition as pages show it: what can be applied for, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.programme import Effective, Path, Programme, effective, leaves
from keqiao.core.programme.funding import most_of_one
from keqiao.core.programme.parties import Office
from keqiao.web.programmes.wording.facts import (
    day_text,
    funding_text,
    limit_text,
    office_text,
    places_text,
    term_text,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the comparison; ``note`` says from where it comes if not from the category itself."""

    value: str = ""
    invented: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeafShown:
    """What can be applied for, beside the others. ``most_fen`` is the largest amount of one project."""

    id: str
    name: str
    group: str
    code: str
    who: Cell
    money: Cell
    places: Cell
    limit: Cell
    until: Cell
    done_by: Cell
    ask: Cell
    most_fen: int | None


def leaves_shown(programme: Programme) -> list[LeafShown]:
    """Return what applicants can apply for, side by side, with what holds for each from above."""
    offices = {office.id: office for office in programme.office_list}
    found = []
    for path, category in leaves(programme):
        facts = effective(programme, path)
        if facts.open_to_applicants:
            found.append(_leaf(category.id, category.code or "", facts, offices))
    return found


def is_partly_invented(values: Any) -> bool:
    """Does anything in these values of a definition stand there for the demonstration only?"""
    if isinstance(values, dict):
        return values.get("invented") is True or any(map(is_partly_invented, values.values()))
    return isinstance(values, list) and any(map(is_partly_invented, values))


def _leaf(identifier: str, code: str, facts: Effective, offices: Mapping[str, Office]) -> LeafShown:
    done = facts.completion or facts.term
    places = facts.places[-1] if facts.places else None
    limit = facts.per_unit_limits[-1] if facts.per_unit_limits else None
    return LeafShown(
        id=identifier,
        name=facts.names[-1],
        group=" / ".join(facts.names[:-1]),
        code=code,
        who=_cell(facts.applicants, lambda s: "、".join(s.kinds)),
        money=_cell(facts.funding or (facts.totals[-1] if facts.totals else None), funding_text),
        places=_shared(places, facts.path, places_text),
        limit=_shared(limit, facts.path, limit_text),
        until=_cell(facts.deadline, day_text),
        done_by=_cell(done, day_text if facts.completion else term_text),
        ask=Cell(_asked(facts, offices)),
        most_fen=most_of_one(facts.funding.fact) if facts.funding else None,
    )


def _cell(stated: Any, say: Any) -> Cell:
    return Cell(say(stated.fact), stated.fact.invented) if stated else Cell()


def _shared(stated: Any, path: Path, say: Any) -> Cell:
    """A number that a node above states is shared by everything below it."""
    if stated is None:
        return Cell()
    note = "" if stated.path == path else _("同组合计")
    return Cell(say(stated.fact), stated.fact.invented, note)


def _asked(facts: Effective, offices: Mapping[str, Office]) -> str:
    named = facts.offices.fact if facts.offices else ()
    asked = [offices[o] for o in named if o in offices] or (
        list(offices.values()) if len(offices) == 1 else []
    )
    return "；".join(map(office_text, asked))
