"""The roll of a province's societies as an office keeps it in a table, with the mistakes that such tables have."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from stdnum.cn import uscc

from keqiao.web.parties.models import Association
from tests.web import make

HEADINGS = ("序号", "学会名称", "单位类型", "统一社会信用代码", "级别", "所在地区", "成立日期", "是否法人")
FIELDS = ("力学", "物理", "化学", "地理", "植物", "动物", "土壤", "气象", "测绘", "机械")
SOCIETIES = 500
TITLE_LINES = 2
"""Lines above the first row: a title over all columns, and the headings."""


def code(number: int, beginning: str = "51") -> str:
    """A credit code of the province with its right check digit."""
    base = f"{beginning}410000MJ{number:07d}"
    return base + uscc.calc_check_digit(base)


def society(number: int) -> list[Any]:
    """A sound row."""
    name = f"河南省{FIELDS[number % 10]}科学第{number + 1}学会"
    region = ("郑州市", "洛阳市金水区", "410105", "河南省")[number % 4]
    founded = date(1980, 1, 1) + timedelta(days=number * 20)
    said = (
        founded.isoformat(),
        founded,
        f"{founded.year}.{founded.month}.{founded.day}",
        f"{founded:%Y%m%d}",
    )
    return [number + 1, name, "学会", code(number), "省级", region, said[number % 4], "是"]


def with_mistakes() -> dict[int, list[Any]]:
    """Twelve rows that cannot be taken as they are, by their place in the roll; twelve different reasons."""
    rows = {place: society(place) for place in (7, 30, 64, 101, 150, 203, 251, 299, 350, 401, 444, 499)}
    last = code(7)[-1]
    rows[7][3] = code(7)[:-1] + ("0" if last != "0" else "1")  # a wrong check digit
    rows[30][2] = "社团"  # a kind that nobody knows
    rows[64][1] = None  # no name
    rows[101][6] = "1999年2月30日"  # a day that is none
    rows[150][3] = code(149)  # the code of the row above
    rows[203][3] = "5.141E+17"  # scientific notation
    rows[251][5] = "河南省新区"  # no such region
    rows[299][3] = 514100000123456789  # a code kept as a number
    rows[350][5] = "金水区"  # there are two
    rows[401][7] = "大概"  # neither yes nor no
    rows[444][1] = "=1/0"  # an error of a formula
    rows[499][3] = "51410000MJ"  # half a code
    return rows


def roll() -> bytes:
    """The table: title, headings, 500 societies, twelve of them with a mistake."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet("省级学会")
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "河南省省级学会名册（2026年）")
    sheet.write_row(1, 0, HEADINGS)
    mistakes = with_mistakes()
    for place in range(SOCIETIES):
        _write(sheet, place + TITLE_LINES, mistakes.get(place) or society(place))
    book.close()
    return file.getvalue()


def _write(sheet: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if value == "=1/0":
            sheet.write_formula(line, column, value, None, "#DIV/0!")
        elif value is not None:
            sheet.write(line, column, value)


def line(place: int) -> int:
    """The line of the sheet in which a row of the roll stands."""
    return place + TITLE_LINES + 1


def province() -> Association:
    """The association of a province with two towns, in each of which is a district of the same name."""
    henan = make.region()
    for number, name, inner in (("410100", "郑州市", "410105"), ("410300", "洛阳市", "410305")):
        town = make.region(number, name, "prefecture", parent=henan)
        make.region(inner, "金水区", "county", parent=town)
    return make.association("河南省科学技术协会", slug="henan")
