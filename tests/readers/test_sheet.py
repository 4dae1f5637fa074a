"""Spreadsheets: one table a sheet, merged cells inherited, values as they are shown."""

import zipfile

from keqiao.readers.document import read_document
from tests.readers.hostile import SHEET, sheet, text_cell
from tests.readers.shown import grids, lines
from tests.readers.word_files import write


def test_a_sheet_is_a_table_under_its_name(tmp_path):
    rows = (
        f'<row r="2">{text_cell("B2", "名称")}{text_cell("C2", "金额")}</row>'
        f'<row r="3">{text_cell("B3", "讲座")}<c r="C3"><v>5</v></c></row>'
        f'<row r="4">{text_cell("B4", "展览")}<c r="C4"><v>2.5</v></c></row>'
    )
    path = sheet(rows)(tmp_path / "a.xlsx")

    assert read_document(path).format == "xlsx"
    assert lines(path) == ["清单"]
    assert grids(path) == [[["名称", "金额"], ["讲座", "5"], ["展览", "2.5"]]]


def test_merged_cells_of_a_sheet_are_inherited(tmp_path):
    rows = (
        f'<row r="1">{text_cell("A1", "类别")}{text_cell("B1", "名称")}</row>'
        f'<row r="2">{text_cell("A2", "科普")}{text_cell("B2", "讲座")}</row>'
        f'<row r="3">{text_cell("B3", "展览")}</row>'
    )
    path = sheet(rows)(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    content[SHEET] = content[SHEET].replace(b"</sheetData>", merged)

    assert grids(write(path, content)) == [[["类别", "名称"], ["科普", "讲座"], ["^科普", "展览"]]]
