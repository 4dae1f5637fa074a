"""Pages of undo, history and the tree, as an officer's browser meets them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part, node_at
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)
PLACES = Part("c1", "places")

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    second = {
        "id": "c2",
        "name": "科普创作",
        "rules": [{"id": "c2.r1", "type": "declared", "summary": "原创"}],
    }
    first = {"id": "c1", "name": "科普活动", "places": {"count": 4}, "funding": {"kind": "none"}}
    return make.draft_call(programme=make.definition(categories=[first, second]))


@pytest.fixture
def officer(client, call):
    client.force_login(call.created_by)
    return call.created_by


def change(call, version, places, actor=None):
    said = actions.PartChange(version, PLACES, {"count": places})
    return actions.change_part(call.pk, said, actor=actor or call.created_by, at=NOW)


def values_of(call):
    return Draft.objects.get(call=call).definition


def page_of(call, name, **query):
    return f"{reverse(f'programmes:{name}', args=[call.pk])}?{'&'.join(f'{k}={v}' for k, v in query.items())}"


def test_the_history_says_who_changed_what_and_offers_to_go_back(client, call, officer):
    change(call, 1, 6)

    page = client.get(reverse("programmes:history", args=[call.pk])).content.decode()

    assert "修改“科普活动 · 名额”" in page
    assert str(officer) in page
    assert re.findall(r'name="wanted" value="(\d+)"', page) == ["1"]


def test_the_history_asks_the_database_as_often_for_thirty_versions_as_for_one(client, call, officer):
    address = reverse("programmes:history", args=[call.pk])
    client.get(address)
    change(call, 1, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for version in range(2, 32):
        change(call, version, version + 3)

    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()

    assert len(many) == len(few)
    assert page.count('class="kq-step"') == 10


def test_undo_and_redo_go_through_their_buttons(client, call, officer):
    change(call, 1, 6)

    answer = client.post(reverse("programmes:undo", args=[call.pk]), {"version": 2}, follow=True)
    assert "已撤销。" in answer.content.decode()
    assert node_at(values_of(call), "c1")["places"] == {"count": 4}

    client.post(reverse("programmes:redo", args=[call.pk]), {"version": 3})
    assert node_at(values_of(call), "c1")["places"] == {"count": 6}


def test_undo_of_what_was_not_seen_says_what_happened(client, call, officer):
    change(call, 1, 6, make.officer(call.association))

    answer = client.post(reverse("programmes:undo", args=[call.pk]), {"version": 1})

    assert answer.status_code == 409
    assert "科普活动 · 名额" in answer.content.decode()
    assert node_at(values_of(call), "c1")["places"] == {"count": 6}


def test_going_back_saves_a_new_version(client, call, officer):
    change(call, 1, 6)
    change(call, 2, 7)

    client.post(reverse("programmes:restore", args=[call.pk]), {"version": 3, "wanted": 1})

    draft = Draft.objects.get(call=call)
    assert (draft.version, node_at(draft.definition, "c1")["places"]) == (4, {"count": 4})


def test_a_leader_reads_the_history_without_buttons(client, call):
    change(call, 1, 6)
    client.force_login(make.holder(Role.LEADER, call.association.organisation))

    page = client.get(reverse("programmes:history", args=[call.pk])).content.decode()

    assert "修改“科普活动 · 名额”" in page
    assert "data-undo" not in page
    assert client.post(reverse("programmes:undo", args=[call.pk]), {"version": 2}).status_code == 404


def test_officers_of_others_do_not_learn_that_the_history_exists(client, call):
    client.force_login(make.officer(make.association()))

    assert client.get(reverse("programmes:history", args=[call.pk])).status_code == 404
    assert client.get(page_of(call, "category_move", node="c1")).status_code == 404


def test_a_category_is_added_moved_copied_and_taken_away_by_forms(client, call, officer):
    new = {"version": 1, "name": "科普阵地", "code": "3", "place": "|c1"}
    assert client.post(page_of(call, "category_new"), new).status_code == 302
    assert [c["name"] for c in values_of(call)["categories"]] == ["科普阵地", "科普活动", "科普创作"]

    assert (
        client.post(page_of(call, "category_move", node="c2"), {"version": 2, "place": "c1|"}).status_code
        == 302
    )
    assert node_at(values_of(call), "c1")["categories"][0]["id"] == "c2"

    copy = {"version": 3, "name": "科普活动二", "place": "|"}
    assert client.post(page_of(call, "category_copy", node="c1"), copy).status_code == 302
    assert values_of(call)["categories"][-1]["categories"][0]["rules"][0]["summary"] == "原创"

    removal = {"version": 4, "reason": "原文没有"}
    assert client.post(page_of(call, "category_remove", node="c1"), removal).status_code == 302
    assert [c["name"] for c in values_of(call)["categories"]] == ["科普阵地", "科普活动二"]


def test_the_page_of_a_removal_says_what_goes_with_it(client, call, officer):
    bundle = {"children": [{"name": "科普创作", "category": "c2"}]}
    said = actions.PartChange(1, Part("c1", "bundle"), bundle)
    actions.change_part(call.pk, said, actor=officer, at=NOW)

    page = client.get(page_of(call, "category_remove", node="c2")).content.decode()

    assert "将删去 2 项内容" in page
    assert "科普活动 · 组合申报" in page


def test_the_page_of_a_track_s_removal_names_the_categories_of_the_track(client):
    track = {"id": "t1", "name": "甲方案"}
    first = {"id": "c1", "name": "科普活动", "track": "t1"}
    call = make.draft_call(programme=make.definition(tracks=[track], categories=[first]))
    client.force_login(call.created_by)

    page = client.get(page_of(call, "category_remove", node="t1")).content.decode()

    assert re.findall(r"<li>(科普活动[^<]*)</li>", page) == ["科普活动 · 基本信息"]


def test_a_category_is_not_offered_a_place_below_itself(client, call, officer):
    page = client.get(page_of(call, "category_move", node="c1")).content.decode()

    assert re.findall(r'<option value="([^"]*)"', page) == ["|", "|c2", "c2|"]


def test_a_track_is_added(client, call, officer):
    client.post(page_of(call, "track_new"), {"version": 1, "name": "科普分项"})

    assert [track["name"] for track in values_of(call)["tracks"]] == ["科普分项"]


def test_a_rule_is_copied_to_the_siblings_that_do_not_state_it(client, call, officer):
    address = f"{reverse('programmes:copy_part', args=[call.pk, 'rules'])}?node=c2&entry=c2.r1"
    assert "原创" in client.get(address).content.decode()

    client.post(address, {"version": 1, "to": ["c1"]})
    assert [r["summary"] for r in node_at(values_of(call), "c1")["rules"]] == ["原创"]

    again = client.post(address, {"version": 2, "to": ["c1"]}, follow=True).content.decode()
    assert "科普活动原来就有相同的内容，没有重复增加。" in again
    assert len(node_at(values_of(call), "c1")["rules"]) == 1


def test_a_list_is_put_into_another_order(client, call, officer):
    entry = actions.NewEntry(1, Part("c2", "rules"), {"type": "declared", "summary": "署名"})
    actions.add_entry(call.pk, entry, actor=officer, at=NOW)
    address = f"{reverse('programmes:reorder', args=[call.pk, 'rules'])}?node=c2"

    twice = client.post(address, {"version": 2, "c2.r1": 1, "c2.r2": 1})
    client.post(address, {"version": 2, "c2.r1": 2, "c2.r2": 1})

    assert twice.status_code == 422
    assert [rule["summary"] for rule in node_at(values_of(call), "c2")["rules"]] == ["署名", "原创"]


def test_a_list_without_ids_is_put_into_another_order(client, call, officer):
    papers = actions.PartChange(1, Part("c2", "materials"), [{"name": "申报书"}, {"name": "章程"}])
    actions.change_part(call.pk, papers, actor=officer, at=NOW)
    address = f"{reverse('programmes:reorder', args=[call.pk, 'materials'])}?node=c2"

    assert "章程" in client.get(address).content.decode()
    client.post(address, {"version": 2, "@0": 2, "@1": 1})

    assert [paper["name"] for paper in node_at(values_of(call), "c2")["materials"]] == ["章程", "申报书"]


@pytest.mark.parametrize("name", ["copy_part", "reorder"])
@pytest.mark.parametrize("slot", ["unknown_statement", "funding"])
def test_what_is_not_there_or_cannot_be_done_has_no_page(client, call, officer, name, slot):
    address = f"{reverse(f'programmes:{name}', args=[call.pk, slot])}?node=c2"

    assert client.get(address).status_code == 404


def test_a_statement_of_the_only_category_is_copied_nowhere(client, call, officer):
    actions.remove_node(call.pk, actions.NodeRemoval(1, "c2", "合并"), actor=officer, at=NOW)

    page = client.get(f"{reverse('programmes:copy_part', args=[call.pk, 'places'])}?node=c1").content.decode()

    assert "没有其他同级的类别。" in page
