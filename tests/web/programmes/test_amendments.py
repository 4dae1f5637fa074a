"""Correction and extension notices: uploaded, read, tied to their call, settled one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions, reading
from keqiao.web.programmes.amendments import reading as amendment_reading
from keqiao.web.programmes.amendments.shown import ASKED, PLAIN, shown
from keqiao.web.programmes.models import Amendment, Call, Source
from tests.web import make
from tests.web.programmes import notices
from tests.web.programmes.notices import NOW, upload, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    association = make.association("河洛市科学技术协会", slug="heluo")
    return make.published_call(association, notices.programme())


@pytest.fixture
def officer(client, call):
    account = make.officer(call.association)
    client.force_login(account)
    return account


@pytest.mark.parametrize("word", [False, True], ids=["txt", "docx"])
def test_a_correction_is_read_and_tied_to_its_call(client, call, officer, word):
    amendment = uploaded(client, call, word=word)

    found = [
        (p.group, [(c.name, c.before, c.after) for c in p.candidates])
        for p in shown(amendment, call.draft).proposals
    ]
    assert (amendment.kind, amendment.call) == ("correction", call)
    assert found == [
        (PLAIN, [("整个通知 · 申报截止", "2026年6月30日", "2026年7月15日")]),
        (PLAIN, [("科普讲座 · 经费", "3万元", "5万元")]),
        (PLAIN, [("科普讲座 · 每单位限报", "2项", "1项")]),
    ]


def test_a_supplement_asks_where_and_lets_the_officer_choose(client, call, officer):
    amendment = uploaded(client, call, notices.SUPPLEMENT)
    added, stage, left_open = shown(amendment, call.draft).in_group(ASKED)
    assert [p.proposal.why for p in (added, stage, left_open)] == [
        "amendment.where_to_add",
        "amendment.stage_not_stated",
        "amendment.left_open",
    ]

    actions.settle(amendment.pk, actions.Verdict(added.key, "accept", 0), actor=officer, at=NOW)
    actions.settle(amendment.pk, actions.Verdict(stage.key, "by_hand"), actor=officer, at=NOW)
    actions.settle(
        amendment.pk, actions.Verdict(left_open.key, "aside", reason="尚未定"), actor=officer, at=NOW
    )
    draft = actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    new = draft.definition["categories"][-1]
    assert (new["name"], new["funding"]["amount_fen"]) == ("科普研学", 20_000_00)


def test_a_value_written_anew_takes_the_place_of_the_proposed_one(client, call, officer):
    amendment = uploaded(client, call, notices.EXTENSION)
    (proposal,) = shown(amendment, call.draft).proposals
    posted = {"key": proposal.key, "candidate": "0", "verdict": "accept", "value": "2026年7月20日"}

    answer = client.post(reverse("programmes:amendment_settle", args=[amendment.pk]), posted)

    assert answer.status_code == 302
    amendment.refresh_from_db()
    draft = actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)
    assert draft.definition["deadline"]["on"] == "2026-07-20"


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"verdict": "accept", "value": "改天"}, "没有读懂“改天”"),
        ({"verdict": "aside", "reason": " "}, "请写明不采纳的理由。"),
    ],
)
def test_a_fault_in_a_verdict_is_told_beside_it_and_nothing_is_settled(client, call, officer, posted, said):
    amendment = uploaded(client, call, notices.EXTENSION)
    (proposal,) = shown(amendment, call.draft).proposals

    answer = client.post(
        reverse("programmes:amendment_settle", args=[amendment.pk]),
        {"key": proposal.key, "candidate": "0", **posted},
    )

    amendment.refresh_from_db()
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert amendment.proposals[0]["settled"] == {}


def test_what_was_said_is_taken_back_once_and_a_made_up_change_leaves_no_trace(client, call, officer):
    amendment = uploaded(client, call)
    actions.accept_plain(amendment.pk, actor=officer, at=NOW)
    amendment.refresh_from_db()
    key = next(key for change in amendment.proposals for key in change["settled"])
    address = reverse("programmes:amendment_settle", args=[amendment.pk])

    keys = (key, key, "1\r\nSet-Cookie: a=b")
    answers = [client.post(address, {"again": "1", "key": each}) for each in keys]

    assert [answer.status_code for answer in answers] == [302] * 3
    assert answers[2].headers["Location"].endswith("#change-1%0D%0ASet-Cookie")
    amendment.refresh_from_db()
    assert [change for change in amendment.proposals if key in change["settled"]] == []
    assert timeline(amendment).filter(act="settled_anew").count() == 1


def test_where_several_parts_may_be_meant_none_is_taken_until_one_is_chosen(client, call, officer):
    lines = [line.replace("科普讲座项目“资金支持标准：3万元/项”", "“限报2项”") for line in notices.CORRECTION]
    lines = tuple(line.replace("“资金支持标准：5万元/项”", "“限报1项”") for line in lines)
    amendment = uploaded(client, call, lines)
    (proposal,) = shown(amendment, call.draft).in_group(ASKED)
    assert len(proposal.candidates) == 2

    answer = client.post(
        reverse("programmes:amendment_settle", args=[amendment.pk]),
        {"key": proposal.key, "verdict": "accept"},
    )

    assert (answer.status_code, "请先选定改哪一个部分。" in answer.content.decode()) == (422, True)


def test_a_notice_whose_call_is_not_here_is_kept_and_tied_by_hand(client, call, officer):
    lines = tuple(
        line.replace(notices.TITLE, "关于举办科技节的通知").replace("12号", "99号")
        for line in notices.CORRECTION
    )
    amendment = uploaded(client, call, lines)
    assert amendment.call is None
    page = client.get(reverse("programmes:amendment", args=[amendment.pk])).content.decode()
    assert "请选定所改的通知" in page

    answer = client.post(reverse("programmes:amendment_call", args=[amendment.pk]), {"call": str(call.pk)})

    amendment.refresh_from_db()
    assert (answer.status_code, amendment.call) == (302, call)


def test_a_notice_is_not_tied_to_a_call_of_another_association(client, call, officer):
    amendment = uploaded(client, call)
    other = make.published_call()

    answer = client.post(reverse("programmes:amendment_call", args=[amendment.pk]), {"call": str(other.pk)})

    amendment.refresh_from_db()
    assert (answer.status_code, amendment.call) == (409, call)


def test_a_public_notice_is_refused_with_its_kind(client, call, officer):
    amendment = uploaded(client, call, notices.PUBLICITY)

    page = client.get(reverse("programmes:amendment", args=[amendment.pk])).content.decode()

    assert (amendment.state, amendment.failure) == ("failed", "reading.not_an_amendment")
    assert "读作公示，不是更正、补充或延期通知" in page


def test_an_extension_uploaded_as_a_call_becomes_a_notice_by_one_button(client, call, officer):
    upload(client, call, notices.EXTENSION, name="programmes:new")
    source = Source.objects.get()
    reading.read(source.pk, timezone.now())
    page = client.get(reverse("programmes:reading", args=[source.call_id])).content.decode()
    address = reverse("programmes:amendment_instead", args=[source.call_id])
    assert f'action="{address}"' in page

    answer = client.post(address)

    amendment = Amendment.objects.get()
    source.call.refresh_from_db()
    assert answer.headers["Location"] == reverse("programmes:amendment", args=[amendment.pk])
    assert (amendment.file_id, source.call.state) == (source.file_id, "cancelled")
    amendment_reading.read(amendment.pk, NOW)
    amendment.refresh_from_db()
    assert amendment.call == call


@pytest.mark.parametrize("name", ["amendment", "amendment_progress"])
def test_a_notice_of_another_association_does_not_exist(client, call, officer, name):
    amendment = uploaded(client, call)
    address = reverse(f"programmes:{name}", args=[amendment.pk])
    assert client.get(address).status_code == 200
    client.force_login(make.officer(make.association()))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["amendment_call", "amendment_settle", "amendment_plain", "amendment_merge"])
def test_only_officers_of_the_association_settle_a_notice(client, call, officer, name):
    amendment = uploaded(client, call)
    client.force_login(make.officer(make.association()))

    answer = client.post(reverse(f"programmes:{name}", args=[amendment.pk]), {"version": 1})

    assert answer.status_code == 404


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(client, call, officer):
    uploaded(client, call)
    address = reverse("programmes:amendments")
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for _ in range(2):
        upload(client, call, notices.EXTENSION)

    with CaptureQueriesContext(connection) as with_three:
        page = client.get(address).content.decode()

    assert (page.count('data-label="状态"'), len(with_three)) == (3, len(with_one))


def test_the_page_reads_in_english_and_keeps_the_words_of_the_notice(client, call, officer):
    amendment = uploaded(client, call, notices.SUPPLEMENT)

    page = client.get(reverse("programmes:amendment", args=[amendment.pk]) + "?lang=en").content.decode()

    for words in (
        "For you to decide",
        "Choose the category below which the new one is to stand.",
        "科普研学",
    ):
        assert (words, words in page) == (words, True)
