"""What the public finds: conditions are asked of one and the same category, and each can be taken back."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from keqiao.web.portal.searching import find_calls
from keqiao.web.programmes.models import Call
from tests.web import make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 1, tzinfo=UTC)
WAN = 1_000_000  # fen


def call_of(title: str, *categories: dict, **terms) -> Call:
    return make.published_call(programme=make.definition(title, categories=list(categories), **terms))


def category(name: str, kinds: list[str], wan: int, **terms) -> dict:
    amount = {"kind": "fixed", "amount_fen": wan * WAN}
    return {
        "id": f"c{next(make.numbers)}",
        "name": name,
        "applicants": {"kinds": kinds},
        "funding": amount,
        **terms,
    }


def find(query: str, at: datetime = NOW):
    return find_calls(QueryDict(query), at)


def titles(query: str, at: datetime = NOW) -> list[str]:
    return [row.call.title for row in find(query, at).rows]


def test_one_category_has_to_fit_all_that_is_asked_and_is_named():
    call_of("甲", category("学术论坛", ["市级学会"], 2), category("科普活动", ["县科协"], 10))
    call_of("乙", category("学术沙龙", ["市级学会"], 10), category("科普活动", ["县科协"], 2))

    found = find("applicant=society&amount=50000")

    assert [row.call.title for row in found.rows] == ["乙"]
    assert [offer.name for offer in found.rows[0].fitting] == ["学术沙龙"]
    assert sorted(titles("applicant=society&theme=exchange")) == ["乙", "甲"]
    assert titles("applicant=society&theme=popular") == []


def test_words_find_categories_too_and_name_them():
    call_of("甲", category("青年人才托举", ["市级学会"], 2))
    call_of("人才通知", category("科普活动", ["市级学会"], 2))

    rows = {row.call.title: [offer.name for offer in row.fitting] for row in find("q=人才").rows}

    assert rows == {"甲": ["青年人才托举"], "人才通知": []}


def test_nothing_is_named_where_nothing_tells_categories_apart():
    call_of("甲", category("科普活动", ["市级学会"], 2))

    assert find("").rows[0].fitting == []
    assert find("year=2026").rows[0].fitting == []


def test_more_than_three_fitting_categories_are_counted():
    call_of("甲", *(category(f"论坛{n}", ["市级学会"], 2) for n in range(5)))

    (row,) = find("theme=exchange").rows

    assert ([offer.name for offer in row.fitting], row.more) == (["论坛0", "论坛1", "论坛2"], 2)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("open", ["七天内", "十四天内", "以后"]),
        ("7", ["七天内"]),
        ("14", ["七天内", "十四天内"]),
        ("upcoming", ["未开始"]),
        ("closed", ["已截止"]),
        ("nonsense", ["七天内", "十四天内", "以后", "未开始", "没有日期", "已截止"]),
    ],
)
def test_states_compare_opening_and_deadline_with_the_moment(state, found):
    one = category("科普活动", ["市级学会"], 2)
    call_of("已截止", one, deadline={"on": "2026-05-31"})
    call_of("七天内", one, deadline={"on": "2026-06-05"})
    call_of("十四天内", one, deadline={"on": "2026-06-12"})
    call_of("以后", one, deadline={"on": "2026-07-30"}, opens={"on": "2026-05-01"})
    call_of("未开始", one, deadline={"on": "2026-08-30"}, opens={"on": "2026-06-02"})
    undated = make.draft_call(programme=make.definition("没有日期", categories=[one], deadline=None))
    undated.state, undated.slug, undated.published_at = "published", "undated", make.LONG_AGO
    undated.save()

    assert titles(f"state={state}") == found


def test_a_call_is_open_while_one_of_its_categories_is_and_stands_by_that_deadline():
    early = category("早", ["市级学会"], 2, deadline={"on": "2026-05-01"})
    late = category("晚", ["县科协"], 2, deadline={"on": "2026-06-20"})
    call_of("两期", early, late)
    call_of("一期", category("中", ["市级学会"], 2, deadline={"on": "2026-06-10"}))

    assert titles("") == ["一期", "两期"]
    assert titles("state=open") == ["一期", "两期"]
    assert titles("state=open&applicant=society") == ["一期"]
    assert titles("state=closed") == []
    assert titles("state=closed&applicant=society") == ["两期"]


def test_a_cancelled_call_is_neither_open_nor_upcoming():
    call = call_of("取消的通知", category("科普活动", ["市级学会"], 2))
    assert titles("state=open") == ["取消的通知"]

    make.cancelled(call)

    assert titles("state=open") == []
    assert titles("") == ["取消的通知"]


def test_each_condition_can_be_taken_back_alone():
    call_of("甲", category("科普活动", ["市级学会"], 2))

    found = find("q=科普&applicant=society&page=3&lang=en")

    assert [(str(chip.words), chip.address) for chip in found.chips] == [
        ("科普", "?applicant=society&lang=en"),
        ("学会、研究会", "?q=%E7%A7%91%E6%99%AE&lang=en"),
    ]
    assert found.asked == "?q=%E7%A7%91%E6%99%AE&applicant=society&lang=en"


@pytest.mark.parametrize(
    ("query", "is_as_asked"),
    [
        ("", True),
        ("applicant=society&year=2026", True),
        ("page=1", True),
        ("page=2", False),
        ("applicant=nobody", False),
        ("region=火星", False),
        ("q=科普", False),
    ],
)
def test_an_address_with_values_that_nobody_offers_is_not_worth_keeping(query, is_as_asked):
    call_of("甲", category("科普活动", ["市级学会"], 2))

    assert find(query).is_as_asked is is_as_asked
