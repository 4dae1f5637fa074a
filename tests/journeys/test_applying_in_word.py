"""In each of the five calls a society fills the form in Word, saves it by LibreOffice, and sends it back.

One cell of each is not understood, one label was retyped, one line belongs nowhere: all three are shown with their
words, and nothing of them is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keqiao.core.forms.answers import is_empty
from keqiao.core.forms.paper import Blank
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of, submitted_answers
from tests.journeys import applying
from tests.journeys.accessibility import expect_accessible
from tests.journeys.in_word import OFFICE, WordForm, saved_by_office
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS, log_in

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]
NOT_TYPED = frozenset({"file", "pledge", "computed", "heading"})
NEW_LABEL = "本栏由我改了名称"
BESIDE = "另附说明：场地已与街道商定。"
EMPTY, BEGUN = "下载空白表格", "下载表格（含已填内容）"


@dataclass(frozen=True)
class Way:
    """How the society of one call fills in: the call, which form it takes, how LibreOffice saves it.

    ``vague`` cannot be read in ``cell``; on the page it stands in the blank ``shown_in``. ``relabelled``: the field of
    which the label is retyped.
    """

    slug: str
    form: str
    saved_as: tuple[str, ...]
    cell: Blank
    vague: str
    shown_in: str
    relabelled: str


WAYS = (
    Way("sanmenxia", EMPTY, ("docx",), Blank("reach"), "约三千六百多", "f.reach", "outreach"),
    Way("henan", BEGUN, ("odt", "docx"), Blank("income"), "三十多万", "f.income", "party"),
    Way("yinchuan", BEGUN, ("docx",), Blank("period"), "今年下半年", "f.period.from", "goals"),
    Way("jining", EMPTY, ("odt", "docx"), Blank("issues"), "两三期", "f.issues", "address"),
    Way("hunan", EMPTY, ("docx",), Blank("budget", "grant", 0), "两万多", "f.budget.0.grant", "goals"),
)


@pytest.mark.parametrize("way", WAYS, ids=[way.slug for way in WAYS])
def test_a_form_filled_in_word_and_saved_by_libreoffice_is_read_back(
    way: Way, page: Page, second_page: Page, settings: Any, downloads: Path
):
    city = applying.open_call(way.slug, settings)
    applying.begin(page, city)
    page.locator("[name='f.project']").fill(applying.TITLE)
    path = filled_in_word(page, city, way, downloads)

    sent_back(page, path, way)
    taken_over(page)
    assert answers_of(Application.objects.get()) == {
        **typed_in_word(city),
        way.cell.field: as_typed(city, way),
    }

    checked(page, city, way)
    mended(page, city, way)
    submission = applying.submit(page)
    assert said(submitted_answers(submission, whole=True)) == said(typed_in_word(city) | not_typed(city))
    received(second_page, city, way)


def filled_in_word(page: Page, city: SimpleNamespace, way: Way, downloads: Path) -> Path:
    """Take the form, type everything into it, do what people do, and have LibreOffice save it."""
    page.get_by_role("button", name="用 Word 填写").click()
    expect(page.get_by_role("heading", name="用 Word 填写")).to_be_visible(timeout=PATIENCE_MS)
    if way.slug == "henan":
        expect_accessible(page)
        picture(page, "apply-word")
    with page.expect_download() as taking:
        page.get_by_role("link", name=way.form).click()
    taking.value.save_as(downloads / "form.docx")
    form = WordForm(downloads / "form.docx")
    form.fill(city.wanted.specification, city.wanted.answers)
    form.type_into(way.cell, way.vague)
    form.retype_label(Blank(way.relabelled), NEW_LABEL)
    form.add_line(BESIDE)
    return saved_by_office(form.save(downloads / "申报书.docx"), downloads, *way.saved_as)


def sent_back(page: Page, path: Path, way: Way) -> None:
    """Send it, and see each cell that somebody has to look at, with its words."""
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并读出").click()
    expect(page.get_by_role("heading", name="从 Word 读出的内容")).to_be_visible(timeout=PATIENCE_MS)
    vague = page.locator(f"section[aria-labelledby='read-{way.cell.field}']")
    expect(vague.locator("h2")).to_contain_text("未能识别")
    expect(vague.locator("dd").last).to_contain_text(way.vague)
    expect(vague.get_by_role("checkbox")).not_to_be_checked()
    doubtful = page.locator(f"section[aria-labelledby='read-{way.relabelled}']")
    expect(doubtful.locator("h2")).to_contain_text("有疑问")
    expect(doubtful.get_by_role("checkbox")).not_to_be_checked()
    expect(page.get_by_text(f"“{BESIDE}”")).to_be_visible()
    expect(page.get_by_text(f"“{NEW_LABEL}”")).to_be_visible()
    expect(page.locator("section[aria-labelledby='read-contact'] h2")).to_contain_text("已读出")
    expect_accessible(page)
    if way.slug == "henan":
        picture(page, "apply-word-read")


def taken_over(page: Page) -> None:
    """Take over all that was read, what is doubtful and not understood too."""
    for box in page.locator("[name=take]").all():
        box.check()
    page.get_by_role("button", name="带入所选内容").click()
    expect(page.locator("form [name=asked]").first).to_be_attached()


def checked(page: Page, city: SimpleNamespace, way: Way) -> None:
    """All faults at once: what was not understood, and what no Word form holds."""
    expect(page.locator(f'[name="{way.shown_in}"]')).to_have_value(way.vague)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=PATIENCE_MS)
    links = page.locator("#checked li", has_text="须改").locator("a")
    found = {link.get_attribute("href") for link in links.all()}
    wanted = {f"#f.{each}" for each in {way.cell.field, *required_beside_word(city)}}
    assert found == wanted


def mended(page: Page, city: SimpleNamespace, way: Way) -> None:
    """Put right what was found, on the page."""
    for shown in applying.fields_shown(city):
        if shown.field.id == way.cell.field:
            for blank in shown.blanks or (page_cell(shown, way),):
                applying.fill(page, blank)
        if shown.kind == "pledge":
            page.locator(f'[name="{shown.name}"]').check()
    applying.send_files(page, city)


def received(page: Page, city: SimpleNamespace, way: Way) -> None:
    """The officer finds it in the list, and the words that were typed in Word on its page."""
    log_in(page, city.officer)
    page.goto("/desk/applications/")
    row = page.get_by_role("row").filter(has_text=applying.TITLE)
    expect(row.get_by_role("link")).to_have_text(Application.objects.get().number)
    if way.slug == "henan":
        expect_accessible(page)
        picture(page, "received")
    row.get_by_role("link").click()
    for line in city.wanted.answers[way.relabelled].split("\n"):
        expect(page.get_by_text(line).first).to_be_visible()


def page_cell(shown: Any, way: Way) -> Any:
    """The blank of a table in which the words stand that were not understood."""
    cells = (cell.blank for row in shown.table.rows for cell in row.cells)
    return next(blank for blank in cells if blank and blank.name == way.shown_in)


def required_beside_word(city: SimpleNamespace) -> set[str]:
    """The fields that want something which is not typed in Word."""
    fields = (shown.field for shown in applying.fields_shown(city))
    return {each.id for each in fields if each.kind in ("file", "pledge") and each.required}


def typed_in_word(city: SimpleNamespace) -> dict[str, Any]:
    """What was typed: whoever leads was typed by name, the unit stood in the form already."""
    kinds = {each.id: each.kind for each in city.wanted.specification.fields}
    typed = {key: value for key, value in city.wanted.answers.items() if kinds[key] not in NOT_TYPED}
    typed = {key: without_nothing(value) for key, value in typed.items() if not is_empty(value)}
    if "leader" in typed:
        typed["leader"] = {part: words for part, words in typed["leader"].items() if part != "id"}
    unit = city.wanted.answers.get("unit")
    of_the_unit = {key: {**typed[key], "id": unit["id"]} for key in typed if kinds[key] == "unit"}
    return typed | of_the_unit


def without_nothing(value: Any) -> Any:
    """Rows without what is empty in them: an own target names none of the call."""
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return [{key: cell for key, cell in row.items() if not is_empty(cell)} for row in value]
    return value


def as_typed(city: SimpleNamespace, way: Way) -> Any:
    """The field with the words that could not be read, as they were typed."""
    if not way.cell.part:
        return way.vague
    rows = typed_in_word(city)[way.cell.field]
    return [
        {**row, way.cell.part: way.vague} if place == way.cell.row else row for place, row in enumerate(rows)
    ]


def not_typed(city: SimpleNamespace) -> dict[str, Any]:
    """Files and pledges as the society gave them on the page."""
    kinds = {each.id: each.kind for each in city.wanted.specification.fields}
    return {key: value for key, value in city.wanted.answers.items() if kinds[key] in ("file", "pledge")}


def said(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers for comparing: of files the names, of pledges the version."""
    return {key: _said(value) for key, value in answers.items()}


def _said(value: Any) -> Any:
    if isinstance(value, Mapping) and "version" in value:
        return value["version"]
    if isinstance(value, list) and value and isinstance(value[0], Mapping) and "digest" in value[0]:
        return [entry["name"] for entry in value]
    return value
