"""What one officer fills in while another takes it away, through the pages of the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from lxml import html

from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part, node_at
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)
RULE = Part("c1", "rules", "c1.r1")

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    rule = {"id": "c1.r1", "type": "declared", "summary": "原创"}
    places = {"count": 4}
    categories = [
        {"id": "c1", "name": "科普活动", "places": places, "rules": [rule]},
        {"id": "c2", "name": "科普创作"},
    ]
    call = make.draft_call(programme=make.definition(categories=categories))
    client.force_login(call.created_by)
    return call


def form_at(client, address):
    return html.fromstring(client.get(address).content).get_element_by_id("content").forms[0]


def fields_of(form):
    return {name: value for name, value in form.form_values() if value is not None}


@pytest.mark.parametrize("gone", ["entry", "category"])
def test_what_was_typed_for_a_part_that_is_gone_can_be_put_back(client, call, gone):
    address = f"{reverse('programmes:part', args=[call.pk, 'rules'])}?node=c1&entry=c1.r1"
    typed = fields_of(form_at(client, address))
    summary = next(name for name in typed if name.endswith("summary"))
    other = make.officer(call.association)
    if gone == "entry":
        actions.change_part(call.pk, actions.PartChange(1, RULE, None, "不适用"), actor=other, at=NOW)
    else:
        actions.remove_node(call.pk, actions.NodeRemoval(1, "c1", "合并"), actor=other, at=NOW)

    asked = client.post(address, typed | {summary: "原创作品", "act": "save"})
    assert asked.status_code == 409
    assert "已被他人删除" in asked.content.decode()
    merging = fields_of(html.fromstring(asked.content).get_element_by_id("content").forms[0])
    client.post(reverse("programmes:merge", args=[call.pk]), merging | {"all": "mine"})

    definition = Draft.objects.get(call=call).definition
    assert [rule["summary"] for rule in node_at(definition, "c1")["rules"]] == ["原创作品"]
    assert node_at(definition, "c1")["places"] == {"count": 4}


def test_taking_away_what_the_other_changed_is_asked_and_keeps_its_reason(client, call):
    changed = {"id": "c1.r1", "type": "declared", "summary": "原创作品"}
    address = f"{reverse('programmes:part_remove', args=[call.pk, 'rules'])}?node=c1&entry=c1.r1"
    typed = fields_of(form_at(client, address))
    change = actions.PartChange(1, RULE, changed)
    actions.change_part(call.pk, change, actor=make.officer(call.association), at=NOW)

    asked = client.post(address, typed | {"reason": "重复"})
    merging = fields_of(html.fromstring(asked.content).get_element_by_id("content").forms[0])
    client.post(reverse("programmes:merge", args=[call.pk]), merging | {"all": "mine"})

    assert "rules" not in node_at(Draft.objects.get(call=call).definition, "c1")
    assert timeline(call).last().reason.text == "重复"
