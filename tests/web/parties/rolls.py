"""Units, people and ties for the tests of this room, and the addresses of its pages."""

from datetime import UTC, date, datetime

from django.urls import reverse

from keqiao.web.parties import actions
from keqiao.web.parties.models import FactKind, TieKind

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BY = {"actor": None, "role": "tests", "at": NOW}


def place(unit, region):
    actions.state_fact(actions.NewFact(unit, FactKind.REGION, region.code, date(2021, 1, 1), "章程"), **BY)
    unit.refresh_from_db()


def person(name="张三", **details):
    return actions.register_person(actions.PersonDetails(name, **details), **BY)


def tie(party, organisation, kind=TieKind.MEMBER, post=""):
    return actions.tie(actions.NewTie(party, organisation, kind, date(2021, 1, 1), "名册", post), **BY)


def address(name, *args):
    return reverse(f"parties:{name}", args=args)
