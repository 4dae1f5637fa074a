"""Makers for experts: people with posts, experts of an association, what they declared."""

from datetime import date
from itertools import count
from typing import Any

from keqiao.web.parties.actions import NewTie, PersonDetails, register_person, tie
from keqiao.web.parties.models import Association, Organisation, Person, TieKind
from keqiao.web.review.models import Expert, Relation
from tests.web import make
from tests.web.applications import makers as applying

NOW = applying.NOW
numbers = count(1)
LONG_AGO = date(2010, 1, 1)


def person(name: str = "", **details: Any) -> Person:
    """Somebody in the register."""
    wanted = PersonDetails(name=name or f"王{next(numbers)}", **details)
    return register_person(wanted, actor=None, role="tests", at=make.LONG_AGO)


def post(
    who: Person,
    body: Organisation,
    kind: TieKind = TieKind.STAFF,
    since: date = LONG_AGO,
    until: date | None = None,
) -> None:
    """Somebody's post in a body."""
    wanted = NewTie(who, body, kind, valid_from=since, valid_until=until, source="测试")
    tie(wanted, actor=None, role="tests", at=make.LONG_AGO)


def above(body: Organisation, other: Organisation, kind: TieKind) -> None:
    """A body that another one hosts or has as its branch."""
    tie(
        NewTie(body, other, kind, valid_from=LONG_AGO, source="测试"),
        actor=None,
        role="tests",
        at=make.LONG_AGO,
    )


def expert(association: Association, who: Person | None = None, **details: Any) -> Expert:
    """An expert of an association."""
    return Expert.objects.create(
        association=association,
        person=who or person(),
        source="测试",
        entered_by=make.officer(association),
        entered_at=NOW,
        **details,
    )


def relation(judge: Expert, kind: str, **details: Any) -> Relation:
    """What an expert declared."""
    other = details.get("person") or details.get("organisation")
    name = details.pop("name", other.name if other else "")
    by = make.user()
    return Relation.objects.create(
        association=judge.association,
        expert=judge,
        kind=kind,
        name=name,
        declared_by=by,
        declared_at=NOW,
        **details,
    )
