"""What public calls hand out: counted once, and what is not stated is counted as such."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from keqiao.web.portal.statistics import Statistics, statistics
from tests.web import make

pytestmark = pytest.mark.django_db

WAN = 1_000_000  # fen


def category(name: str, kinds: list[str], **terms) -> dict:
    return {"id": f"c{next(make.numbers)}", "name": name, "applicants": {"kinds": kinds}, **terms}


def fixed(wan: int, **more) -> dict:
    return {"kind": "fixed", "amount_fen": wan * WAN, **more}


def publish(*categories: dict, **terms) -> None:
    make.published_call(programme=make.definition("通知", categories=list(categories), **terms))


def lines(found: Statistics, name: str) -> list[tuple]:
    view = next(view for view in found.views if view.name == name)
    return [
        (line.label, line.number, line.fen, line.untold, line.places, line.unplaced) for line in view.lines
    ]


def test_money_and_places_are_added_up_by_each_thing():
    publish(
        category("学术论坛", ["市级学会"], funding=fixed(5), places={"count": 2}),
        category("科普活动", ["市级学会", "县科协"], funding=fixed(3), places={"count": 1}),
        category("软课题", ["高校"]),
    )
    publish(
        category("学术沙龙", ["县科协"], funding=fixed(1), places={"count": 4}), region="湖南省", year=2025
    )

    found = statistics()

    assert (found.whole.number, found.whole.fen, found.whole.places) == (4, 17 * WAN, 7)
    assert (found.whole.untold, found.whole.unplaced) == (1, 1)
    assert lines(found, "region") == [
        ("河南省", 3, 13 * WAN, 1, 3, 1),
        ("湖南省", 1, 4 * WAN, 0, 4, 0),
    ]
    assert lines(found, "year") == [("2026", 3, 13 * WAN, 1, 3, 1), ("2025", 1, 4 * WAN, 0, 4, 0)]
    assert lines(found, "applicant") == [
        ("学会、研究会", 2, 13 * WAN, 0, 3, 0),
        ("高校、学校", 1, None, 1, None, 1),
        ("市县科协", 2, 7 * WAN, 0, 5, 0),
    ]
    assert lines(found, "theme") == [
        ("学术交流", 2, 14 * WAN, 0, 6, 0),
        ("科学普及", 1, 3 * WAN, 0, 1, 0),
        ("决策咨询与智库", 1, None, 1, None, 1),
    ]


def test_a_sum_that_categories_share_counts_once_and_under_what_all_of_them_have():
    parts = [category("学术论坛", ["市级学会", "县科协"]), category("科普活动", ["市级学会"])]
    publish({"id": "up", "name": "两类", "funding": fixed(5), "places": {"count": 2}, "categories": parts})

    found = statistics()

    assert (found.whole.number, found.whole.fen, found.whole.places) == (2, 10 * WAN, 2)
    assert lines(found, "applicant") == [("学会、研究会", 2, 10 * WAN, 0, 2, 0)]
    assert lines(found, "theme") == [("几类共用，不分", 2, 10 * WAN, 0, 2, 0)]


def test_no_money_is_nought_and_unknown_money_is_unknown():
    publish(category("学术论坛", ["市级学会"], funding={"kind": "none"}, places={"count": 2}))
    assert statistics().whole.fen == 0

    publish(category("学术沙龙", ["市级学会"]), applicants=None, region=None)

    found = statistics()
    assert (found.whole.fen, found.whole.untold) == (0, 1)
    assert [line[0] for line in lines(found, "region")] == ["河南省", "未写明"]


def test_a_draft_is_not_counted():
    publish(category("学术论坛", ["市级学会"], funding=fixed(5), places={"count": 2}))
    make.draft_call()

    assert statistics().whole.number == 1


def test_the_table_says_the_same_and_leaves_unknown_numbers_empty(client):
    publish(category("学术论坛", ["市级学会"], funding=fixed(5), places={"count": 2}), region="=1+1")
    publish(category("科普活动", ["县科协"]), region="=1+1")

    answer = client.get(reverse("portal:statistics_table"))

    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[1] == ["", "合计", "2", "100000", "1", "2", "1", "0"]
    assert rows[2] == ["地区", "'=1+1", "2", "100000", "1", "2", "1", "0"]
    assert ["申报单位", "市县科协", "1", "", "1", "", "1", "0"] in rows


def test_the_page_draws_the_figures_and_says_what_is_counted(client):
    empty = client.get(reverse("portal:statistics"))
    assert "目前没有公开的通知" in empty.content.decode()
    publish(category("学术论坛", ["市级学会"], funding=fixed(5, invented=True), places={"count": 2}))

    page = client.get(reverse("portal:statistics")).content.decode()

    for words in (
        "10万元",
        "学会、研究会",
        "其中 1 个类别的经费或名额为演示虚构",
        "演示虚构",
    ):
        assert words in page
    assert "名额未写明" not in page
