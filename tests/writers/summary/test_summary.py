"""The summary table: the same entries in three papers, text that is never run, sums, marks of a draft and of a list."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import docx
import pdfplumber
import pypdfium2
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.summary import Kind, Summary, SummaryColumn, set_summary, summary_workbook, write_summary

COLUMNS = (
    SummaryColumn("number", "序号", Kind.MARK, 0.6),
    SummaryColumn("title", "项目名称", Kind.TEXT, 3),
    SummaryColumn("phone", "联系电话", Kind.CODE, 1.4),
    SummaryColumn("amount", "申请经费（万元）", Kind.MONEY, 1),
    SummaryColumn("places", "人数", Kind.COUNT, 0.7),
)
AT = datetime(2023, 4, 28, tzinfo=UTC)
PAYLOADS = (
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "＋1",
    "－1",
    "＠甲",
    "'=1",
    "{=1}",
    '=HYPERLINK("x")',
)


def summary(count=2, title="流动科技馆进乡镇", **details):
    rows = tuple(
        (str(number), f"{title}{number}", f"139{number:08}", Decimal("2.5"), 10)
        for number in range(1, count + 1)
    )
    return Summary(
        **{
            "title": "志愿服务项目推荐汇总表",
            "head": ("推荐单位（盖章）：卢氏县科协", "填报日期：2023年4月28日"),
            "columns": COLUMNS,
            "rows": rows,
            "total": f"合计 {count} 项",
            "foot": ("单位负责人（签字）：",),
            "notes": ("按推荐顺序排列。",),
            "imprint": Imprint(at=AT, issuers=("卢氏县科协",), is_draft=True),
            **details,
        }
    )


FILED = Imprint(at=AT, number="1", digest="0123456789abcdef" * 4, address="https://kq.example.org/b/1")


def grid_in_workbook(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def parts_of(content, beginning):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if name.startswith(beginning)
        )


def pages(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return ["".join("".join(glyph["text"] for glyph in page.chars).split()) for page in opened.pages]


def test_workbook_has_title_head_columns_rows_and_sums_in_this_order():
    grid = grid_in_workbook(summary_workbook(summary()))

    assert grid[0][0] == "志愿服务项目推荐汇总表（草稿）"
    assert (grid[1][0], grid[1][-1]) == ("推荐单位（盖章）：卢氏县科协", "填报日期：2023年4月28日")
    assert grid[2] == [column.label for column in COLUMNS]
    assert grid[3] == ["1", "流动科技馆进乡镇1", "13900000001", 2.5, 10.0]
    assert grid[5] == ["合计 2 项", "", "", 5.0, 20.0]
    assert [row[0] for row in grid[6:]] == ["单位负责人（签字）：", "按推荐顺序排列。"]


def test_workbook_lies_across_a4_and_repeats_the_head_of_the_table():
    content = summary_workbook(summary())

    sheet = parts_of(content, "xl/worksheets/sheet")
    (setup,) = re.findall(r"<pageSetup ([^>]*)/>", sheet)
    assert {'paperSize="9"', 'orientation="landscape"', 'fitToHeight="0"'} <= set(setup.split())
    assert "$3:$3" in parts_of(content, "xl/workbook.xml")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula_or_a_link(payload):
    rows = ((payload, payload, payload, Decimal(1), 1),)
    content = summary_workbook(
        summary(
            rows=rows,
            title=payload,
            head=(payload, payload),
            total=payload,
            foot=(payload,),
            notes=(payload,),
        )
    )

    sheet = parts_of(content, "xl/worksheets/sheet")
    assert re.findall(r"<f[ >]|<hyperlink", sheet) == []
    assert grid_in_workbook(content)[3][:3] == [payload] * 3


def test_long_numbers_stay_text_in_cells_of_the_format_text():
    content = summary_workbook(summary(rows=(("1", "甲", "411282199001011234567", Decimal(1), 1),)))

    assert grid_in_workbook(content)[3][2] == "411282199001011234567"


def test_word_file_lies_across_says_the_head_again_and_the_same_entries(tmp_path):
    write_summary(summary(), tmp_path / "list.docx")

    document = docx.Document(str(tmp_path / "list.docx"))
    section, table = document.sections[0], document.tables[0]
    assert (section.orientation, round(section.page_width.mm), round(section.page_height.mm)) == (
        WD_ORIENT.LANDSCAPE,
        297,
        210,
    )
    assert len(list(table.rows[0]._tr.iter(qn("w:tblHeader")))) == 1
    assert [cell.text for cell in table.rows[2].cells] == [
        "2",
        "流动科技馆进乡镇2",
        "13900000002",
        "2.5",
        "10",
    ]
    assert [cell.text for cell in table.rows[3].cells] == ["合计 2 项"] * 3 + ["5", "20"]
    assert document.paragraphs[0].text == "志愿服务项目推荐汇总表"


def test_only_a_draft_has_the_word_across_it_and_only_a_filed_list_its_fingerprint(tmp_path):
    draft, filed = summary(), summary(imprint=FILED)
    write_summary(draft, tmp_path / "draft.docx")
    write_summary(filed, tmp_path / "filed.docx")
    drafted, listed = (docx.Document(str(tmp_path / f"{name}.docx")) for name in ("draft", "filed"))

    assert "草稿" in drafted.sections[0].header._element.xml
    assert "草稿" not in listed.sections[0].header._element.xml
    assert listed.sections[0].footer.paragraphs[1].text.startswith("0123 4567 89ab cdef · ")
    (drafted_words,), (filed_words,) = (pages(set_summary(each).pdf) for each in (draft, filed))
    assert ("草稿" in drafted_words, "草稿" in filed_words) == (True, False)
    assert ("0123456789abcdef" in drafted_words, "0123456789abcdef" in filed_words) == (False, True)
    assert "0123 4567 89ab cdef" in parts_of(summary_workbook(filed), "xl/worksheets/sheet")
    assert "草稿" not in parts_of(summary_workbook(filed), "xl/")


def test_pdf_repeats_the_head_on_each_page_and_never_leaves_the_sums_alone():
    for count in range(5, 30, 4):
        said = pages(set_summary(summary(count, title="科普大篷车走进山区中小学系列活动" * 3)).pdf)

        assert [page for page in said if "项目名称" not in page] == []
        assert f"合计{count}项" in said[-1]
        assert f"139{count:08}" in said[-1]


def test_pdf_lies_across():
    page = pypdfium2.PdfDocument(set_summary(summary()).pdf)[0]

    assert (round(page.get_width()), round(page.get_height())) == (842, 595)


def test_a_list_without_lines_is_written_too(tmp_path):
    empty = summary(0)
    write_summary(empty, tmp_path / "empty.docx")

    assert grid_in_workbook(summary_workbook(empty))[3] == ["合计 0 项", "", "", 0.0, 0.0]
    assert "合计0项" in pages(set_summary(empty).pdf)[0]


def test_the_same_list_gives_the_same_bytes():
    one = summary(imprint=FILED)

    assert summary_workbook(one) == summary_workbook(one)
    assert set_summary(one).pdf == set_summary(one).pdf
    assert set_summary(one).pdf != set_summary(replace(one, title="另一张表")).pdf
