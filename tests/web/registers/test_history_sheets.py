"""The history of the registers comes in as tables, and importing what was exported changes nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from keqiao.web.imports.columns import Context
from keqiao.web.imports.sheet_kinds import Row, sheet_kind
from keqiao.web.registers.importable import SHEETS
from keqiao.web.registers.models import (
    Debarment,
    Holding,
    Incident,
    PlatformAccount,
    Recognition,
    SocietyAffair,
    TrackRecord,
)
from tests.web import make
from tests.web.imports.importing import NOW, checked, faults, sent, some, started, worked
from tests.web.registers import makers

pytestmark = pytest.mark.django_db
PAST = (
    "承担单位",
    "项目名称",
    "类别",
    "项目类别",
    "年度",
    "经费（元）",
    "项目负责人",
    "验收结论",
    "验收日期",
)
BARS = ("单位名称", "人员姓名", "事由", "依据文件", "限制范围", "起始日期", "截止日期")
AFFAIRS = ("学会名称", "事项", "所属年度", "换届日期", "结果", "下次换届日期")
HOLDINGS = ("单位", "项目名称", "阶段", "年度", "立项编号", "类别路径", "牵头单位", "起始日期", "退出日期")
ACCOUNTS = ("单位", "人员姓名", "平台", "账号", "入驻日期", "注销日期")
INCIDENTS = ("地区", "单位", "事件类别", "发生日期", "情况")
RECOGNISED = ("名册名称", "单位", "姓名", "编号", "等次", "起始日期", "截止日期")


@pytest.fixture
def association():
    return make.association("三门峡市科学技术协会", slug="smx")


@pytest.fixture
def officer(association):
    return make.officer(association)


@pytest.fixture
def unit():
    return make.organisation("崤函果树学会")


def brought(rows, association, officer, kind):
    return started(checked(rows, association, officer, kind=kind), officer)


def test_past_projects_and_topics_come_in_with_fen_and_outcome_and_once_only(association, officer, unit):
    makers.person("李主持")
    rows = [
        PAST,
        ("崤函果树学会", "修剪讲堂", "", "科普项目", 2022, "20000.5", "李主持", "不合格", "2022-12-15"),
        ("崤函果树学会", "产业调研", "选题", "调研课题选题", 2022, "", "", "", ""),
    ]
    made = brought(rows, association, officer, "registers.past")
    assert (made.state, some(made), faults(made)) == ("done", {"done": 2, "created": 2}, {})

    found = TrackRecord.objects.order_by("kind").values_list(
        "kind", "year", "amount_fen", "leader__name", "outcome"
    )
    assert list(found) == [("project", 2022, 2_000_050, "李主持", "poor"), ("topic", 2022, None, None, "")]

    again = checked(rows, association, officer, kind="registers.past")
    assert (some(again), faults(again)) == ({"same": 2}, {})


def test_a_row_that_is_there_brings_its_result_and_nothing_else(association, officer, unit):
    line = makers.past_project(association, unit, title="修剪讲堂")
    said = ("崤函果树学会", "修剪讲堂", "项目", "科普项目", 2022)
    other_money = brought([PAST, (*said, "5", "", "", "")], association, officer, "registers.past")
    assert some(other_money) == {"faulty": 1}

    brought([PAST, (*said, "", "", "合格", "2022-12-15")], association, officer, "registers.past")

    line.refresh_from_db()
    assert (line.outcome, line.concluded_on, line.amount_fen) == ("good", date(2022, 12, 15), None)


def test_debarments_that_are_over_come_in_and_others_wait_for_a_second_person(association, officer, unit):
    makers.person("李主持")
    rows = [
        BARS,
        ("崤函果树学会", "", "弄虚作假", "2019年通知", "", "2019-01-01", "2021-12-31"),
        ("", "李主持", "结项验收不合格", "2025年通知", "新的科普项目", "2025-06-01", "2028-05-31"),
    ]
    made = brought(rows, association, officer, "registers.debarments")
    assert (made.state, faults(made)) == ("done", {})
    assert [str(row.party) for row in Debarment.objects.all()] == ["崤函果树学会"]

    approve(Approval.objects.get().pk, actor=make.officer(association), at=NOW)
    assert sorted(str(row.party) for row in Debarment.objects.all()) == ["崤函果树学会", "李主持"]

    again = checked(rows, association, officer, kind="registers.debarments")
    assert (some(again), faults(again)) == ({"same": 2}, {})


def test_recognitions_and_terms_come_in_by_the_name_of_their_register(association, officer, unit):
    expert = makers.person("韩砚秋")
    makers.scheme(association, "市级考核", kind="assessment", grades=("优秀", "合格"))
    makers.scheme(association, "首席科普专家", kind="term", holder_kind="person", validity_years=3)
    rows = [
        RECOGNISED,
        ("市级考核", "崤函果树学会", "", "", "优秀", "2022-12-30", "2023-12-29"),
        ("首席科普专家", "", "韩砚秋", "专 2022-1", "", "2022-05-30", ""),
    ]
    made = brought(rows, association, officer, "registers.recognitions")
    assert (made.state, some(made), faults(made)) == ("done", {"done": 2, "created": 2}, {})

    found = Recognition.objects.order_by("scheme__name")
    assert [(row.party_id, row.number, row.grade, row.valid_until, row.state) for row in found] == [
        (unit.pk, "", "优秀", date(2023, 12, 29), "valid"),
        (expert.pk, "专2022-1", "", date(2025, 5, 29), "valid"),
    ]
    again = checked(rows, association, officer, kind="registers.recognitions")
    assert (some(again), faults(again)) == ({"same": 2}, {})


def test_all_faults_of_a_table_are_told_at_once(association, officer, unit):
    makers.scheme(association, "首席科普专家", kind="term", holder_kind="person")
    makers.scheme(make.association(), "别家的名册")
    recognised = [
        RECOGNISED,
        ("首席科普专家", "崤函果树学会", "", "", "优秀", "2022-05-30", "2021-01-01"),
        ("别家的名册", "崤函果树学会", "", "", "", "2022-05-30", ""),
    ]
    bars = [BARS, ("", "", "事由", "依据", "", "2022-05-30", "2021-01-01")]

    assert {
        code
        for line in faults(checked(recognised, association, officer, kind="registers.recognitions")).values()
        for code, _column in line
    } == {
        "registers.ends_before_it_begins",
        "registers.holder_unfit",
        "registers.grade_unknown",
        "table.not_found",
    }
    found = faults(checked(bars, association, officer, kind="registers.debarments"))
    assert sorted(found[2]) == [
        ("registers.ends_before_it_begins", "valid_until"),
        ("registers.unit_or_person", "unit"),
    ]


def brought_twice(rows, association, officer, kind):
    """What the table did, and what it would do if it were sent again."""
    made = brought(rows, association, officer, kind)
    assert (made.state, faults(made)) == ("done", {})
    again = checked(rows, association, officer, kind=kind)
    assert faults(again) == {}
    return some(made), some(again)


def test_affairs_come_in_by_the_words_offices_write_and_once_only(association, officer, unit):
    rows = [
        AFFAIRS,
        ("崤函果树学会", "换届", 2022, "2022-05-06", "合格", "2027-05-06"),
        ("崤函果树学会", "年检", 2023, "2024-04-01", "不合格", ""),
        ("崤函果树学会", "党建", 2024, "2024-07-01", "", ""),
    ]
    assert brought_twice(rows, association, officer, "registers.affairs") == (
        {"done": 3, "created": 3},
        {"same": 3},
    )

    found = SocietyAffair.objects.order_by("on").values_list("kind", "year", "outcome", "next_due", "source")
    assert list(found) == [
        ("election", 2022, "good", date(2027, 5, 6), "表格导入"),
        ("inspection", 2023, "poor", None, "表格导入"),
        ("party_branch", 2024, "", None, "表格导入"),
    ]
    other_end = [AFFAIRS, ("崤函果树学会", "换届", 2022, "2022-05-06", "不合格", "")]
    assert some(brought(other_end, association, officer, "registers.affairs")) == {"faulty": 1}


def test_projects_in_hand_come_in_with_or_without_a_number_and_end_later(association, officer, unit):
    lead = make.organisation("牵头学会")
    said = ("崤函果树学会", "讲堂", "承担", 2025)
    rows = [
        HOLDINGS,
        (*said, "KP 2025-07", "科普 / 讲堂", "牵头学会", "2025-05-04", ""),
        ("崤函果树学会", "调研", "申报", 2025, "", "", "", "2025-03-01", "2025-06-01"),
    ]
    assert brought_twice(rows, association, officer, "registers.holdings") == (
        {"done": 2, "created": 2},
        {"same": 2},
    )
    line = Holding.objects.get(stage="undertaken")
    assert (line.project, line.path, line.lead_id, line.ended_on) == (
        "KP 2025-07",
        ["科普", "讲堂"],
        lead.pk,
        None,
    )
    assert Holding.objects.get(stage="applied").ended_on == date(2025, 6, 1)

    given_back = (*said, "KP 2025-07", "", "", "2025-05-04", "2025-09-01")
    renamed = ("崤函果树学会", "大讲堂", "承担", 2025, "KP 2025-07", "", "", "2025-05-04", "")
    brought([HOLDINGS, given_back], association, officer, "registers.holdings")
    assert some(brought([HOLDINGS, renamed], association, officer, "registers.holdings")) == {"faulty": 1}

    line.refresh_from_db()
    assert (line.title, line.ended_on) == ("讲堂", date(2025, 9, 1))


def test_platform_accounts_come_in_for_units_and_people_and_close_later(association, officer, unit):
    makers.person("李主持")
    rows = [
        ACCOUNTS,
        ("崤函果树学会", "", "科创中国平台", "K1", "2019-01-01", "2020-12-31"),
        ("崤函果树学会", "", "科创中国", "K1", "2022-01-01", ""),
        ("", "李主持", "科普中国", "", "", ""),
    ]
    assert brought_twice(rows, association, officer, "registers.platforms") == (
        {"done": 3, "created": 3},
        {"same": 3},
    )
    closed = [ACCOUNTS, ("崤函果树学会", "", "科创中国", "K1", "", "2025-12-31")]
    brought(closed, association, officer, "registers.platforms")

    found = PlatformAccount.objects.order_by("platform", "since")
    assert [(str(row.party), row.platform, row.number, row.until) for row in found] == [
        ("崤函果树学会", "kczg", "K1", date(2020, 12, 31)),
        ("崤函果树学会", "kczg", "K1", date(2025, 12, 31)),
        ("李主持", "kpzg", "", None),
    ]


def test_incidents_come_in_for_a_region_or_a_unit(association, officer, unit):
    region = make.region("411203", "陕州区", "county")
    rows = [
        INCIDENTS,
        ("陕州区", "", "伪科学活动", "2022-06-01", "已查处"),
        ("", "崤函果树学会", "伪科学活动", "2022-06-01", ""),
    ]
    assert brought_twice(rows, association, officer, "registers.incidents") == (
        {"done": 2, "created": 2},
        {"same": 2},
    )
    found = {(row.region_id, row.party_id, row.words) for row in Incident.objects.all()}
    assert found == {(region.pk, None, "已查处"), (None, unit.pk, "")}


def test_all_faults_of_the_lines_of_books_are_told_at_once(association, officer, unit):
    make.region("411203", "陕州区", "county")

    def codes(rows, kind):
        return sorted(faults(checked(rows, association, officer, kind=kind))[2])

    holding = ("崤函果树学会", "讲堂", "承担", 2025, "", "", "", "2025-05-04", "2025-01-01")
    assert codes([HOLDINGS, holding], "registers.holdings") == [
        ("registers.ends_before_it_begins", "ended_on")
    ]
    account = ("", "", "科创中国", "K1", "2022-01-01", "2020-12-31")
    assert codes([ACCOUNTS, account], "registers.platforms") == [
        ("registers.ends_before_it_begins", "until"),
        ("registers.unit_or_person", "unit"),
    ]
    incident = ("陕州区", "崤函果树学会", "伪科学活动", "2022-06-01", "")
    assert codes([INCIDENTS, incident], "registers.incidents") == [("registers.region_or_unit", "region")]
    affair = ("崤函果树学会", "换乘", 1800, "2022-05-06", "", "")
    assert codes([AFFAIRS, affair], "registers.affairs") == [
        ("table.not_a_choice", "kind"),
        ("table.out_of_bounds", "year"),
    ]


def one_of_each(association, register, unit):
    """A line in every register that has a sheet."""
    number = next(makers.numbers)
    makers.recognition(register, unit, number=f"N{number}", grade="优秀")
    makers.debarment(association, unit, cause=f"事由{number}")
    makers.past_project(
        association,
        unit,
        title=f"项目{number}",
        amount_fen=0,
        outcome="good",
        concluded_on=date(2022, 12, 1),
    )
    makers.affair(association, unit, year=2000 + number % 100, next_due=date(2027, 5, 6))
    makers.holding(association, unit, path=("科普", "讲堂"), lead_id=unit.pk)
    makers.counted(makers.account(association, unit, number=f"K{number}"), value=number)
    makers.incident(association, party_id=unit.pk, what=f"事件{number}", words="第一行\n第二行")


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.code)
def test_the_file_that_is_exported_changes_nothing_when_it_is_imported(
    client, association, officer, unit, kind
):
    client.force_login(officer)
    register = makers.scheme(association, grades=("优秀",))
    for _time in range(2):
        one_of_each(association, register, unit)

    asked = {"association": str(association.pk), "form": "xlsx"}
    file = client.post(reverse("imports:export", args=[kind.code]), asked)
    made = worked(sent(file.content, association, officer, kind=kind.code))

    assert (some(made), faults(made)) == ({"same": 2}, {})


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.code)
def test_what_is_exported_is_matched_as_the_same_in_a_constant_number_of_queries(
    association, officer, unit, kind
):
    assert sheet_kind(kind.code) is kind
    context = Context(association.pk, officer, NOW)
    register = makers.scheme(association, grades=("优秀",))

    def rows() -> list[Row]:
        lines = enumerate(kind.export(context), 2)
        return [Row(n, {key: value for key, value in line.items() if value is not None}) for n, line in lines]

    counts = []
    for _time in range(2):
        one_of_each(association, register, unit)
        exported = rows()
        with CaptureQueriesContext(connection) as queries:
            found = kind.match(exported, context)
        counts.append(len(queries))
        assert [found[row.number].id for row in exported] == [row.get("id") for row in exported]
        assert all(
            found[row.number].values[key] == value
            for row in exported
            for key, value in row.values.items()
            if key != "id"
        )

    assert counts[0] == counts[1]
