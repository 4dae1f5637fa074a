"""Applying by program: the same acts as on the pages, the same rules, the same receipt."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application, Submission
from tests.web import make
from tests.web.api.callers import program, sent
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
OPEN = {"deadline": {"on": "2090-06-30"}}
KEY = {"Idempotency-Key": "0123456789abcdef"}


def open_call(limit=None, **statements):
    return makers.call(limit, **OPEN, **statements)


def begun(caller, call, unit):
    node = makers.offer(call).node
    return sent(caller, "POST", "/applications", {"call": call.slug, "node": node, "unit": str(unit.pk)})


def filled(caller, call, unit):
    pk = begun(caller, call, unit).json()["id"]
    saved = sent(caller, "PUT", f"/applications/{pk}/answers", {"version": 1, "answers": makers.ANSWERS})
    assert saved.status_code == 200, saved.content.decode()
    return pk


def test_a_program_fills_in_submits_and_gets_the_receipt():
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))
    pk = filled(caller, call, unit)
    checked = sent(caller, "POST", f"/applications/{pk}/check").json()
    assert checked["may_be_submitted"]
    assert {each["weight"] for each in checked["findings"]} == {"ask"}

    answer = sent(caller, "POST", f"/applications/{pk}/submission", {}, **KEY)

    row = Submission.objects.get()
    receipt = answer.json()
    assert answer.status_code == 201
    assert (receipt["number"], receipt["digest"], receipt["ordinal"]) == (row.number, row.digest, 1)
    assert sent(caller, "GET", f"/applications/{pk}/receipts").json() == [receipt]
    assert sent(caller, "GET", f"/applications/{pk}").json()["state"] == "submitted"


def test_the_same_key_brings_the_same_receipt():
    call, unit = open_call(limit=1), makers.unit()
    caller = program(makers.applicant(unit))
    pk = filled(caller, call, unit)

    answers = [sent(caller, "POST", f"/applications/{pk}/submission", {}, **KEY) for _ in range(3)]

    assert [each.status_code for each in answers] == [201, 201, 201]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert Submission.objects.count() == 1


def test_a_submission_without_a_key_is_refused():
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))
    pk = filled(caller, call, unit)

    assert sent(caller, "POST", f"/applications/{pk}/submission", {}).status_code == 422
    assert not Submission.objects.exists()


def test_a_refusal_says_all_reasons():
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))
    pk = begun(caller, call, unit).json()["id"]

    answer = sent(caller, "POST", f"/applications/{pk}/submission", {}, **KEY)

    found = answer.json()["findings"]
    assert answer.status_code == 409
    assert {each["at"][0] for each in found if each["at"]} >= {"project", "summary", "leader"}
    assert all(each["words"] and each["weight"] == "refuse" for each in found)


def test_answers_that_do_not_fit_the_form_are_refused_with_their_places():
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))
    pk = begun(caller, call, unit).json()["id"]
    wrong = {"project": ["a", 1], "leader": {"name": 7}, "nobody-asked": True}

    answer = sent(caller, "PUT", f"/applications/{pk}/answers", {"version": 1, "answers": wrong})

    assert answer.status_code == 422
    places = [each["at"] for each in answer.json()["faults"]]
    assert all(place in places for place in ([], ["project"], ["leader", "name"]))
    assert Application.objects.get().version == 1


def test_what_others_changed_meanwhile_is_not_overwritten():
    call, unit = open_call(), makers.unit()
    account = makers.applicant(unit)
    caller = program(account)
    pk = filled(caller, call, unit)
    theirs = {**makers.ANSWERS, "project": "别人改过的名称"}
    sent(caller, "PUT", f"/applications/{pk}/answers", {"version": 2, "answers": theirs})

    mine = {**makers.ANSWERS, "project": "我改的名称"}
    answer = sent(caller, "PUT", f"/applications/{pk}/answers", {"version": 2, "answers": mine})

    assert (answer.status_code, answer.json()["version"], answer.json()["fields"]) == (409, 3, ["project"])
    assert sent(caller, "GET", f"/applications/{pk}").json()["answers"]["project"] == "别人改过的名称"


def test_withdrawing_needs_words_and_frees_the_place():
    call, unit = open_call(limit=1), makers.unit()
    caller = program(makers.applicant(unit))
    pk = filled(caller, call, unit)
    sent(caller, "POST", f"/applications/{pk}/submission", {}, **KEY)

    refused = sent(caller, "POST", f"/applications/{pk}/withdrawal", {"reason": "  "})
    done = sent(caller, "POST", f"/applications/{pk}/withdrawal", {"reason": "方案有变"})

    assert (refused.status_code, done.status_code, done.json()["state"]) == (422, 200, "withdrawn")


@pytest.mark.parametrize(
    ("method", "what", "body"),
    [
        ("GET", "", None),
        ("PUT", "/answers", {"version": 1, "answers": {}}),
        ("POST", "/check", None),
        ("POST", "/submission", {}),
        ("GET", "/receipts", None),
        ("POST", "/withdrawal", {"reason": "方案有变"}),
    ],
)
def test_an_application_of_others_is_not_there(method, what, body):
    call, unit = open_call(), makers.unit()
    own = program(makers.applicant(unit))
    pk = filled(own, call, unit)
    assert sent(own, "GET", f"/applications/{pk}").status_code == 200
    stranger = program(makers.applicant(makers.unit()))
    officer = program(make.holder(Role.OFFICER, call.association))

    for caller in (stranger, officer):
        assert sent(caller, method, f"/applications/{pk}{what}", body, **KEY).status_code == 404


def test_begin_is_refused_for_a_unit_of_others_and_a_category_that_is_not_there():
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))

    foreign = begun(caller, call, makers.unit())
    absent = sent(
        caller, "POST", "/applications", {"call": call.slug, "node": "nowhere", "unit": str(unit.pk)}
    )

    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert begun(caller, call, unit).status_code == 201


def test_the_list_takes_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    call, unit = open_call(), makers.unit()
    caller = program(makers.applicant(unit))
    begun(caller, call, unit)
    sent(caller, "GET", "/applications")
    with CaptureQueriesContext(connection) as one:
        assert len(sent(caller, "GET", "/applications").json()["items"]) == 1
    for_one = len(one)
    begun(caller, call, unit)
    begun(caller, call, unit)

    with django_assert_num_queries(for_one):
        assert len(sent(caller, "GET", "/applications").json()["items"]) == 3
