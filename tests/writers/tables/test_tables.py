"""Written tables: read again to what they say, never run, with their faults where they belong."""

import io
import tempfile
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keqiao.readers.tables.cells import clean
from keqiao.readers.tables.child import read_grids
from keqiao.readers.tables.table import table_of
from keqiao.writers.tables.layout import MarkedRow, SheetColumn
from keqiao.writers.tables.separated import write_separated
from keqiao.writers.tables.workbook import Captions, write_annotated, write_export, write_template

COLUMNS = (
    SheetColumn("name", "名称", is_required=True, note="证书上的全称"),
    SheetColumn("kind", "类别", choices=("学会", "企业")),
    SheetColumn("day", "日期", is_text=False, is_day=True),
    SheetColumn("number", "数量", is_text=False, example="3"),
)
NAMES = {column.key: (column.header,) for column in COLUMNS}
CAPTIONS = Captions("名册", "说明", "怎样填写", "示例", "必填", "问题")
PAYLOADS = ("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠甲", "'=1", "''@", " =1", "'甲")


def rows_of(content: bytes, kind: str) -> list[dict[str, str]]:
    with tempfile.NamedTemporaryFile(suffix=f".{kind}") as file:
        file.write(content)
        file.flush()
        grids = read_grids(Path(file.name), "txt" if kind == "csv" else kind)
    return [{key: cell.text for key, cell in row.cells.items()} for row in table_of(grids, NAMES, kind).rows]


def sheets_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return "".join(archive.read(name).decode() for name in sorted(parts))


# No control characters: a file full of them is taken for no text at all.
anything = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\r"), max_size=30)


@given(st.lists(anything.filter(lambda text: clean(text) != ""), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_both_formats(texts):
    rows = [{"name": text, "kind": "学会"} for text in texts]
    wanted = [clean(text) for text in texts]

    assert [row["name"] for row in rows_of(write_separated(COLUMNS, rows), "csv")] == wanted
    assert [row["name"] for row in rows_of(write_export(COLUMNS, rows, CAPTIONS), "xlsx")] == wanted


def test_days_and_numbers_are_written_as_such_and_read_again():
    row = {"name": "甲", "day": date(1985, 6, 20), "number": Decimal("0.3")}
    again = {"name": "甲", "day": "1985-06-20", "number": "0.3"}

    assert rows_of(write_export(COLUMNS, [row], CAPTIONS), "xlsx") == [again]
    assert rows_of(write_separated(COLUMNS, [row]), "csv") == [again]


def test_a_day_that_table_programs_do_not_know_is_written_as_text():
    rows = [{"name": "甲", "day": date(1895, 6, 20)}]

    assert rows_of(write_export(COLUMNS, rows, CAPTIONS), "xlsx")[0]["day"] == "1895-06-20"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload):
    row = {"name": payload}
    annotated = MarkedRow(row, {"name": (payload,)}, (payload,))

    written = sheets_in(write_export(COLUMNS, [row], CAPTIONS)) + sheets_in(
        write_annotated(COLUMNS, [annotated], CAPTIONS)
    )
    assert ("<f>" in written, 't="s"' in written) == (False, True)
    field = write_separated(COLUMNS, [row]).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert field[0] == "'" or payload == "'甲"


def test_a_template_keeps_codes_as_text_offers_choices_and_freezes_its_headings():
    content = write_template(COLUMNS, CAPTIONS)
    written = sheets_in(content)

    assert 'state="frozen"' in written
    assert '<dataValidation type="list"' in written
    assert "&quot;学会,企业&quot;" in written or '"学会,企业"' in written
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert '<sheet name="名册"' in archive.read("xl/workbook.xml").decode()
        assert "证书上的全称" in archive.read("xl/comments1.xml").decode()


def test_a_long_list_of_choices_stands_on_a_hidden_sheet():
    columns = [SheetColumn("kind", "类别", choices=tuple(f"第{n}类单位" for n in range(80)))]
    content = write_template(columns, CAPTIONS)

    assert "<formula1>_lists!$A$1:$A$80</formula1>" in sheets_in(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert 'name="_lists" sheetId="2" state="hidden"' in archive.read("xl/workbook.xml").decode()


def test_an_annotated_copy_can_be_uploaded_as_it_is_and_says_what_is_wrong():
    rows = [
        MarkedRow({"name": "甲", "kind": "学校"}, {"kind": ("不在可选范围内",)}),
        MarkedRow({"name": "乙"}, {}, ("请核对",)),
        MarkedRow({"name": "丙", "day": date(2023, 5, 1)}),
    ]
    content = write_annotated(COLUMNS, rows, CAPTIONS)

    assert rows_of(content, "xlsx") == [
        {"name": "甲", "kind": "学校"},
        {"name": "乙"},
        {"name": "丙", "day": "2023-05-01"},
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "FFFFC7CE" in archive.read("xl/styles.xml").decode()
        shared = archive.read("xl/sharedStrings.xml").decode()
    assert ("不在可选范围内" in shared, "请核对" in shared) == (True, True)
