"""A form is tried out before its call opens: nothing is stored, all faults are told, the rules are asked."""

import pytest
from django.urls import reverse

from keqiao.readers import programmes
from keqiao.web.applications.models import Application
from keqiao.web.programmes.parts import Part, value_at
from tests.web import make

pytestmark = pytest.mark.django_db

NAME = {"id": "name", "kind": "text", "label": "项目名称", "max_chars": 4}
TEAM = {"id": "team", "kind": "table", "label": "成员", "columns": [{"id": "who", "label": "姓名"}]}
FORM = {"id": "form-1", "title": "申报书", "fields": [NAME, TEAM]}
SOCIETIES_ONLY = {"kinds": ["学会"]}


@pytest.fixture
def call(client):
    made = make.draft_call(programme=make.definition(forms=[FORM], form="form-1", applicants=SOCIETIES_ONLY))
    client.force_login(made.created_by)
    return made


def page_of(call, **asked) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("applications:trial", args=[call.pk]) + f"?{query}"


def test_a_trial_tells_all_faults_keeps_what_was_typed_and_stores_nothing(client, call):
    before = value_at(call.draft.definition, Part("", "forms"))
    said = {"asked": ["name", "team"], "f.name": "很长的项目名称", "do": "check"}

    page = client.post(page_of(call), said)

    words = page.content.decode()
    assert {each.at[0] for each in page.context["checked"]} == {"name", "team"}
    assert 'value="很长的项目名称"' in words
    assert "这是试填" in words
    call.draft.refresh_from_db()
    assert (Application.objects.count(), call.draft.version) == (0, 1)
    assert value_at(call.draft.definition, Part("", "forms")) == before


def test_a_trial_asks_the_rules_for_the_kind_of_unit_that_was_chosen(client, call):
    verdicts = {
        kind: client.get(page_of(call, kind=kind)).context["answer"].verdict.value
        for kind in ("society", "company")
    }

    assert verdicts["company"] == "fails"
    assert verdicts["society"] != "fails", [
        each.findings for each in client.get(page_of(call, kind="society")).context["doubts"]
    ]


def test_a_row_is_added_and_taken_away_without_losing_the_others(client, call):
    said = {"asked": "team", "f.team.rows": "2"}
    said |= {"f.team.0": "", "f.team.0.who": "张一", "f.team.1": "", "f.team.1.who": "李二"}
    answers = client.post(page_of(call), said | {"do": "remove:f.team.0"}).context["page"].answers

    assert answers["team"] == [{"who": "李二"}]
    assert client.post(page_of(call), said | {"do": "add:team"}).status_code == 200


@pytest.mark.parametrize("name", programmes.shipped())
def test_every_demonstration_can_be_tried_in_its_first_category(client, name):
    call = make.draft_call(programme=programmes.demonstration(name))
    client.force_login(call.created_by)

    assert client.get(page_of(call)).status_code == 200


def test_who_does_not_keep_the_call_finds_no_trial(client, call):
    assert client.get(page_of(call)).status_code == 200
    client.force_login(make.draft_call().created_by)

    assert client.get(page_of(call)).status_code == 404
    assert client.get(page_of(call, kind="nothing")).status_code == 404
