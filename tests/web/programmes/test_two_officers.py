"""Two officers at one draft: different parts are both kept, the same part is brought together by a person."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Draft
from keqiao.web.programmes.parts import Part, node_at
from keqiao.web.programmes.refusals import Conflict, Refused, StaleDraft
from keqiao.web.programmes.tree_edits import Place
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)
FUNDING, PLACES, RULE = Part("c1", "funding"), Part("c1", "places"), Part("c1", "rules", "c1.r1")

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    rules = [{"id": "c1.r1", "type": "declared", "summary": "原创"}]
    first = {
        "id": "c1",
        "name": "科普活动",
        "places": {"count": 4},
        "funding": {"kind": "fixed", "amount_fen": 100_00},
        "rules": rules,
        "materials": [{"name": "申报书"}, {"name": "章程"}],
    }
    return make.draft_call(programme=make.definition(categories=[first, {"id": "c2", "name": "科普创作"}]))


@pytest.fixture
def other(call):
    return make.officer(call.association)


def changed(call, actor, version, part, value, **details):
    change = actions.PartChange(version, part, value, **details)
    return actions.change_part(call.pk, change, actor=actor, at=NOW)


def said(call, node="c1"):
    return node_at(Draft.objects.get(call=call).definition, node)


def test_changes_of_different_parts_are_both_kept(call, other):
    changed(call, other, 1, PLACES, {"count": 9})

    draft = changed(call, call.created_by, 1, FUNDING, {"kind": "none"})

    assert (said(call)["places"], said(call)["funding"]) == ({"count": 9}, {"kind": "none"})
    assert draft.version == 3


def test_the_same_change_made_twice_is_no_conflict(call, other):
    changed(call, other, 1, PLACES, {"count": 9})

    assert changed(call, call.created_by, 1, PLACES, {"count": 9}).version == 2


def test_changes_of_one_part_are_refused_with_both_sides(call, other):
    changed(call, other, 1, PLACES, {"count": 9})

    with pytest.raises(Conflict) as refused:
        changed(call, call.created_by, 1, PLACES, {"count": 5})

    sides = refused.value.sides
    assert (sides.base, sides.theirs, sides.mine) == ({"count": 4}, {"count": 9}, {"count": 5})
    assert [(change.who, change.part) for change in refused.value.changes] == [(str(other), PLACES)]
    assert said(call)["places"] == {"count": 9}


def test_a_value_that_does_not_fit_is_told_before_any_conflict(call, other):
    changed(call, other, 1, PLACES, {"count": 9})

    with pytest.raises(Refused):
        changed(call, call.created_by, 1, PLACES, {"count": -1})


def test_two_choices_of_words_for_one_part_are_asked(call, other):
    changed(call, other, 1, PLACES, {"count": 4}, words={"words": "名额4个"})

    with pytest.raises(Conflict):
        changed(call, call.created_by, 1, PLACES, {"count": 4}, words={"words": "共4项"})

    assert Draft.objects.get(call=call).words == {"c1:places": {"words": "名额4个"}}


def test_an_entry_without_id_is_found_where_it_stands_now(call, other):
    changed(call, other, 1, Part("c1", "materials", "@0"), None, reason="重复")

    changed(call, call.created_by, 1, Part("c1", "materials", "@1"), {"name": "单位章程"})

    assert said(call)["materials"] == [{"name": "单位章程"}]


def test_what_both_take_away_is_no_conflict(call, other):
    changed(call, other, 1, RULE, None, reason="重复")

    assert changed(call, call.created_by, 1, RULE, None, reason="不适用").version == 2


def test_words_behind_a_list_stay_while_one_of_its_entries_does(call, other):
    tied = {"words": "附申报书、章程"}
    changed(call, other, 1, Part("c1", "materials", "@0"), {"name": "申报书"}, words=tied)

    one_left = changed(call, other, 2, Part("c1", "materials", "@1"), None, reason="重复")
    assert one_left.words == {"c1:materials": tied}
    assert changed(call, other, 3, Part("c1", "materials", "@0"), None, reason="重复").words == {}


def test_a_conflict_about_an_entry_taken_away_by_its_position_says_that_it_goes(call, other):
    changed(call, other, 1, Part("c1", "materials", "@0"), {"name": "申报表"})

    with pytest.raises(Conflict) as refused:
        changed(call, call.created_by, 1, Part("c1", "materials", "@0"), None, reason="重复")

    assert (refused.value.sides.theirs, refused.value.sides.mine) == ({"name": "申报表"}, None)


def test_entries_that_two_add_both_stand(call, other):
    for actor, summary in ((other, "署名"), (call.created_by, "公益")):
        entry = actions.NewEntry(1, Part("c1", "rules"), {"type": "declared", "summary": summary})
        actions.add_entry(call.pk, entry, actor=actor, at=NOW)

    assert [rule["summary"] for rule in said(call)["rules"]] == ["原创", "署名", "公益"]


def test_a_part_taken_away_by_the_other_can_be_put_back(call, other):
    changed(call, other, 1, RULE, None, reason="不适用")
    mine = {"id": "c1.r1", "type": "declared", "summary": "原创作品"}

    with pytest.raises(Conflict) as refused:
        changed(call, call.created_by, 1, RULE, mine)
    assert refused.value.sides.is_gone

    change = actions.PartChange(2, RULE, mine)
    actions.put_back(call.pk, change, 1, actor=call.created_by, at=NOW)
    assert said(call)["rules"] == [mine]


def test_a_part_of_a_category_taken_away_comes_back_with_its_category(call, other):
    actions.remove_node(call.pk, actions.NodeRemoval(1, "c1", "合并"), actor=other, at=NOW)

    with pytest.raises(Conflict):
        changed(call, call.created_by, 1, PLACES, {"count": 5})
    actions.put_back(call.pk, actions.PartChange(2, PLACES, {"count": 5}), 1, actor=call.created_by, at=NOW)

    assert said(call)["places"] == {"count": 5}
    assert said(call)["rules"][0]["summary"] == "原创"


UNSETTLED = {"id": "c1.r1", "type": "declared", "summary": "原创", "needs_answer": True}


def test_an_answer_is_kept_beside_a_change_elsewhere(call, other):
    changed(call, other, 1, RULE, UNSETTLED)
    changed(call, other, 2, PLACES, {"count": 9})

    answer = actions.Answer("programme.answer_needed@c1.r1", 2, "confirmed")
    actions.answer_doubt(call.pk, answer, actor=call.created_by, at=NOW)

    assert said(call)["rules"] == [{"id": "c1.r1", "type": "declared", "summary": "原创"}]


def test_what_changed_after_it_was_seen_is_not_confirmed(call, other):
    changed(call, other, 1, RULE, UNSETTLED)
    changed(call, other, 2, RULE, {**UNSETTLED, "summary": "非原创"})

    answer = actions.Answer("programme.answer_needed@c1.r1", 2, "confirmed")
    with pytest.raises(StaleDraft):
        actions.answer_doubt(call.pk, answer, actor=call.created_by, at=NOW)

    assert said(call)["rules"][0]["needs_answer"] is True


def test_a_move_is_kept_beside_a_change_below_it(call, other):
    changed(call, other, 1, PLACES, {"count": 9})

    actions.move_node(call.pk, actions.NodeAct(1, "c1", Place("c2")), actor=call.created_by, at=NOW)

    assert said(call, "c2")["categories"][0]["places"] == {"count": 9}


def test_an_order_is_kept_beside_a_new_entry(call, other):
    entries = [{"id": f"c1.r{n}", "type": "declared", "summary": str(n)} for n in (1, 2)]
    changed(call, other, 1, Part("c1", "rules"), entries)
    third = actions.NewEntry(2, Part("c1", "rules"), {"type": "declared", "summary": "3"})
    actions.add_entry(call.pk, third, actor=other, at=NOW)

    order = actions.Order(2, Part("c1", "rules"), ("c1.r2", "c1.r1"))
    actions.reorder(call.pk, order, actor=call.created_by, at=NOW)

    assert [rule["summary"] for rule in said(call)["rules"]] == ["2", "1", "3"]


def test_two_orders_of_one_list_are_not_both_made(call, other):
    entries = [{"id": f"c1.r{n}", "type": "declared", "summary": str(n)} for n in (1, 2, 3)]
    changed(call, other, 1, Part("c1", "rules"), entries)
    first = actions.Order(2, Part("c1", "rules"), ("c1.r3", "c1.r1", "c1.r2"))
    actions.reorder(call.pk, first, actor=other, at=NOW)

    second = actions.Order(2, Part("c1", "rules"), ("c1.r2", "c1.r1", "c1.r3"))
    with pytest.raises(StaleDraft):
        actions.reorder(call.pk, second, actor=call.created_by, at=NOW)


def test_a_copy_does_not_cover_what_the_other_wrote_in_its_place(call, other):
    changed(call, other, 1, Part("c2", "places"), {"count": 7})

    copy = actions.PartCopy(1, PLACES, ("c2",))
    with pytest.raises(StaleDraft):
        actions.copy_part(call.pk, copy, actor=call.created_by, at=NOW)

    assert said(call, "c2")["places"] == {"count": 7}


def test_two_moves_of_one_category_are_not_both_made(call, other):
    actions.move_node(call.pk, actions.NodeAct(1, "c1", Place("c2")), actor=other, at=NOW)

    with pytest.raises(StaleDraft):
        actions.move_node(call.pk, actions.NodeAct(1, "c1", Place("", "c2")), actor=call.created_by, at=NOW)


def test_two_categories_moved_into_each_other_are_refused(call, other):
    actions.move_node(call.pk, actions.NodeAct(1, "c1", Place("c2")), actor=other, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.move_node(call.pk, actions.NodeAct(2, "c2", Place("c1")), actor=call.created_by, at=NOW)

    assert [finding.code for finding in refused.value.findings] == ["draft.under_itself"]


class TwoDesks(RuleBasedStateMachine):
    """Two officers who change three statements, each on the version last seen, beside plain dictionaries."""

    PARTS = (PLACES, Part("c1", "per_unit_limit"), Part("c2", "places"))

    def __init__(self) -> None:
        super().__init__()
        self.call = make.draft_call(
            programme=make.definition(categories=[{"id": "c1", "name": "甲"}, {"id": "c2", "name": "乙"}])
        )
        self.officers = (self.call.created_by, make.officer(self.call.association))
        self.stands = dict.fromkeys(self.PARTS)
        self.version = 1
        self.seen = [(1, dict(self.stands)), (1, dict(self.stands))]

    @rule(who=st.sampled_from((0, 1)))
    def look(self, who):
        self.seen[who] = (self.version, dict(self.stands))

    @rule(who=st.sampled_from((0, 1)), part=st.sampled_from(PARTS), number=st.integers(1, 3))
    def change(self, who, part, number):
        version, known = self.seen[who]
        value = {"max" if part.slot == "per_unit_limit" else "count": number}
        if self.stands[part] in (known[part], value):
            self.version = changed(self.call, self.officers[who], version, part, value).version
            self.stands[part] = value
            return
        with pytest.raises(Conflict) as refused:
            changed(self.call, self.officers[who], version, part, value)
        sides = refused.value.sides
        assert (sides.base, sides.theirs, sides.mine) == (known[part], self.stands[part], value)

    @invariant()
    def nothing_was_overwritten_unseen(self):
        definition = Draft.objects.get(call=self.call).definition
        assert {part: node_at(definition, part.node).get(part.slot) for part in self.PARTS} == self.stands


def test_no_officer_overwrites_what_was_not_seen():
    run_state_machine_as_test(
        TwoDesks, settings=settings(max_examples=25, stateful_step_count=12, deadline=None)
    )


def merge_form(page):
    """What the merge view would send: its hidden fields and the choices that are made already."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    hidden.pop("csrfmiddlewaretoken", None)
    chosen = re.findall(r'name="(choice-[\w()]+)" value="(\w+)" checked', page)
    return {name: value.replace("&quot;", '"') for name, value in hidden.items()} | dict(chosen)


def test_the_merge_view_asks_only_for_what_both_changed(client, call, other):
    client.force_login(call.created_by)
    changed(call, other, 1, FUNDING, {"kind": "fixed", "amount_fen": 200_00, "per": "unit"})
    mine = {"kind": "fixed", "amount_fen": 300_00, "total_fen": 900_00}
    with pytest.raises(Conflict) as refused:
        changed(call, call.created_by, 1, FUNDING, mine)
    sides = {"version": 2, "seen": 1, "node": "c1", "slot": "funding", "entry": "", "value": json.dumps(mine)}
    address = reverse("programmes:merge", args=[call.pk])

    asked = client.post(address, sides)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert page.count("双方都改了，请选") == 1
    assert str(other) in page

    form = merge_form(page)
    waiting = re.search(r'is-open">.*?name="(choice-[\w()]+)"', page, re.DOTALL)[1]
    answer = client.post(address, form | {waiting: "mine"}, follow=True)

    assert "已保存" in answer.content.decode()
    assert said(call)["funding"] == {
        "kind": "fixed",
        "amount_fen": 300_00,
        "per": "unit",
        "total_fen": 900_00,
    }
    assert refused.value.version == 2


@pytest.mark.parametrize(("side", "places"), [("mine", 5), ("theirs", 9)])
def test_one_side_can_be_taken_as_a_whole(client, call, other, side, places):
    client.force_login(call.created_by)
    changed(call, other, 1, PLACES, {"count": 9})
    sides = {"version": 2, "seen": 1, "node": "c1", "slot": "places", "entry": "", "value": '{"count": 5}'}

    client.post(reverse("programmes:merge", args=[call.pk]), sides | {"all": side})

    assert said(call)["places"] == {"count": places}


@pytest.mark.parametrize(("side", "summaries"), [("mine", ["改"]), ("theirs", [])])
def test_a_part_that_is_gone_is_put_back_only_if_wanted(client, call, other, side, summaries):
    client.force_login(call.created_by)
    changed(call, other, 1, RULE, None, reason="不适用")
    mine = {"id": "c1.r1", "type": "declared", "summary": "改"}
    sides = {
        "version": 2,
        "seen": 1,
        "node": "c1",
        "slot": "rules",
        "entry": "c1.r1",
        "value": json.dumps(mine),
    }
    address = reverse("programmes:merge", args=[call.pk])

    assert "已被他人删除" in client.post(address, sides).content.decode()
    client.post(address, sides | {"all": side})

    assert [rule["summary"] for rule in said(call).get("rules", [])] == summaries


def test_a_merge_with_what_changed_once_more_is_asked_again(client, call, other):
    client.force_login(call.created_by)
    changed(call, other, 1, PLACES, {"count": 9})
    changed(call, other, 2, PLACES, {"count": 10})
    sides = {"version": 2, "seen": 1, "node": "c1", "slot": "places", "entry": "", "value": '{"count": 5}'}

    answer = client.post(reverse("programmes:merge", args=[call.pk]), sides | {"all": "mine"})

    assert answer.status_code == 409
    assert said(call)["places"] == {"count": 10}


def test_a_merge_of_somebody_elses_call_does_not_exist(client, call):
    client.force_login(make.officer(make.association()))
    sides = {"version": 1, "seen": 1, "node": "c1", "slot": "places", "entry": "", "value": '{"count": 5}'}

    assert client.post(reverse("programmes:merge", args=[call.pk]), sides).status_code == 404


@pytest.mark.parametrize(
    "forged",
    [
        {"slot": "unknown"},
        {"slot": "head", "value": "[]"},
        {"value": '{"count": -1}'},
        {"value": "not json"},
        {"seen": 7},
        {"seen": 10**30},
        {"entry": "c1.r9", "slot": "rules"},
        {"words": '["5"]'},
        {"words": '{"words": "5", "place": "here"}'},
        {"words": r'{"words": "5\u0000"}'},
    ],
)
def test_a_merge_that_the_desk_never_offered_does_not_exist(client, call, other, forged):
    client.force_login(call.created_by)
    changed(call, other, 1, PLACES, {"count": 9})
    sides = {"version": 2, "seen": 1, "node": "c1", "slot": "places", "entry": "", "value": '{"count": 5}'}

    answer = client.post(reverse("programmes:merge", args=[call.pk]), sides | forged | {"all": "mine"})

    assert answer.status_code == 404
    assert said(call)["places"] == {"count": 9}
