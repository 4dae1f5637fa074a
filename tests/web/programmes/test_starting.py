"""Five ways to start a call: what each brings along, and what it asks."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.readers.programmes import title
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.models import Association
from keqiao.web.programmes import actions
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Call, Source
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.doubts import doubts_of
from keqiao.web.programmes.refusals import Refused
from keqiao.writers.definition import to_yaml
from tests.web import make

NOW = make.LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.association("河洛市科学技术协会", slug="heluo")


@pytest.fixture
def officer(client, association):
    account = make.officer(association)
    client.force_login(account)
    return account


def last_year(association):
    rule = {"id": "r1", "type": "deadline", "summary": "2026年6月30日前报送", "date": "2026-06-30"}
    programme = make.definition(
        id="heluo-2026", document_number="河科协〔2026〕8号", issue_date="2026-05-01", rules=[rule]
    )
    return make.published_call(association, programme)


def copied(call):
    return actions.start_from_call(call.pk, actor=call.created_by, at=NOW)


def test_next_years_call_asks_for_every_day_and_looks_at_every_amount(association):
    last = last_year(association)
    call = copied(last)

    new = programme_of(call.draft.definition)
    assert (new.id, new.year, new.title) == ("heluo-2027", 2027, "2027年度科普项目申报通知")
    assert (new.deadline.on, new.deadline.reading) == ("2027-xx-xx", "上年为2026-06-30，请核定本年日期。")
    assert new.rules[0].summary == "2027年x月x日前报送"
    assert new.categories[0].funding.amount_fen == 3_000_000
    asked = {doubt.finding.code for doubt in doubts_of(new, {}, {}, {}) if doubt.finding}
    assert {"programme.date_unfilled", "programme.answer_needed"} <= asked


def test_the_desk_says_what_last_year_said_beside_what_it_asks(client, officer, association):
    call = copied(last_year(association))
    client.force_login(make.officer(association))

    page = client.get(reverse("programmes:draft", args=[call.pk])).content.decode()
    for words in (
        "上年为2026-06-30，请核定本年日期。",
        "沿用上年数额，请核对。",
        "上年文号河科协〔2026〕8号",
    ):
        assert words in page


def test_the_copy_knows_its_original_and_leaves_it_as_it_was(association):
    last = last_year(association)
    before = last.draft.definition
    call = copied(last)

    assert (call.copied_from, call.association, call.state, call.slug) == (last, association, "draft", None)
    last.draft.refresh_from_db()
    assert last.draft.definition == before
    event = timeline(call).get()
    assert (event.act, event.data["from"], event.data["copied_from"]) == ("started", "call", str(last.pk))


def test_it_cannot_be_published_before_the_days_are_stated(association):
    call = copied(last_year(association))

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 1, actor=call.created_by, at=NOW, note="照旧")
    codes = {finding.code for finding in refused.value.findings}
    assert {"programme.date_unfilled", "programme.answer_needed"} <= codes


def test_a_second_copy_has_an_id_of_its_own(association):
    last = last_year(association)

    assert [copied(last).draft.definition["id"] for _ in range(3)] == [
        "heluo-2027",
        "heluo-2027-2",
        "heluo-2027-3",
    ]


def test_only_officers_of_the_association_copy_its_calls(client, officer, association):
    own, foreign = last_year(association), make.published_call()
    with pytest.raises(Refused) as refused:
        actions.start_from_call(foreign.pk, actor=officer, at=NOW)
    assert [finding.code for finding in refused.value.findings] == ["call.not_your_role"]

    page = client.get(reverse("programmes:new")).content.decode()
    assert (str(own.pk) in page, str(foreign.pk) in page) == (True, False)
    answer = client.post(reverse("programmes:from_call"), {"call": foreign.pk})
    assert (answer.status_code, Call.objects.filter(copied_from=foreign).count()) == (422, 0)


def test_a_call_whose_document_is_not_read_yet_says_nothing_to_copy(association):
    officer = make.officer(association)
    unread = Call.objects.create(association=association, title="扫描件.pdf", created_at=NOW)

    with pytest.raises(Refused) as refused:
        actions.start_from_call(unread.pk, actor=officer, at=NOW)
    assert [finding.code for finding in refused.value.findings] == ["call.nothing_to_copy"]


def test_an_officer_copies_a_call_on_the_page(client, officer, association):
    last = last_year(association)

    page = client.get(reverse("programmes:new"), {"copy": last.pk}).content.decode()
    assert f'<option value="{last.pk}" selected' in page
    answer = client.post(reverse("programmes:from_call"), {"call": last.pk})

    call = Call.objects.get(copied_from=last)
    assert answer.headers["Location"] == reverse("programmes:draft", args=[call.pk])
    assert call.created_by == officer


def test_an_empty_sheet_has_a_head_and_one_category_without_a_name(client, officer, association):
    said = {
        "association": association.pk,
        "title": "2027年科普讲座征集",
        "kind": "solicitation",
        "year": 2027,
    }
    answer = client.post(reverse("programmes:from_nothing"), said)

    call = Call.objects.get()
    new = programme_of(call.draft.definition)
    assert answer.headers["Location"] == reverse("programmes:draft", args=[call.pk])
    assert (new.id, new.title, new.kind, new.year) == ("heluo-2027", said["title"], "solicitation", 2027)
    assert (new.issuers, [category.needs_answer for category in new.categories]) == (
        ("河洛市科学技术协会",),
        [True],
    )
    assert (call.title, call.year) == (said["title"], 2027)


@pytest.mark.parametrize("wrong", [{"title": ""}, {"year": "1890"}, {"kind": "award"}])
def test_a_sheet_with_a_fault_keeps_what_was_typed(client, officer, association, wrong):
    said = {"association": association.pk, "title": "征集", "kind": "call", "year": 2027, **wrong}
    answer = client.post(reverse("programmes:from_nothing"), said)

    assert (answer.status_code, Call.objects.count()) == (422, 0)
    assert list(answer.context["sheet"].errors) == list(wrong)
    assert answer.context["sheet"]["year"].value() == str(said["year"])


def sent(client, association, programme):
    file = SimpleUploadedFile("definition.yaml", to_yaml(programme).encode())
    address = reverse("programmes:from_definition")
    return client.post(address, {"association": association.pk, "file": file}, follow=True)


def test_a_definition_of_another_installation_says_what_is_foreign(client, officer, association):
    foreign = make.definition(id="elsewhere-2026", issuers=["江州市科学技术协会"])
    make.published_call(programme=foreign)
    page = sent(client, association, foreign).content.decode()

    call = Call.objects.get(association=association)
    assert call.draft.definition["id"] == "elsewhere-2026-2"
    assert "定义编号“elsewhere-2026”已被使用，本草稿改用“elsewhere-2026-2”。" in page
    assert "定义写的发文单位是“江州市科学技术协会”，与本科协（河洛市科学技术协会）不同" in page


def test_ones_own_definition_comes_without_remarks(client, officer, association):
    own = make.definition(id="heluo-2026", issuers=["河洛市科学技术协会"])
    page = sent(client, association, own).content.decode()

    assert Call.objects.get().draft.definition == own.model_dump(mode="json", exclude_defaults=True)
    assert ("已被使用" in page, "不同，请在基本信息中核对" in page) == (False, False)


def test_each_way_stands_on_the_page_with_what_it_does(client, officer):
    page = client.get(reverse("programmes:new")).content.decode()

    ways = ("上传通知文件", "沿用往年通知", "从空白开始", "载入定义文件", "参照示范项目")
    places = [page.index(way) for way in ways]
    assert places == sorted(places)


def test_offering_the_shipped_definitions_reads_none_of_them_whole(client, officer, monkeypatch):
    monkeypatch.setattr("keqiao.web.programmes.forms.starting.load", pytest.fail)

    page = client.get(reverse("programmes:new")).content.decode()

    assert f'<option value="yinchuan-2022">{title("yinchuan-2022")}</option>' in page


def test_what_is_answered_does_not_say_any_more_what_last_year_said(association):
    call = copied(last_year(association))
    change = actions.PartChange(
        1, Part("", "deadline"), {"on": "2027-06-30", "reading": "上年为2026-06-30，请核定本年日期。"}
    )
    draft = actions.change_part(call.pk, change, actor=call.created_by, at=NOW)
    assert draft.definition["deadline"] == {"on": "2027-06-30"}

    doubt = next(
        d for d in doubts_of(programme_of(draft.definition), {}, {}, {}) if d.spot.statement == "funding"
    )
    answer = actions.Answer(doubt.key, draft.version, "confirmed")
    draft = actions.answer_doubt(call.pk, answer, actor=call.created_by, at=NOW)

    funding, places = (draft.definition["categories"][0][slot] for slot in ("funding", "places"))
    assert "reading" not in funding
    assert places["reading"] == "沿用上年数额，请核对。"


def test_only_officers_of_an_association_start_calls_for_it(association):
    original, programme = actions.Original(uuid4(), "通知.docx"), make.definition()
    sheet = actions.Sheet("新通知", "call", 2026)
    for other in (make.officer(make.association()), make.holder(Role.LEADER, association.organisation)):
        by = {"actor": other, "at": NOW}
        for start in (
            lambda by=by: actions.start_from_definition(association.pk, programme, **by),
            lambda by=by: actions.start_from_nothing(association.pk, sheet, **by),
            lambda by=by: actions.start_from_document(association.pk, original, **by),
        ):
            with pytest.raises(Association.DoesNotExist):
                start()
    assert not Call.objects.exists()

    officer = make.officer(association)
    assert (
        actions.start_from_definition(association.pk, programme, actor=officer, at=NOW).created_by == officer
    )


def test_only_officers_of_its_association_have_another_document_read_for_a_call(association):
    call = Call.objects.create(association=association, title="读不出", state="draft", created_at=NOW)

    with pytest.raises(Call.DoesNotExist):
        actions.read_again(
            call, actions.Original(uuid4(), "通知.docx"), actor=make.officer(make.association()), at=NOW
        )
    assert not Source.objects.exists()
