"""A form that saves itself: what it is answered, and that nothing is lost or saved by mistake."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import html

from keqiao.web import programmes
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Draft, Step
from keqiao.web.programmes.parts import Part, node_at
from keqiao.web.programmes.wording.acts import ACTS
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)
PLACES = Part("c1", "places")

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    call = make.draft_call()
    client.force_login(call.created_by)
    return call


def address(call):
    return f"{reverse('programmes:part', args=[call.pk, 'places'])}?node=c1"


def typed(client, call, count):
    """What the form of the places would send by itself with this number in it."""
    form = html.fromstring(client.get(address(call)).content).get_element_by_id("content").forms[0]
    fields = {name: value for name, value in form.form_values() if value is not None}
    (name,) = (name for name in fields if name.endswith("count"))
    return {**fields, name: count, "act": "save", "autosave": "1"}


def places(call):
    return node_at(Draft.objects.get(call=call).definition, "c1")["places"]


def test_an_autosave_is_answered_with_the_time_and_the_version(client, call):
    answer = client.post(address(call), typed(client, call, 9))

    assert answer.status_code == 200
    assert re.search(r'data-version="2">已保存 \d\d:\d\d:\d\d · 服务器时间</p>', answer.content.decode())
    assert places(call) == {"count": 9}
    assert Step.objects.get(version=2).act == "autosaved"


def test_an_autosave_of_what_does_not_fit_says_so_and_saves_nothing(client, call):
    answer = client.post(address(call), typed(client, call, -9))

    assert answer.status_code == 422
    assert "尚未保存，请先改正" in answer.content.decode()
    assert places(call) == {"count": 4}


def test_an_autosave_over_another_officers_change_saves_nothing_and_names_the_officer(client, call):
    form = typed(client, call, 9)
    other = make.officer(call.association)
    actions.change_part(call.pk, actions.PartChange(1, PLACES, {"count": 7}), actor=other, at=NOW)

    answer = client.post(address(call), form)

    assert answer.status_code == 409
    assert str(other) in answer.content.decode()
    assert places(call) == {"count": 7}


def test_the_button_after_a_conflict_opens_the_merge_view_with_what_was_typed(client, call):
    form = typed(client, call, 9)
    other = make.officer(call.association)
    actions.change_part(call.pk, actions.PartChange(1, PLACES, {"count": 7}), actor=other, at=NOW)

    answer = client.post(address(call), form | {"autosave": ""})

    assert answer.status_code == 409
    assert "{&quot;count&quot;: 9}" in answer.content.decode()


def test_an_autosave_beside_another_officers_change_says_that_both_were_joined(client, call):
    form = typed(client, call, 9)
    other = make.officer(call.association)
    limit = actions.PartChange(1, Part("c1", "per_unit_limit"), {"max": 2})
    actions.change_part(call.pk, limit, actor=other, at=NOW)

    answer = client.post(address(call), form).content.decode()

    assert f"已与{other}同时的修改合并" in answer
    assert places(call) == {"count": 9}


def test_every_act_that_saves_a_version_has_words():
    source = "".join(path.read_text("utf-8") for path in Path(programmes.__file__).parent.rglob("*.py"))

    acts = set(re.findall(r'Saving\("(\w+)"', source))

    assert acts >= {"moved", "restored"}
    assert acts - ACTS.keys() == set()
