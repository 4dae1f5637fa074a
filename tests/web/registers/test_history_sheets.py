"""The history of the registers comes in as tables, and importing what was exported changes nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.web.approvals.actions import approve
from keqiao.web.approvals.models import Approval
from keqiao.web.imports.columns import Context
from keqiao.web.imports.sheet_kinds import Row, sheet_kind
from keqiao.web.registers.importable import SHEETS
from keqiao.web.registers.models import Debarment, Recognition, TrackRecord
from tests.web import make
from tests.web.imports.importing import NOW, checked, faults, some, started
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


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.code)
def test_what_is_exported_is_matched_as_the_same_in_a_constant_number_of_queries(
    association, officer, unit, kind
):
    assert sheet_kind(kind.code) is kind
    context = Context(association.pk, officer, NOW)
    register = makers.scheme(association, grades=("优秀",))

    def more() -> None:
        number = next(makers.numbers)
        makers.recognition(register, unit, number=f"N{number}", grade="优秀")
        makers.debarment(association, unit, cause=f"事由{number}")
        makers.past_project(
            association, unit, title=f"项目{number}", outcome="good", concluded_on=date(2022, 12, 1)
        )

    def rows() -> list[Row]:
        lines = enumerate(kind.export(context), 2)
        return [Row(n, {key: value for key, value in line.items() if value is not None}) for n, line in lines]

    counts = []
    for _time in range(2):
        more()
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
