"""The pages on which parts of a draft are corrected, added and taken away."""

from itertools import chain

import pytest
from django.urls import reverse

from keqiao.readers import programmes
from keqiao.web.programmes import actions, parts
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.proofreading.addresses import new_part_address, part_address, removal_address
from keqiao.web.programmes.statements.slots import is_list, slots_of
from tests.web import make
from tests.web.programmes.sent_forms import sent_by
from tests.web.programmes.test_desk import LINES, MONEY_LINE, NOTICE, selected, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(client):
    found = make.draft_call()
    client.force_login(found.created_by)
    return found


def stated_of(call, part: Part):
    call.draft.refresh_from_db()
    return parts.value_at(call.draft.definition, part)


def one_part_of_each_kind(values):
    """The head and each stated slot of each kind of node; of lists a first entry too. The forms behind the pages are
    tried with every part of all definitions by ``test_statement_forms``.
    """
    seen = set()
    for part in every_part(values):
        kind = (parts.kind_of_node(values, part.node), part.slot, bool(part.entry))
        if kind not in seen:
            seen.add(kind)
            yield part


def every_part(values):
    """The head and every stated slot of every node; of lists their first entries too."""
    forms = ((form["id"], form) for form in values.get("forms", ()))
    for node, statements in chain(parts.nodes(values), forms):
        kind = parts.kind_of_node(values, node)
        yield Part(node, HEAD)
        for slot in slots_of(kind):
            if slot in statements:
                yield Part(node, slot)
                if is_list(kind, slot) and slot != "forms":  # a form has a page of its own
                    yield Part(node, slot, statements[slot][0].get("id", "@0"))


def test_a_definition_opened_and_saved_part_by_part_stays_the_same(client):
    call = make.draft_call(programme=programmes.demonstration("yinchuan-2022"))
    client.force_login(call.created_by)
    before = call.draft.definition
    seen = list(one_part_of_each_kind(before))

    for part in seen:
        address = part_address(call.pk, part)
        answer = client.post(address, sent_by(client.get(address)))
        assert answer.status_code == 302, (part, answer.context["form"].errors)

    call.draft.refresh_from_db()
    assert len(seen) > 30
    assert call.draft.definition == before
    assert call.draft.version == 1


def test_an_amount_is_written_in_yuan_and_kept_in_fen(client, call):
    address = part_address(call.pk, Part("c1", "funding"))
    said = {"version": 1, "kind": "range", "min_fen": "50,000", "max_fen": "80000.5"}

    answer = client.post(address, said)

    assert answer.headers["Location"] == reverse("programmes:draft", args=[call.pk]) + "#part-c1-funding"
    assert stated_of(call, Part("c1", "funding")) == {
        "kind": "range",
        "min_fen": 5_000_000,
        "max_fen": 8_000_050,
    }


def test_a_rule_is_made_after_its_kind_was_chosen(client, call):
    address = new_part_address(call.pk, "c1", "rules")
    kinds = client.get(address)
    page = client.get(address, {"node": "c1", "type": "quota"})

    said = sent_by(page) | {"summary": ["每单位限报2项"], "max": ["2"]}
    client.post(address, said)

    assert len(kinds.content.decode().split('name="type"')) == 36
    assert stated_of(call, Part("c1", "rules")) == [
        {"type": "quota", "id": "c1.r1", "summary": "每单位限报2项", "max": 2}
    ]


def test_a_changed_value_is_settled_and_keeps_its_clause(client):
    source = {"clause": "附件1", "place": {"line": 7}}
    marked = {
        "on": "2026-06-30",
        "source": source,
        "needs_answer": True,
        "invented": True,
        "reading": "按当日算",
    }
    call = make.draft_call(programme=make.definition(deadline=marked))
    client.force_login(call.created_by)
    part = Part("", "deadline")
    address = part_address(call.pk, part)

    client.post(address, sent_by(client.get(address)))
    assert stated_of(call, part) == marked
    client.post(address, sent_by(client.get(address)) | {"on": ["2026-07-01"]})

    assert stated_of(call, part) == {"on": "2026-07-01", "source": source, "reading": "按当日算"}


def test_a_day_that_the_document_leaves_unfilled_stays_as_printed(client):
    call = make.draft_call(programme=make.definition(deadline={"on": "2026-xx-xx"}))
    client.force_login(call.created_by)
    address = part_address(call.pk, Part("", "deadline"))

    shown = sent_by(client.get(address))
    client.post(address, shown)
    kept = stated_of(call, Part("", "deadline"))
    client.post(address, shown | {"on": ["2026-06-30"]})

    assert (shown["on"], shown["on_printed"], kept) == ([""], ["2026-xx-xx"], {"on": "2026-xx-xx"})
    assert stated_of(call, Part("", "deadline")) == {"on": "2026-06-30"}


def test_a_statement_is_taken_away_with_a_reason(client, call):
    address = removal_address(call.pk, Part("c1", "places"))

    without = client.post(address, {"version": 1, "reason": ""})
    client.post(address, {"version": 1, "reason": "通知没有写"})

    assert without.status_code == 422
    assert stated_of(call, Part("c1", "places")) is None


def test_an_emptied_form_says_how_to_take_a_statement_away(client, call):
    page = client.post(part_address(call.pk, Part("c1", "places")), {"version": 1})

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["还没有填写内容。不要这一项时，请用“删除”。"]


def test_the_live_sentence_says_the_whole_grammar_of_a_target(client, call):
    address = part_address(call.pk, Part("c1", "targets", "c1.t1"))
    said = {
        "version": 1,
        "act": "preview",
        "metric": "科普讲座",
        "comparator": ">=",
        "value": "24",
        "unit": "场",
        "measure-kind": "count",
        "measure-facts": "activity",
        "measure-where-rows": "1",
        "measure-where-0-of": "participants",
        "measure-where-0-op": ">=",
        "measure-where-0-value": "200",
        "measure-where-0-unit": "人",
        "measure-group_floor-by": "county",
        "measure-group_floor-floor": "4",
        "measure-group_floor-groups": "6",
    }

    page = client.post(address, said)

    assert page.context["preview"].sentence == (
        "科普讲座 ≥ 24 场；计活动的条数；只计参加人数 ≥ 200 人的；每个县市区至少 4；共 6 组"
    )
    assert stated_of(call, Part("c1", "targets", "c1.t1"))["metric"] == "活动"


def test_two_officers_at_one_part_are_brought_together(client, call):
    address = part_address(call.pk, Part("c1", "targets", "c1.t1"))
    said = {"version": 1, "metric": "讲座", "comparator": ">=", "value": "6", "unit": "场"}
    client.post(address, said)

    page = client.post(address, said | {"metric": "论坛"})

    assert page.status_code == 409
    assert [(f.base, f.theirs, f.mine) for f in page.context["fields"]] == [
        ("活动", "讲座", "论坛"),
        ("5", "6", "6"),
    ]


def test_a_form_saves_itself_and_says_when_or_what_is_missing(client, call):
    address = part_address(call.pk, Part("c1", "places"))

    saved = client.post(address, {"version": 1, "count": "6", "autosave": "1"})
    unfit = client.post(address, {"version": 2, "count": "六", "autosave": "1"})

    assert (saved.status_code, unfit.status_code) == (200, 422)
    assert 'data-version="2"' in saved.content.decode()
    assert "名额：" in unfit.content.decode()
    assert stated_of(call, Part("c1", "places")) == {"count": 6}


def test_what_was_typed_for_a_category_that_is_gone_is_shown_again(client):
    two = [{"id": "c1", "name": "甲"}, {"id": "c2", "name": "乙", "places": {"count": 2}}]
    call = make.draft_call(programme=make.definition(categories=two))
    client.force_login(call.created_by)
    address = part_address(call.pk, Part("c2", "places"))
    client.get(address)
    gone = actions.PartChange(1, Part("c2", "places"), {"count": 3})
    draft = actions.change_part(call.pk, gone, actor=call.created_by, at=make.LONG_AGO)
    draft.definition["categories"].pop()
    draft.save(update_fields=["definition"])

    page = client.post(address, {"version": draft.version, "count": "7"})

    assert page.status_code == 409
    assert sent_by(page)["count"] == ["7"]
    assert client.get(address).status_code == 404


def test_htmx_gets_the_form_alone_and_a_browser_the_page(client, call):
    address = part_address(call.pk, Part("c1", "funding"))

    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address).content.decode()

    assert "<html" in page
    assert "<html" not in fragment
    assert 'name="amount_fen"' in fragment


@pytest.mark.parametrize("slot", ["weather", "categories", "tracks", "id"])
def test_what_is_no_statement_has_no_page(client, call, slot):
    assert client.get(part_address(call.pk, Part("c1", slot))).status_code == 404
    assert client.get(part_address(call.pk, Part("c1", "funding"))).status_code == 200


def test_a_part_of_another_association_does_not_exist(client, call):
    address = part_address(call.pk, Part("c1", "funding"))
    client.force_login(make.officer(make.association()))

    assert client.get(address).status_code == 404


def test_the_page_of_a_node_leads_to_every_statement_it_may_make(client, call):
    page = client.get(reverse("programmes:node", args=[call.pk]), {"node": "c1"})

    shown = [slot for _legend, slots in page.context["node"].groups for slot in slots]
    assert len(shown) == len(slots_of("category"))
    for slot in shown:
        for address in (slot.add, *(said.change for said in slot.own), *(said.remove for said in slot.own)):
            assert not address or client.get(address).status_code == 200, address
    above = {slot.label: [said.where for said in slot.from_above] for slot in shown}
    assert above["申报截止"] == ["整个通知"]


def test_a_statement_that_waits_is_settled_by_a_tick(client):
    call = make.draft_call(programme=make.definition(deadline={"on": "2026-06-30", "needs_answer": True}))
    client.force_login(call.created_by)
    part = Part("", "deadline")
    address = part_address(call.pk, part)

    client.post(address, sent_by(client.get(address)) | {"settled": ["on"]})

    assert stated_of(call, part) == {"on": "2026-06-30"}
    assert "settled" not in client.get(address).context["form"].fields


def test_words_that_were_picked_out_fill_the_form_and_stay_tied_to_it(client):
    association = make.association()
    client.force_login(make.officer(association))
    source = uploaded(client, association, NOTICE)
    words = selected(MONEY_LINE, "每项3万元")
    address = part_address(source.call_id, Part("", "funding"), words=words)

    page = client.get(address)
    client.post(address, sent_by(page))

    draft = source.call.draft
    assert draft.definition["funding"]["amount_fen"] == 3_000_000
    assert draft.words[":funding"]["words"] == page.context["tied"]["words"] == "每项3万元"


def test_words_fill_what_they_can_of_the_rule_whose_kind_was_chosen(client):
    association = make.association()
    client.force_login(make.officer(association))
    source = uploaded(client, association, NOTICE)
    line = LINES.index("1.申报对象：市级学会。")
    words = selected(line, "申报对象：市级学会")
    address = new_part_address(source.call_id, "c1", "rules", words=words, rule_type="place")

    page = client.get(address)

    assert page.context["tied"]["words"] == "申报对象：市级学会"
    assert sent_by(page)["type"] == ["place"]
