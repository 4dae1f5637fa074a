"""Tables of files: headings wherever they stand, rows with their line, in every format of the offices."""

import contextlib
import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from keqiao.readers.tables.cells import CellKind
from keqiao.readers.tables.table import read_table_safely
from keqiao.readers.unreadable import Unreadable
from tests.readers.hostile import HOSTILE
from tests.readers.tables.tables import HEADINGS, NAMES, read, texts, workbook

OLD_FORMAT = Path(__file__).with_name("roll.xls")  # BIFF 8, written by xlwt 1.3


def test_headings_are_found_below_a_title_and_rows_keep_their_line(tmp_path):
    rows = [["学会名册"], [], HEADINGS, ["甲学会", "51", date(2023, 5, 1), 12], [], ["乙学会"]]
    table = read(workbook(tmp_path / "a.xlsx", rows))

    assert [(row.number, {k: c.text for k, c in row.cells.items()}) for row in table.rows] == [
        (4, {"name": "甲学会", "code": "51", "day": "2023-05-01", "members": "12"}),
        (6, {"name": "乙学会"}),
    ]


def test_an_old_workbook_is_read_with_its_days_merged_cells_and_spoilt_codes():
    table = read(OLD_FORMAT, {**NAMES, "host": ("挂靠单位",)})

    assert table.kind == "xls"
    assert texts(table) == [
        {
            "name": "河南省力学学会",
            "code": "51410000MJ0123456U",
            "day": "1985-06-20",
            "members": "1280",
            "host": "河南科技大学",
        },
        {
            "name": "河南省制冷学会",
            "code": "514100000012346000",
            "day": "1990.3.5",
            "members": "640",
            "host": "河南科技大学",
        },
    ]
    assert table.rows[1].cells["code"].kind is CellKind.NUMBER


def test_headings_over_two_lines_with_merged_cells_are_read(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range("A1:A2", "单位全称")
    sheet.merge_range("B1:C1", "登记情况")
    sheet.write_row("B2", ["统一社会信用代码", "登记日期"])
    sheet.write_row("A3", ["甲学会", "51", "2023.5.1"])
    book.close()

    table = read(path)

    assert texts(table) == [{"name": "甲学会", "code": "51", "day": "2023.5.1"}]
    assert table.unknown == ()


def test_hidden_rows_are_read_and_marked(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [HEADINGS, ["甲学会"], ["乙学会"]], hide=[2])

    assert [(row.cells["name"].text, row.is_hidden) for row in read(path).rows] == [
        ("甲学会", False),
        ("乙学会", True),
    ]


def test_a_formula_error_stays_visible_as_one(tmp_path):
    table = read(workbook(tmp_path / "a.xlsx", [HEADINGS, ["甲学会", None, None, "=1/0"]]))

    cell = table.rows[0].cells["members"]
    assert (cell.text, cell.kind) == ("#DIV/0!", CellKind.ERROR)


def test_a_workbook_whose_days_count_from_1904_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_row("A1", HEADINGS)
    sheet.write_row("A2", ["甲学会", "51", 43585])
    book.close()
    with pytest.raises(Unreadable) as refused:
        read(path)

    assert refused.value.code == "unreadable.dates_from_1904"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_tables_are_read_in_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = tmp_path / "a.csv"
    lines = [
        delimiter.join(HEADINGS),
        delimiter.join(['"河南省""力学""学会"', "51410000MJ0123456U", "2023/5/1 0:00", '"1,280"']),
        delimiter.join(["河南省制冷学会", "", "", ""]),
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))

    assert texts(read(path)) == [
        {
            "name": '河南省"力学"学会',
            "code": "51410000MJ0123456U",
            "day": "2023/5/1 0:00",
            "members": "1,280",
        },
        {"name": "河南省制冷学会"},
    ]


def test_a_line_break_within_quotes_stays_in_its_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('单位全称,登记日期\r\n"甲\n学会",2023-05-01\r\n', encoding="utf-8")

    assert texts(read(path)) == [{"name": "甲\n学会", "day": "2023-05-01"}]


@pytest.mark.parametrize("written", ["'=1+1", "'+86", "'-", "'@某", "'＝甲"])
def test_the_guard_against_formulas_is_taken_off_again(tmp_path, written):
    path = tmp_path / "a.csv"
    path.write_text(f"单位全称,登记日期\r\n{written},2023-05-01\r\n", encoding="utf-8")

    assert texts(read(path))[0]["name"] == written[1:]


def test_headings_repeated_for_each_printed_page_are_no_rows(tmp_path):
    table = read(workbook(tmp_path / "a.xlsx", [HEADINGS, ["甲学会"], HEADINGS, ["乙学会"]]))

    assert [row["name"] for row in texts(table)] == ["甲学会", "乙学会"]


def test_stars_and_spaces_of_headings_do_not_matter_and_unknown_columns_are_told(tmp_path):
    rows = [["单位 全称*", "登记日期（必填）", "备注"], ["甲学会", "2023-05-01", "无"]]
    table = read(workbook(tmp_path / "a.xlsx", rows))

    assert (texts(table), table.unknown) == ([{"name": "甲学会", "day": "2023-05-01"}], ("备注",))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["无关", "内容"], ["甲", "乙"]], "unreadable.no_headings"),
        ([HEADINGS], "unreadable.no_rows"),
        ([["单位全称", "登记日期", "名称"], ["甲", "2023-05-01", "乙"]], "unreadable.heading_twice"),
        ([HEADINGS, *[[f"第{n}学会"] for n in range(5001)]], "unreadable.too_many_rows"),
    ],
)
def test_a_table_that_cannot_be_one_is_refused_with_its_reason(tmp_path, rows, code):
    with pytest.raises(Unreadable) as refused:
        read(workbook(tmp_path / "a.xlsx", rows))

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>\xe5\x8d\x95\xe4\xbd\x8d</td></tr></table></html>", "unreadable.no_table"),
        ('单位全称,登记日期\r\n"未完'.encode(), "unreadable.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable.unknown_kind"),
        (b"", "unreadable.empty"),
        (("单位全称" + ",x" * 600 + "\r\n甲").encode(), "unreadable.sheet_too_large"),
    ],
)
def test_other_files_are_refused(tmp_path, content, code):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read(path)

    assert refused.value.code == code


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_or_hold_no_table(tmp_path, name):
    make, _ = HOSTILE[name]
    with pytest.raises(Unreadable):
        read(make(tmp_path / "a"))


def test_damaged_workbooks_are_read_or_refused_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    whole = [OLD_FORMAT.read_bytes(), workbook(tmp_path / "a.xlsx", [HEADINGS, ["甲学会"]]).read_bytes()]
    chance = random.Random(7)
    for number in range(24):
        data = bytearray(whole[number % 2])
        for _ in range(chance.choice((1, 5, 200))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / "damaged"
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(1, len(data))))])
        with contextlib.suppress(Unreadable):
            read_table_safely(path, NAMES, name="damaged")
