"""The queue of an endorser by program: its own, with the states of its page, and nobody else's."""

import pytest

from keqiao.web.api.description import description
from keqiao.web.api.scopes import Scope
from keqiao.web.endorsement import actions
from tests.web.api.callers import program, sent
from tests.web.applications import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db


def test_an_endorser_reads_its_queue_in_the_order_of_preference():
    place = Place()
    call = place.call()
    _first, second, third = (place.submitted(call, name) for name in ("甲学会", "乙学会", "丙学会"))
    actions.recommend(second.pk, "同意推荐", actor=place.endorser, at=NOW)
    actions.decline(third.pk, "材料不全", actor=place.endorser, at=NOW)
    caller = program(place.endorser, Scope.ENDORSEMENT_READ)

    (queue,) = sent(caller, "GET", "/endorsement/queues").json()["items"]
    lines = sent(caller, "GET", f"/endorsement/queues/{queue['id']}").json()["lines"]

    assert [queue[each] for each in ("waiting", "recommended", "declined", "filed")] == [1, 1, 1, 0]
    assert queue["endorser"]["name"] == "渑池县科学技术协会"
    assert {each["unit"]["name"]: (each["state"], each["rank"]) for each in lines} == {
        "甲学会": ("waiting", None),
        "乙学会": ("recommended", 1),
        "丙学会": ("declined", None),
    }


def test_the_queue_of_another_unit_is_not_there():
    place = Place()
    place.submitted(place.call())
    own = program(place.endorser)
    (queue,) = sent(own, "GET", "/endorsement/queues").json()["items"]
    applicant = program(makers.applicant(makers.unit()))

    assert sent(applicant, "GET", "/endorsement/queues").status_code == 404
    assert sent(applicant, "GET", f"/endorsement/queues/{queue['id']}").status_code == 404
    assert sent(own, "GET", f"/endorsement/queues/{queue['id']}").status_code == 200


def test_endorsing_is_read_only_and_the_description_says_so():
    said = description()
    methods = {method for path in said["paths"] if "/endorsement/" in path for method in said["paths"][path]}

    assert methods == {"get"}
    assert "Endorsing is read only, by decision" in said["info"]["description"]
