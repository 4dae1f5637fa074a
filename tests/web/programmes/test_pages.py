"""Who opens which page of the desk, what stands on it, and what a form does."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.programmes import reading
from keqiao.web.programmes.models import Call, ReadingState, Source
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.addresses import part_address
from tests.web import make

VARIANTS = Path(__file__).parents[2] / "readings" / "notices" / "variants"
NOTICE = """关于申报2026年度科普项目的通知

各市级学会：
现将2026年度科普项目申报工作通知如下。
一、科普讲座项目
1.申报对象：市级学会。
2.资金支持标准：4项，每项3万元。
3.绩效指标：举办科普讲座不少于5场，每场参加人数不少于50人。
二、申报要求
请于2026年6月30日前报送申报书一式3份。联系人：张三，电话：0000-5550101。
河洛市科学技术协会
2026年3月1日
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.association(slug="heluo")


@pytest.fixture
def officer(client, association):
    account = make.officer(association)
    client.force_login(account)
    return account


def upload(client, association, content: bytes, name: str = "通知.txt"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("programmes:new"), {"association": association.pk, "file": file})


def uploaded(client, association, content: str = NOTICE) -> Source:
    """A document that was uploaded and read."""
    upload(client, association, content.encode())
    source = Source.objects.get()
    reading.read(source.pk, timezone.now())
    source.refresh_from_db()
    return source


def test_an_uploaded_notice_waits_to_be_read(client, association, officer):
    answer = upload(client, association, NOTICE.encode())

    call = Call.objects.get()
    assert answer.headers["Location"] == reverse("programmes:reading", args=[call.pk])
    assert call.sources.get().state == ReadingState.QUEUED
    page = client.get(answer.headers["Location"])
    assert "排队等待识读" in page.content.decode()


def test_a_read_notice_becomes_a_draft_with_doubts_and_words(client, association, officer):
    source = uploaded(client, association)

    page = client.get(reverse("programmes:draft", args=[source.call_id])).content.decode()

    assert source.state == ReadingState.READ
    assert "处待确认" in page
    assert "3万元/项" in page
    assert ">举办科普讲座不少于5场</a>" in page


def test_a_file_that_cannot_be_read_is_answered_and_kept(client, association, officer):
    upload(client, association, b"\x89PNG\r\n\x1a\n" + b"0" * 200, "扫描件.png")
    source = Source.objects.get()

    reading.read(source.pk, timezone.now())

    source.refresh_from_db()
    page = client.get(reverse("programmes:reading", args=[source.call_id])).content.decode()
    assert (source.state, source.failure) == (ReadingState.FAILED, "unreadable.picture")
    assert "扫描件.png" in page
    assert client.get(reverse("files:download", args=[source.file_id])).status_code == 200


@pytest.mark.parametrize(
    ("variant", "kind"),
    [("yanqi.txt", "延期或更正通知"), ("zhuanfa.txt", "转发通知"), ("lixiang.txt", "立项或表彰通知")],
)
def test_a_paper_that_is_no_call_is_called_what_it_is(client, association, officer, variant, kind):
    source = uploaded(client, association, (VARIANTS / variant).read_text(encoding="utf-8"))

    page = client.get(reverse("programmes:reading", args=[source.call_id])).content.decode()
    assert (source.state, source.failure) == (ReadingState.FAILED, "reading.not_a_call")
    assert f"读作{kind}" in page


def test_a_document_in_place_of_a_bad_one_is_read(client, association, officer):
    upload(client, association, b"\x89PNG\r\n\x1a\n" + b"0" * 200, "扫描件.png")
    call = Call.objects.get()
    reading.read(call.sources.get().pk, timezone.now())

    file = SimpleUploadedFile("通知.txt", NOTICE.encode())
    client.post(
        reverse("programmes:read_again", args=[call.pk]), {"association": association.pk, "file": file}
    )

    assert call.sources.count() == 2
    assert call.sources.last().state == ReadingState.QUEUED


def test_an_officer_of_another_association_cannot_tell_that_a_draft_exists(client):
    call = make.draft_call()
    client.force_login(make.officer(make.association()))

    assert client.get(reverse("programmes:draft", args=[call.pk])).status_code == 404
    client.force_login(call.created_by)
    assert client.get(reverse("programmes:draft", args=[call.pk])).status_code == 200


def test_a_leader_reads_a_draft_but_does_not_change_it(client):
    call = make.draft_call()
    client.force_login(make.holder(Role.LEADER, call.association.organisation))

    assert client.get(reverse("programmes:draft", args=[call.pk])).status_code == 200
    assert client.get(reverse("programmes:part", args=[call.pk, "head"])).status_code == 404


def test_publishing_shows_everything_that_stands_against_it(client):
    call = make.draft_call(programme=make.definition(deadline=None, applicants=None))
    client.force_login(call.created_by)

    page = client.get(reverse("programmes:publish", args=[call.pk])).content.decode()

    assert "必须先处理 2 项" in page
    answer = client.post(reverse("programmes:publish", args=[call.pk]), {"version": 1, "note": "仍要"})
    assert answer.status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_calls(
    client, association, officer, rows, django_assert_num_queries
):
    for _ in range(rows):
        make.draft_call(association)
    client.get(reverse("programmes:desk"))

    of_the_clock = connection.vendor == "postgresql"
    with django_assert_num_queries(LIST_QUERIES + of_the_clock):
        client.get(reverse("programmes:desk"))


LIST_QUERIES = 7  # one of them: the saved views of the list


def test_a_shipped_definition_becomes_a_draft(client, association, officer):
    said = {"association": association.pk, "shipped": "jining-2023"}

    answer = client.post(reverse("programmes:from_shipped"), said)

    call = Call.objects.get()
    assert answer.headers["Location"] == reverse("programmes:draft", args=[call.pk])
    assert call.draft.definition["id"] == "jining-2023"


def test_a_faulty_definition_file_is_told_with_its_lines(client, association, officer):
    file = SimpleUploadedFile("x.yaml", b"id: x\ntitel: y\n")

    answer = client.post(reverse("programmes:from_definition"), {"association": association.pk, "file": file})

    assert answer.status_code == 422
    assert "第 2 行" in answer.content.decode()
    assert Call.objects.count() == 0


def test_a_reading_that_the_program_broke_off_says_so(client, association, officer):
    upload(client, association, NOTICE.encode())
    source = Source.objects.get()

    reading.break_off(source.pk, timezone.now())

    page = client.get(reverse("programmes:reading", args=[source.call_id])).content.decode()
    assert "程序出错" in page
    assert reverse("files:download", args=[source.file_id]) in page


def test_a_doubt_is_left_only_with_a_reason(client, association, officer):
    source = uploaded(client, association)
    draft = source.call.draft
    address = reverse("programmes:answer", args=[source.call_id])
    said = {"version": draft.version, "key": "programme.scorecard_missing@:", "verdict": "dismissed"}

    client.post(address, said)
    draft.refresh_from_db()
    assert draft.answers == {}

    client.post(address, {**said, "reason": "评审前另定"})
    draft.refresh_from_db()
    assert draft.answers["programme.scorecard_missing@:"]["reason"] == "评审前另定"


def test_the_next_revision_shows_what_it_changes(client):
    call = make.published_call()
    client.force_login(call.created_by)
    said = {"version": 1, "metric": "讲座", "comparator": ">=", "value": "6", "unit": "场"}
    client.post(part_address(call.pk, Part("c1", "targets", "c1.t1")), said)

    page = client.get(reverse("programmes:publish", args=[call.pk])).content.decode()

    assert "与已发布版本相比有 1 处变更" in page
    assert ("活动 ≥ 5 场" in page, "讲座 ≥ 6 场" in page) == (True, True)
    assert "发布新版本" in client.get(reverse("programmes:draft", args=[call.pk])).content.decode()


def test_a_second_click_on_publish_leads_to_the_call_as_the_first_did(client):
    call = make.published_call()
    client.force_login(call.created_by)
    said = {"version": call.draft.version, "note": "再发"}

    answer = client.post(reverse("programmes:publish", args=[call.pk]), said, follow=True)

    assert answer.redirect_chain == [(reverse("programmes:draft", args=[call.pk]), 302)]
    assert "草稿与已发布的版本相同" in answer.content.decode()
    assert call.revisions.count() == 1


def test_a_draft_is_not_overwritten_by_another_document(client, association, officer):
    source = uploaded(client, association)
    before = source.call.draft.definition
    file = SimpleUploadedFile("通知.txt", NOTICE.encode())

    answer = client.post(
        reverse("programmes:read_again", args=[source.call_id]), {"association": association.pk, "file": file}
    )

    assert answer.status_code == 409
    assert Source.objects.count() == 1
    assert source.call.draft.definition == before
