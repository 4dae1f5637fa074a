"""An officer imports a roll of 500 societies with twelve bad rows, and repairs them."""

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Locator, Page, expect

from keqiao.readers.tables.cells import CellKind
from keqiao.readers.tables.table import Table, read_table_safely
from keqiao.web.audit.models import Event
from keqiao.web.imports.sheet_kinds import sheet_kind
from keqiao.web.parties.models import Organisation, Tie
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.rolls import SOCIETIES, code, line, province, roll, society
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENCE = 60_000
BAD = (7, 30, 64, 101, 150, 203, 251, 299, 350, 401, 444, 499)


def test_an_officer_imports_a_roll_and_repairs_its_bad_rows(
    page: Page, worker: None, downloads: Path
) -> None:
    association = province()
    log_in(page, make.officer(association))
    send_the_roll(page, downloads)
    see_what_is_wrong(page)
    repair_some_in_the_browser(page)
    repair_the_rest_in_a_copy(page, downloads)
    import_all(page)
    assert Tie.objects.filter(organisation_id=association.pk, kind="affiliation").count() == SOCIETIES
    the_export_comes_back_unchanged(page, downloads)


def send_the_roll(page: Page, downloads: Path) -> None:
    page.get_by_role("navigation", name="工作导航").get_by_role("link", name="导入表格").click()
    expect_accessible(page)
    picture(page, "import-home")
    page.get_by_role("link", name="单位名册").click()
    expect_accessible(page)
    picture(page, "import-new")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    template = downloads / "template.xlsx"
    download.value.save_as(template)
    assert download.value.suggested_filename == "单位名册（模板）.xlsx"
    assert template.read_bytes()[:2] == b"PK"
    send(page, "省级学会名册.xlsx", roll())
    page.get_by_role("button", name="上传并核对").click()


def send(page: Page, name: str, content: bytes) -> None:
    """Choose a file; with scripts it is sent at once and the button waits for it."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": XLSX, "buffer": content})


def see_what_is_wrong(page: Page) -> None:
    expect(page.get_by_role("heading", name="逐行核对结果")).to_be_visible(timeout=PATIENCE)
    assert counts(page) == {"有问题": "12", "新增": "488", "有变化": "0", "无变化": "0"}
    assert [item.get_attribute("id") for item in page.locator(".kq-imports__rows > li").all()] == [
        f"row-{line(place)}" for place in BAD
    ]
    for place, words in SAID.items():
        expect(bad_row(page, place)).to_contain_text(words)
    assert Organisation.objects.filter(kind="society").count() == 0
    expect_accessible(page)
    picture(page, "import-preview")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.set_viewport_size(DESKTOP)


SAID = {
    7: "末位校验码须相符",
    30: "“社团”不在可选范围内",
    64: "此项必填",
    101: "“1999年2月30日”不是日历上的日期",
    150: f"与第{line(149)}行重复",
    203: "科学计数法",
    251: "没有找到“河南省新区”",
    299: "被表格软件当作数字保存",
    350: "“金水区”对应2个记录",
    401: "“大概”不在可选范围内",
    444: "公式错误（#DIV/0!）",
    499: "应为 18 位",
}


def counts(page: Page) -> dict[str, str]:
    """What the numbers on top say, by their names."""
    stats = page.locator(".kq-imports__counts .kq-stat")
    return {stat.locator("span").inner_text(): stat.locator("b").inner_text() for stat in stats.all()}


def bad_row(page: Page, place: int) -> Locator:
    """The form of a row of the roll."""
    return page.locator(f"#row-{line(place)}")


def repair_some_in_the_browser(page: Page) -> None:
    """Typed, chosen from a list, and one row left out."""
    bad_row(page, 7).get_by_label("统一社会信用代码").fill(code(7))
    bad_row(page, 30).get_by_label("单位类别").select_option("学会（协会、研究会）")
    bad_row(page, 64).get_by_label("单位全称").fill(society(64)[1])
    bad_row(page, 350).get_by_label("所在区域").select_option("410105")
    bad_row(page, 401).get_by_label("法人资格").select_option("是")
    bad_row(page, 299).get_by_label("统一社会信用代码").fill(code(299)[:-1])  # one sign is missing
    page.get_by_role("button", name="保存修改并重新核对").click()

    expect(page.get_by_text("已重新核对，还有 7 行有问题。")).to_be_visible(timeout=PATIENCE)
    assert counts(page) == {"有问题": "7", "新增": "493", "有变化": "0", "无变化": "0"}
    expect(bad_row(page, 299).get_by_label("统一社会信用代码")).to_have_value(code(299)[:-1])


def repair_the_rest_in_a_copy(page: Page, downloads: Path) -> None:
    """In the copy that says at each row what is wrong, sent back as it was saved."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载标注问题的表").click()
    path = downloads / "annotated.xlsx"
    download.value.save_as(path)
    assert download.value.suggested_filename == "省级学会名册（标注问题）.xlsx"
    send(page, "省级学会名册（改）.xlsx", corrected(path))
    page.get_by_role("button", name="上传改好的表").click()

    expect(page.get_by_role("button", name="全部导入（500 行）")).to_be_visible(timeout=PATIENCE)
    assert counts(page) == {"有问题": "0", "新增": "500", "有变化": "0", "无变化": "0"}
    expect_accessible(page)
    picture(page, "import-ready")


def corrected(path: Path) -> bytes:
    """The annotated copy with the right cells in the seven rows, saved by a table program."""
    kind = sheet_kind("parties.units")
    assert kind is not None
    names = {column.key: column.names() for column in kind.all_columns}
    table = read_table_safely(path, names, name=path.name)
    assert table.unknown == ("问题",)
    right = {101: ("registered_on", 6), 150: ("credit_code", 3), 203: ("credit_code", 3), 251: ("region", 5)}
    right |= {299: ("credit_code", 3), 444: ("name", 1), 499: ("credit_code", 3)}
    changes = {place: {key: society(place)[column]} for place, (key, column) in right.items()}
    changes[251]["region"] = "洛阳市"
    return saved(table, changes)


def saved(table: Table, changes: dict[int, dict[str, Any]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    sheet = book.add_worksheet("改")
    keys = list(table.columns)
    kind = sheet_kind("parties.units")
    assert kind is not None
    sheet.write_row(0, 0, [str(kind.column(key).header) for key in keys])
    for place, row in enumerate(table.rows):
        cells = {
            key: float(cell.text) if cell.kind is CellKind.NUMBER else cell.text
            for key, cell in row.cells.items()
        }
        for key, value in (cells | changes.get(place, {})).items():
            sheet.write(place + 1, keys.index(key), value)
    book.close()
    return file.getvalue()


def import_all(page: Page) -> None:
    page.get_by_role("button", name="全部导入（500 行）").click()
    expect(page.get_by_text("新增 500 行，更新 0 行，与已有记录相同 0 行。")).to_be_visible(timeout=PATIENCE)
    expect_accessible(page)
    picture(page, "import-done")
    assert Organisation.objects.filter(kind="society").count() == SOCIETIES
    unit = Organisation.objects.get(credit_code=code(203))
    wanted = society(203)
    assert (unit.name, unit.level, unit.is_legal_person) == (wanted[1], "province", True)


def the_export_comes_back_unchanged(page: Page, downloads: Path) -> None:
    page.get_by_role("navigation", name="位置").get_by_role("link", name="单位名册").click()
    page.get_by_text("修改已有的记录：先导出现有内容").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    path = downloads / "export.xlsx"
    download.value.save_as(path)
    before = Event.objects.filter(chain_kind="parties.party").count()
    page.reload()
    send(page, "单位名册.xlsx", path.read_bytes())
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("button", name="全部导入（500 行）")).to_be_visible(timeout=PATIENCE)
    assert counts(page) == {"有问题": "0", "新增": "0", "有变化": "0", "无变化": "500"}
    page.get_by_role("button", name="全部导入（500 行）").click()
    expect(page.get_by_text("新增 0 行，更新 0 行，与已有记录相同 500 行。")).to_be_visible(timeout=PATIENCE)
    assert Event.objects.filter(chain_kind="parties.party").count() == before
    assert Event.objects.filter(act="exported").count() == 1
