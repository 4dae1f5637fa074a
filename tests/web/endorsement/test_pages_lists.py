"""From the queue to the office: an opinion, a return, the list forwarded as one act, its papers, recalled, received."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.endorsement import actions
from keqiao.web.endorsement.models import Batch
from tests.web import make
from tests.web.applications.pages import words_of
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """渑池县, with people of its association."""
    return Place()


@pytest.fixture
def endorser(client: Client, place) -> Client:
    """The browser of somebody who endorses for the county."""
    client.force_login(place.endorser)
    return client


def address(name, *args):
    return reverse(f"endorsement:{name}", args=args)


def sheet_in(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_an_application_is_read_and_recommended_with_an_opinion(endorser, place):
    passage = place.submitted(place.call())
    page = endorser.get(address("passage", passage.pk))
    assert makers.applying.ANSWERS["summary"] in words_of(page)

    answer = endorser.post(address("passage", passage.pk), {"act": "recommend", "opinion": "同意推荐"})

    assert (answer.status_code, answer["Location"]) == (302, address("queue", passage.queue_id))
    assert makers.fresh(passage).state == "recommended"


def test_whoever_declines_says_why_and_nothing_typed_is_lost(endorser, place):
    passage = place.submitted(place.call())

    answer = endorser.post(address("passage", passage.pk), {"act": "decline", "opinion": ""})

    assert (answer.status_code, makers.fresh(passage).state) == (422, "waiting")
    assert "请写明不推荐的理由。" in words_of(answer)


def test_a_recommendation_without_an_opinion_is_refused_in_words(endorser, place):
    passage = place.submitted(place.call())

    answer = endorser.post(address("passage", passage.pk), {"act": "recommend", "opinion": " "})

    assert (answer.status_code, makers.fresh(passage).state) == (409, "waiting")


def test_what_is_sensitive_is_not_shown_to_the_endorser(endorser, place):
    call = place.call()
    application = makers.applying.submitted(
        call, makers.applying.applicant(place.unit()), account="6222020200112233"
    )
    passage = makers.passage_of(application)

    assert "6222020200112233" not in endorser.get(address("passage", passage.pk)).content.decode()


def test_an_application_is_returned_for_named_fields(endorser, place):
    passage = place.recommended(place.call(deadline={"on": make.LATER.isoformat()}))
    posted = {
        "field": ["summary"],
        "reason.summary": "请写明场次",
        "until": make.LATER.isoformat(),
        "note": "",
    }

    page = endorser.get(address("give_back", passage.pk))
    answer = endorser.post(address("give_back", passage.pk), posted)

    assert ("项目内容" in words_of(page), answer.status_code) == (True, 302)
    assert (makers.fresh(passage).state, makers.fresh(passage).place) == ("returned", 1)


def test_the_page_before_forwarding_says_how_many_and_which(endorser, place):
    call = place.call(makers.chain(per_endorser_max=2))
    one, two = place.recommended(call), place.recommended(call)
    left = place.submitted(call)

    page = endorser.get(address("forward", one.queue_id))

    said = words_of(page)
    assert [title in said for title in ("上报 2 项", "三门峡市科学技术协会")] == [True, True]
    assert [str(row.pk) for row in page.context["chosen"]] == [str(one.pk), str(two.pk)]
    assert [str(row.pk) for row in page.context["left"]] == [str(left.pk)]
    assert page.context["may_forward"]


def test_a_list_beyond_the_quota_has_no_button_and_is_not_taken(endorser, place):
    call = place.call(makers.chain(per_endorser_max=1))
    one, two = place.recommended(call), place.recommended(call)

    page = endorser.get(address("forward", one.queue_id))
    answer = endorser.post(address("forward", one.queue_id))

    assert not page.context["may_forward"]
    assert (answer.status_code, Batch.objects.count()) == (409, 0)
    assert {makers.fresh(each).state for each in (one, two)} == {"recommended"}


def test_a_list_is_forwarded_and_recalled_with_a_reason(endorser, place):
    passage = place.recommended(place.call())

    sent = endorser.post(address("forward", passage.queue_id), follow=True)
    batch = Batch.objects.get()
    without = endorser.post(address("recall", batch.pk), {"reason": ""})
    back = endorser.post(address("recall", batch.pk), {"reason": "漏报一项"}, follow=True)

    assert "已上报 1 项。" in words_of(sent)
    assert (without.status_code, "已撤回上报" in words_of(back)) == (422, True)
    assert makers.fresh(passage).state == "recommended"


@pytest.mark.parametrize("form", ["pdf", "xlsx", "docx"])
def test_the_table_of_a_queue_is_a_draft_and_that_of_a_list_is_not(endorser, place, form):
    passage = place.recommended(place.call())
    draft = endorser.get(address("summary", passage.queue_id, form))
    batch = actions.forward(passage.queue_id, actor=place.endorser, at=NOW)

    filed = endorser.get(address("batch_summary", batch.pk, form))

    assert (draft.status_code, filed.status_code) == (200, 200)
    assert draft.content != filed.content
    assert endorser.get(address("summary", passage.queue_id, "exe")).status_code == 404
    assert Event.objects.filter(act="list_exported").count() == 2


def test_the_table_says_rank_title_unit_leader_telephone_and_opinion(endorser, place):
    passage = place.recommended(place.call())

    grid = sheet_in(endorser.get(address("summary", passage.queue_id, "xlsx")))

    row = dict(zip(grid[2], grid[3], strict=True))
    said = makers.applying.ANSWERS
    assert row == {
        "序号": "1",
        "推荐排序": "1",
        "项目名称": said["project"],
        "类别": "科普活动",
        "申报单位": passage.application.unit.name,
        "负责人": "张工",
        "联系电话": "13800000000",
        "申请经费（万元）": "",
        "推荐意见": "同意推荐",
        "备注": "",
    }
    assert grid[1][0] == "推荐单位（盖章）：渑池县科学技术协会"


def test_strangers_find_neither_application_nor_list(client, place):
    passage = place.recommended(place.call())
    batch = actions.forward(passage.queue_id, actor=place.endorser, at=NOW)
    pages = [
        address("passage", passage.pk),
        address("batch", batch.pk),
        address("batch_summary", batch.pk, "xlsx"),
    ]
    client.force_login(place.endorser)
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]

    client.force_login(make.holder(Role.ENDORSER, make.organisation(kind="association")))

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_the_office_sees_everything_of_a_call_and_receives_what_was_filed(client, place):
    call = place.call(makers.chain(per_endorser_max=3))
    passage, waiting = place.recommended(call), place.submitted(call)
    actions.forward(passage.queue_id, actor=place.endorser, at=NOW)
    client.force_login(place.officer)

    calls = client.get(address("calls"))
    page = client.get(address("office", call.pk))
    nothing = client.post(address("receive", call.pk), follow=True)
    done = client.post(address("receive", call.pk), {"row": [str(passage.pk)]}, follow=True)

    (row,) = calls.context["rows"]
    assert (row.queues, row.unfinished, row.filed) == (1, 1, 1)
    assert [(each["place"], each["taker"]) for each in page.context["arrived"]] == [(1, "渑池县科学技术协会")]
    assert page.context["bars"] == [(f"渑池县科学技术协会 · {call.title}", 1, "1 / 3")]
    assert "请先勾选" in words_of(nothing)
    assert "已受理 1 项。" in words_of(done)
    assert (makers.fresh(passage).state, makers.fresh(waiting).state) == ("received", "waiting")


def test_the_office_settles_quota_and_time_of_one_queue_with_a_reason(client, place):
    passage = place.submitted(place.call())
    client.force_login(place.officer)
    said = {"quota": "5", "deadline": make.LATER.isoformat(), "reason": "按县区人口核定"}

    without = client.post(address("settle", passage.queue_id), {**said, "reason": ""})
    done = client.post(address("settle", passage.queue_id), said)

    queue = makers.queue_of(passage)
    assert (without.status_code, done.status_code) == (422, 302)
    assert (queue.quota, queue.deadline_at.astimezone().date()) == (5, make.LATER)


def test_an_officer_of_another_association_sees_no_call_and_settles_nothing(client, place):
    passage = place.submitted(place.call())
    client.force_login(make.officer(make.association()))

    assert client.get(address("calls")).context["rows"] == []
    assert client.get(address("office", passage.call_id)).status_code == 404
    assert client.get(address("settle", passage.queue_id)).status_code == 404


def test_the_applicant_sees_where_it_lies_and_no_decision_before_it_is_forwarded(client, place):
    passage = place.recommended(place.call())
    client.force_login(passage.application.created_by)
    own = reverse("applications:detail", args=[passage.application_id])

    before = words_of(client.get(own))
    actions.forward(passage.queue_id, actor=place.endorser, at=NOW)
    after = words_of(client.get(own))

    assert ("渑池县科学技术协会" in before, "同意推荐" in before, "待审核" in before) == (True, False, True)
    assert ("同意推荐" in after, "已报送" in after) == (True, True)
