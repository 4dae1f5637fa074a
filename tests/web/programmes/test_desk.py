"""The proofreading desk: what the page of a draft shows, leads to and lets one do."""

from html import unescape
from re import DOTALL, findall, sub

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.web.accounts.roles import Role
from keqiao.web.programmes import actions, reading
from keqiao.web.programmes.models import Source
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.selections import selection_at
from tests.web import make

NOTICE = """关于申报2026年度科普项目的通知

各市级学会：
现将2026年度科普项目申报工作通知如下。
一、科普讲座项目
1.申报对象：市级学会。
2.资金支持标准：4项，每项3万元。
3.绩效指标：举办科普讲座不少于5场，每场参加人数不少于50人。
二、申报要求
请于2026年6月30日前报送申报书一式3份。联系人：张三，电话：0000-5550101。
三、其他
去年覆盖12个县。
河洛市科学技术协会
2026年3月1日
"""
LINES = [line for line in NOTICE.split("\n") if line.strip()]
MONEY_LINE = LINES.index("2.资金支持标准：4项，每项3万元。")
LEFT_LINE = LINES.index("去年覆盖12个县。")

pytestmark = pytest.mark.django_db


@pytest.fixture
def association():
    return make.association(slug="heluo")


@pytest.fixture
def officer(client, association):
    account = make.officer(association)
    client.force_login(account)
    return account


@pytest.fixture
def source(client, association, officer):
    return uploaded(client, association, NOTICE)


def uploaded(client, association, content: str) -> Source:
    """A document that was uploaded and read."""
    file = SimpleUploadedFile("通知.txt", content.encode())
    client.post(reverse("programmes:new"), {"association": association.pk, "file": file})
    source = Source.objects.latest("uploaded_at")
    reading.read(source.pk, timezone.now())
    source.refresh_from_db()
    return source


def page_of(client, source) -> str:
    return client.get(reverse("programmes:draft", args=[source.call_id])).content.decode()


def words_shown(page: str) -> list[str]:
    """The text of each paragraph at the left, without marks."""
    return [
        unescape(sub(r"<[^>]+>", "", words))
        for words in findall(r'<span class="kq-words"[^>]*>(.*?)</span>', page, flags=DOTALL)
    ]


def facts_shown(page: str) -> dict[str, str]:
    """The first marked words by the key of what they say."""
    marked = findall(r'<a [^>]*class="kq-fact[^>]*data-keys="([^" ]+)[^>]*>([^<]*)</a>', page)
    return dict(reversed(marked))


def selected(line: int, words: str) -> str:
    start = LINES[line].index(words)
    return f"{line}.-1.-1.0.{start}.{start + len(words)}"


def test_every_character_of_the_document_stands_at_the_left(client, source):
    assert words_shown(page_of(client, source)) == LINES


def test_words_lead_to_the_row_that_says_what_they_mean(client, source):
    page = page_of(client, source)

    facts = facts_shown(page)

    assert (facts["c1:funding"], facts["c1:places"], facts["c1.t1"]) == (
        "3万元",
        "4项",
        "举办科普讲座不少于5场",
    )
    for key in facts:
        assert page.count(f'data-key="{key}"') >= 1, key


def test_every_doubt_is_named_once_where_it_is_about(client, source):
    page = page_of(client, source)

    numbers = findall(r'data-doubt-of="(\d+)"', page)
    doubts = findall(r'id="doubt-(\d+)"', page)

    assert len(doubts) > 3
    assert doubts == [str(number) for number in range(1, len(doubts) + 1)]
    assert sorted(numbers, key=int) == doubts


def test_a_settled_doubt_leads_to_the_one_that_takes_its_number(client, source):
    answer = client.post(
        reverse("programmes:answer", args=[source.call_id]),
        {"version": 1, "key": "nothing", "verdict": "dismissed", "reason": "无关", "next": "3"},
    )

    assert answer.headers["Location"].endswith("#doubt-3")


def test_a_number_left_over_is_used_by_picking_its_words(client, source, officer):
    before = page_of(client, source)
    picked = selection_at(source, selected(LEFT_LINE, "覆盖12个县"))

    entry = {"metric": "覆盖县区", "comparator": ">=", "value": 12, "unit": "个"}
    new = actions.NewEntry(1, Part("c1", "targets"), entry, words=picked.tied())
    actions.add_entry(source.call_id, new, actor=officer, at=timezone.now())

    assert before.count('name="verdict" value="used"') == 1
    after = page_of(client, source)
    assert after.count('name="verdict" value="used"') == 0
    assert facts_shown(after)["c1.t3"] == "覆盖12个县"


def test_a_sum_that_does_not_come_out_is_told_at_its_words_and_its_node(client, association, officer):
    source = uploaded(client, association, NOTICE.replace("4项，每项3万元", "4项，每项3万元，共15万元"))

    page = page_of(client, source)

    (remark,) = [sum_ for sum_ in source.result["report"]["arithmetic"] if "differs" in sum_["code"]]
    assert findall(r'is-faulty"[^>]*data-keys="([^"]+)"[^>]*>([^<]*)<', page) == [
        ("c1:funding sum:1", remark["words"])
    ]
    assert page.count('id="sum-1"') == 1
    branch = page[page.index('data-node="c1"') :]
    assert branch.count("数字不符") == 1


def test_who_may_not_edit_reads_the_same_without_anything_to_press(client, association, source, officer):
    leader = make.holder(Role.LEADER, association.organisation)
    client.force_login(leader)

    page = page_of(client, source)

    assert words_shown(page) == LINES
    answers = reverse("programmes:answer", args=[source.call_id])
    assert [page.count(said) for said in ("data-use", "data-part ", answers)] == [0, 0, 0]
    client.force_login(officer)
    assert all(page_of(client, source).count(said) for said in ("data-use", "data-part ", answers))


def test_a_larger_call_takes_no_more_queries(client, association, source):
    second = NOTICE.replace("二、申报要求", LARGER)
    larger = uploaded(client, association, second)
    page_of(client, source)

    with CaptureQueriesContext(connection) as few:
        page_of(client, source)
    with CaptureQueriesContext(connection) as many:
        page_of(client, larger)

    assert len(larger.call.draft.definition["categories"]) == 11
    assert len(many) == len(few)


LARGER = (
    "".join(
        f"{numeral}、科普活动第{numeral}类项目\n1.申报对象：市级学会。\n2.资金支持标准：4项，每项3万元。\n"
        for numeral in "二三四五六七八九十"
    )
    + "十一、展览项目\n1.资金支持标准：2项，每项1万元。\n十二、申报要求"
)


def menu(client, source, **asked):
    return client.get(reverse("programmes:selection", args=[source.call_id]), asked)


def test_words_that_were_picked_out_are_offered_as_what_they_can_be(client, source):
    answer = menu(client, source, words=selected(MONEY_LINE, "每项3万元"))

    found = answer.context["menu"]
    assert (found.selection.words, found.node) == ("每项3万元", "c1")
    assert [(choice.slot, choice.present, choice.value) for choice in found.corrections] == [
        ("funding", "3万元/项", "3万元/项"),
    ]
    assert [(choice.slot, choice.present) for choice in found.nearby] == [("places", "4 项")]
    assert "funding" not in [choice.slot for choice in found.choices]


def test_another_node_can_be_chosen_for_the_words(client, source):
    answer = menu(client, source, words=selected(MONEY_LINE, "每项3万元"), node="")

    assert answer.context["menu"].node == ""
    assert ("funding", "3万元/项") in [(c.slot, c.value) for c in answer.context["menu"].choices]


def test_the_menu_alone_is_sent_to_a_page_that_asks_for_it(client, source):
    words = selected(MONEY_LINE, "每项3万元")
    whole = menu(client, source, words=words).content.decode()
    part = client.get(
        reverse("programmes:selection", args=[source.call_id]),
        {"words": words},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "<!doctype html>" in whole
    assert "<!doctype html>" not in part
    assert "每项3万元" in part


@pytest.mark.parametrize("words", ["", "1.2.3", "99.-1.-1.0.0.2"])
def test_words_that_are_not_in_the_document_are_not_found(client, source, words):
    assert menu(client, source, words=words).status_code == 404


def test_an_officer_of_another_association_gets_no_words(client, source):
    words = selected(MONEY_LINE, "每项3万元")
    assert menu(client, source, words=words).status_code == 200

    client.force_login(make.officer(make.association(slug="elsewhere")))

    assert menu(client, source, words=words).status_code == 404


def test_a_call_without_a_document_shows_its_structure_alone(client):
    call = make.draft_call()
    client.force_login(call.created_by)

    page = client.get(reverse("programmes:draft", args=[call.pk])).content.decode()

    assert "data-original" not in page
    assert "3万元/项" in page
