"""A person's own copy holds what registers say of the person, and nothing of others."""

import pytest

from keqiao.web.privacy.copying import own_data
from tests.web import make
from tests.web.registers import makers

pytestmark = pytest.mark.django_db


def held(account) -> dict[str, list[dict]]:
    tables = own_data(account, make.LONG_AGO)["tables"]
    wanted = ("registers.recognition", "registers.debarment", "registers.trackrecord", "parties.person")
    return {name: rows for name, rows in tables.items() if name in wanted and rows}


def test_the_copy_of_a_person_holds_recognitions_debarments_and_projects_led():
    association, unit = make.association(), make.organisation()
    person, other = makers.person(), makers.person("李工")
    account, stranger = make.user(), make.user()
    account.person = person
    account.save()
    register = makers.scheme(association, kind="term", holder_kind="person", validity_years=3)
    makers.recognition(register, person, number="首席001")
    makers.recognition(register, other, number="首席002")
    makers.debarment(association, person)
    makers.past_project(association, unit, leader_id=person.pk)

    found = held(account)

    assert {name: len(rows) for name, rows in found.items()} == {
        "registers.recognition": 1,
        "registers.debarment": 1,
        "registers.trackrecord": 1,
        "parties.person": 1,
    }
    assert found["registers.recognition"][0]["number"] == "首席001"
    assert held(stranger) == {}
