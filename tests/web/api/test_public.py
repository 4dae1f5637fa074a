"""What everybody may ask: published calls, an allow-list of what is said of them, the description."""

import pytest
from django.test import Client

from keqiao.web.api.schemas import CallOut, CategoryOut
from keqiao.web.api.scopes import Scope
from tests.web import make
from tests.web.api.callers import program, sent
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def test_a_published_call_says_what_the_list_allows_and_no_more():
    call = makers.call(deadline={"on": "2090-06-30"})

    listed = sent(Client(), "GET", "/calls").json()
    offered = sent(Client(), "GET", f"/calls/{call.slug}/categories").json()

    assert [each["slug"] for each in listed["items"]] == [call.slug]
    assert set(listed["items"][0]) == set(CallOut.model_fields)
    assert set(offered[0]) == set(CategoryOut.model_fields)
    assert sent(Client(), "GET", f"/calls/{call.slug}").json() == listed["items"][0]


def test_a_draft_is_not_there():
    published, draft = makers.call(), make.draft_call()
    known = sent(Client(), "GET", "/calls").json()["items"]

    assert [each["slug"] for each in known] == [published.slug]
    assert sent(Client(), "GET", f"/calls/{draft.pk}").status_code == 404


def test_the_form_of_a_category_is_a_schema():
    call = makers.call()
    node = makers.offer(call).node

    whole = sent(Client(), "GET", f"/calls/{call.slug}/form?node={node}").json()
    draft = sent(Client(), "GET", f"/calls/{call.slug}/form?node={node}&draft=true").json()

    assert set(whole["required"]) == {"project", "summary", "leader"}
    assert "required" not in draft
    assert set(whole["properties"]) == {each["id"] for each in makers.FIELDS}


def test_a_unit_reads_what_it_may_apply_for_and_why_not():
    call = makers.call(deadline={"on": "2090-06-30"})
    unit = makers.unit()
    caller = program(makers.applicant(unit), Scope.ELIGIBILITY)

    listed = sent(caller, "GET", f"/units/{unit.pk}/eligibility").json()
    node = makers.offer(call).node
    one = sent(caller, "GET", f"/units/{unit.pk}/eligibility/{call.slug}?node={node}").json()

    assert [(each["call"], each["verdict"]) for each in listed] == [(call.slug, one["verdict"])]
    assert {each["rule"] for each in one["rules"]}
    assert sent(caller, "GET", f"/units/{makers.unit().pk}/eligibility").status_code == 404


def test_a_method_that_is_not_supported_says_which_are():
    answer = sent(Client(), "DELETE", "/calls")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert answer.json()["title"] == "不支持这种请求方法"


def test_an_address_that_is_not_there_answers_in_json():
    answer = sent(Client(), "GET", "/nowhere")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_english_is_answered_on_request():
    assert sent(Client(), "GET", "/calls/nowhere?lang=en").json()["title"] == "Not found"


def test_the_description_names_every_address_and_is_read_by_people(client):
    said = client.get("/api/v1/openapi.json").json()

    assert said["openapi"].startswith("3.1")
    assert {"/api/v1/calls", "/api/v1/applications/{pk}/submission"} <= set(said["paths"])
    assert client.get("/developers/").status_code == 200


def test_a_slip_in_the_name_of_a_parameter_is_refused():
    call = makers.call()
    node = makers.offer(call).node
    assert sent(Client(), "GET", f"/calls/{call.slug}/form?node={node}").status_code == 200

    answer = sent(Client(), "GET", f"/calls/{call.slug}/form?nod={node}")

    assert (answer.status_code, answer.json()["detail"]) == (422, "没有这样的参数：nod。")
