"""Counts read on outside platforms come in as a table: tried first, once each, to the account open that day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.web.imports.columns import Context
from keqiao.web.imports.sheet_kinds import sheet_kind
from keqiao.web.registers.models import PlatformCount
from tests.web import make
from tests.web.imports.importing import NOW, checked, faults, some, started
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
KIND = "registers.platform_counts"
HEADINGS = ("单位", "人员姓名", "平台", "账号", "指标", "数值", "统计日期", "来源")
UNIT = "崤函果树学会"
DAY = "2025-12-31"


@pytest.fixture
def association():
    return make.association("三门峡市科学技术协会", slug="smx")


@pytest.fixture
def officer(association):
    return make.officer(association)


@pytest.fixture
def unit(association):
    """A society with an account since 2022, and one on another platform that was closed."""
    unit = make.organisation(UNIT)
    makers.account(association, unit, number="K1", since=date(2022, 1, 1))
    makers.account(
        association, unit, platform="kpzg", number="P1", since=date(2020, 1, 1), until=date(2023, 6, 30)
    )
    return unit


def row(
    *, kind="注册成员", value="1200", on=DAY, platform="科创中国", number="K1", unit=UNIT, source="平台后台"
):
    return (unit, "", platform, number, kind, value, on, source)


def brought(rows, association, officer):
    return started(checked([HEADINGS, *rows], association, officer, kind=KIND), officer)


def stored():
    rows = PlatformCount.objects.order_by("on", "kind").select_related("account")
    return [(each.account.number, each.kind, each.value, each.on, each.source) for each in rows]


def test_a_dry_run_says_what_would_come_in_and_enters_nothing_and_the_import_enters_it_once(
    association, officer, unit
):
    rows = [row(), row(kind="发布资讯（条）", value=36, number="", source="")]
    tried = checked([HEADINGS, *rows], association, officer, kind=KIND)
    assert (some(tried), faults(tried), stored()) == ({"new": 2}, {}, [])

    started(tried, officer)

    assert stored() == [
        ("K1", "members", 1200, date(2025, 12, 31), "平台后台"),
        ("K1", "posts", 36, date(2025, 12, 31), "表格导入"),
    ]
    assert some(brought(rows, association, officer)) == {"done": 2, "met": 2}  # they stood there
    assert len(stored()) == 2


def test_a_later_day_is_a_further_count_and_the_day_decides_which_account_is_meant(
    association, officer, unit
):
    makers.account(association, unit, platform="kpzg", number="P2", since=date(2024, 1, 1))

    made = brought(
        [
            row(),
            row(on="2026-01-31", value="1250"),
            row(platform="科普中国", number="", on="2023-06-30", kind="浏览量", value="900"),
            row(platform="科普中国", number="", on="2024-01-01", kind="浏览量", value="10"),
        ],
        association,
        officer,
    )

    assert (some(made), faults(made)) == ({"done": 4, "created": 4}, {})
    assert [(number, value) for number, _kind, value, *_ in stored()] == [
        ("P1", 900),
        ("P2", 10),
        ("K1", 1200),
        ("K1", 1250),
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"platform": "科普中国", "number": "P1"}, ("registers.account_not_open", "on")),
        ({"number": "K2"}, ("registers.no_account", "platform")),
        ({"platform": "智慧农技协"}, ("registers.no_account", "platform")),
        ({"on": "2021-12-31"}, ("registers.account_not_open", "on")),
        ({"unit": ""}, ("registers.unit_or_person", "unit")),
        ({"kind": "粉丝"}, ("table.not_a_choice", "kind")),
        ({"value": "-1"}, ("table.out_of_bounds", "value")),
        ({"value": "约1000"}, ("table.not_whole", "value")),
    ],
)
def test_what_is_wrong_with_a_row_is_said_before_anything_is_entered(
    association, officer, unit, changes, fault
):
    assert fault in faults(checked([HEADINGS, row(**changes)], association, officer, kind=KIND))[2]


def test_two_accounts_at_once_need_the_number(association, officer, unit):
    makers.account(association, unit, number="K9", since=date(2023, 1, 1))

    tried = checked([HEADINGS, row(number=""), row(number="K9")], association, officer, kind=KIND)

    assert faults(tried) == {2: [("registers.several_accounts", "number")]}


def test_another_number_for_the_same_day_is_not_entered_over_the_first(association, officer, unit):
    brought([row()], association, officer)

    assert some(brought([row(value="1300")], association, officer)) == {"faulty": 1}

    assert [value for _number, _kind, value, *_ in stored()] == [1200]


def test_accounts_of_another_association_are_not_meant(officer, association, unit):
    elsewhere = make.association("洛阳市科学技术协会", slug="ly")
    tried = checked([HEADINGS, row()], elsewhere, make.officer(elsewhere), kind=KIND)

    assert faults(tried) == {2: [("registers.no_account", "platform")]}


def test_what_was_exported_comes_in_as_the_same_and_a_hundred_rows_take_no_more_queries(
    association, officer, unit
):
    def queries(count):
        with CaptureQueriesContext(connection) as captured:
            lines = list(kind.export(Context(association.pk, officer, NOW)))
        assert len(lines) == count
        return len(captured)

    kind = sheet_kind(KIND)
    brought([row()], association, officer)
    few = queries(1)
    brought([row(on=f"2025-11-{day:02}", value=str(day)) for day in range(1, 31)], association, officer)

    assert queries(31) == few
