"""The performance table on paper: words of each cell, as a workbook and as a Word document."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
from python_calamine import CalamineWorkbook

from keqiao.core.performance import Course, Given, rows_of, table_of
from keqiao.core.programme.closing import Closing
from keqiao.core.programme.targets import Target
from keqiao.core.targets.results import Judgement, Progress, Result
from keqiao.readers.performance_words import performance_words
from keqiao.writers.performance import About, performance_summary
from keqiao.writers.summary.word import write_summary
from keqiao.writers.summary.workbook import summary_workbook

ABOUT = About("科普进社区", "示范市科普协会", date(2024, 1, 5), {"t2": "雨天改期两场"})


def result(identifier, name, asked, has, unit):
    target = Target.model_validate(
        {"id": identifier, "metric": name, "comparator": ">=", "value": asked, "unit": unit}
    )
    return Result(target, Progress.MET if has >= asked else Progress.MISSED, asked, has, has)


def made(given=None, spent=4_842_000):
    judgement = Judgement((result("t1", "全网浏览量", 1000, 1200, "人次"), result("t2", "讲座", 10, 8, "场")))
    course = Course(date(2023, 12, 31), date(2023, 12, 30), 5_000_000, spent)
    return table_of(rows_of(judgement, course, performance_words()), Closing(), given)


def summary(language="zh", **more):
    return performance_summary(made(**more), ABOUT, performance_words(), language)


def test_each_cell_says_what_was_asked_and_reached():
    assert summary().rows == (
        ("预算执行率", "预算执行率", "预算执行率", "100%", "96.84%", Decimal("10.00"), Decimal("9.68"), ""),
        ("产出指标", "数量指标", "讲座", "≥10场", "8场", Decimal("16.67"), Decimal("13.34"), "雨天改期两场"),
        (
            "产出指标",
            "时效指标",
            "按期完成",
            "≤2023-12-31",
            "2023-12-30",
            Decimal("16.67"),
            Decimal("16.67"),
            "",
        ),
        (
            *("产出指标", "成本指标", "支出不超过资助金额", "≤5万元", "4.842万元"),
            *(Decimal("16.66"), Decimal("16.66"), ""),
        ),
        (
            "效益指标",
            "社会效益指标",
            "全网浏览量",
            "≥1000人次",
            "1200人次",
            Decimal("40.00"),
            Decimal("40.00"),
            "",
        ),
    )
    assert summary().notes == ("总分 96.35，等级：优",)


def test_what_was_given_by_hand_says_why():
    row = summary(given={"t2": Given(Decimal(15), "两场并作大讲座")}).rows[1]

    assert row[-2:] == (Decimal(15), "雨天改期两场；两场并作大讲座")


def test_an_open_row_stays_empty_and_is_told():
    table = summary(spent=None)

    assert [row[-2] for row in table.rows].count("") == 2
    assert table.notes == ("还有未计分的指标，合计只含已计分的。",)


def test_the_workbook_adds_up():
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(summary_workbook(summary()))).get_sheet_by_index(0).to_python()
    )

    (lecture,) = [row for row in rows if "讲座" in row]
    assert lecture[2:7] == ["讲座", "≥10场", "8场", 16.67, 13.34]
    (total,) = [row for row in rows if row[0] == "合计"]
    assert [round(each, 2) for each in total[5:7]] == [100, 96.35]


def test_the_word_document_says_the_same(tmp_path):
    write_summary(summary("en"), tmp_path / "table.docx")
    (grid,) = docx.Document(str(tmp_path / "table.docx")).tables
    cells = [[cell.text for cell in row.cells] for row in grid.rows]

    assert cells[0] == ["Level 1", "Level 2", "Indicator", "Asked", "Reached", "Points", "Score", "Remarks"]
    assert cells[2][2:7] == ["讲座", "≥10场", "8场", "16.67", "13.34"]
    assert cells[-1][5:7] == ["100", "96.35"]
