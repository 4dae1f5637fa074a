"""Makers of register lines. Each takes only what a test is about and fills in the rest."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from keqiao.core.rules.facts import Records
from keqiao.web.parties.models import Association, Person
from keqiao.web.registers.actions import debarments, history, platforms, recognitions
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.models import (
    Debarment,
    PlatformAccount,
    PlatformCount,
    Recognition,
    RecognitionScheme,
)
from keqiao.web.registers.queries.records import records_on, together
from tests.web import make

SINCE = date(2023, 1, 1)
PROGRAM = By(None, make.LONG_AGO)
numbers = count(1)


def person(name: str = "张工", **details: Any) -> Person:
    """A person with no more than a name."""
    return Person.objects.create(name=name, **details)


def scheme(association: Association, name: str = "", **details: Any) -> RecognitionScheme:
    """A register of titles of organisations."""
    wanted = {"kind": "title", "holder_kind": "organisation", **details}
    wanted = recognitions.NewScheme(name=name or f"第{next(numbers)}名册", **wanted)
    return recognitions.open_register(association.pk, wanted, by=PROGRAM)


def wanted(party: Any = None, **details: Any) -> recognitions.NewRecognition:
    """What is entered for a party since 2023."""
    details = {"valid_from": SINCE, "source": "测试", **details}
    return recognitions.NewRecognition(party_id=party.pk if party else None, **details)


def recognition(register: RecognitionScheme, party: Any = None, **details: Any) -> Recognition:
    """A valid line of a register."""
    return recognitions.grant(register.pk, wanted(party, **details), by=PROGRAM)


def decision(act: str, on: date = date(2024, 1, 1), reason: str = "测试", **details: Any) -> Any:
    """A step from the first day of 2024 on."""
    return recognitions.Decision(act, on, reason, **details)


def decided(line: Recognition, act: str, on: date = date(2024, 1, 1)) -> Recognition:
    """The line after a step."""
    return recognitions.decide(line.pk, decision(act, on), by=PROGRAM)


def debarment(association: Association, party: Any, **details: Any) -> Debarment:
    """A debarment of three years since 2023."""
    details = {
        "cause": "结项验收不合格",
        "basis": "2023年度通知",
        "valid_from": SINCE,
        "valid_until": date(2025, 12, 31),
        **details,
    }
    made = debarments.debar(association.pk, debarments.NewDebarment((party.pk,), **details), by=PROGRAM)
    return made[0]


def past_project(association: Association, party: Any, **details: Any) -> Any:
    """A past project of 2022."""
    details = {"title": "科普活动", "family": "科普项目", "year": 2022, "source": "测试", **details}
    return history.add_past_project(association.pk, history.PastProject(party.pk, **details), by=PROGRAM)


def affair(association: Association, party: Any, **details: Any) -> Any:
    """A re-election in 2022."""
    details = {"kind": "election", "year": 2022, "on": date(2022, 5, 6), "source": "测试", **details}
    return history.add_affair(association.pk, history.Affair(party.pk, **details), by=PROGRAM)


def holding(association: Association, party: Any, **details: Any) -> Any:
    """A project undertaken in 2023."""
    number = next(numbers)
    details = {
        "project": f"p{number}",
        "title": f"项目{number}",
        "year": 2023,
        "stage": "undertaken",
        "since": date(2023, 5, 1),
        "source": "测试",
        **details,
    }
    return history.add_holding(association.pk, history.InHand(party.pk, **details), by=PROGRAM)


def incident(association: Association, **details: Any) -> Any:
    """An incident in 2022."""
    details = {"what": "伪科学活动", "on": date(2022, 6, 1), "source": "测试", **details}
    return history.add_incident(association.pk, history.NewIncident(**details), by=PROGRAM)


def account(association: Association, party: Any, **details: Any) -> PlatformAccount:
    """An account on 科创中国 since 2022."""
    details = {"platform": "kczg", "source": "测试", "since": date(2022, 1, 1), "number": "7", **details}
    return platforms.add_account(association.pk, platforms.NewAccount(party.pk, **details), by=PROGRAM)


def counted(account: PlatformAccount, **details: Any) -> PlatformCount:
    """How many members an account had at the end of 2025."""
    details = {"kind": "members", "value": 1200, "on": date(2025, 12, 31), "source": "测试", **details}
    return platforms.add_count(account.pk, platforms.Counted(**details), by=PROGRAM)


def records_of(day: date, parties: Iterable[Any], association: Association) -> Records:
    """All that counts on ``day`` of several parties together, as the rules of an association are told it."""
    found = records_on(day, [party.pk for party in parties], [association.pk])
    return together(found.values())
