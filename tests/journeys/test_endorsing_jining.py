"""Jining's form has two opinions: the unit's before it files, the association's after the selection. Nothing waits."""

import io

import docx
import pytest
from playwright.sync_api import Page, expect

from keqiao.web.applications.models import Application
from keqiao.web.endorsement.models import Passage
from tests.journeys import applying
from tests.journeys.accessibility import expect_accessible
from tests.journeys.visitors import log_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
OPINIONS = ("申报单位意见", "市科协意见")


def test_a_form_with_two_opinions_is_filed_directly_and_has_both_boxes(
    page: Page, second_page: Page, settings, live_server, downloads
):
    city = applying.open_call("jining", settings)
    applying.begin(page, city)
    applying.type_answers(page, city)
    applying.send_files(page, city)
    submission = applying.submit(page)

    assert not Passage.objects.exists()
    page.goto(f"/applications/{Application.objects.get().pk}/")
    expect(page.get_by_text("上报进度")).to_have_count(0)
    expect_accessible(page)
    said = words_of_form(page, submission, downloads)
    assert [opinion for opinion in OPINIONS if opinion not in said] == []

    log_in(second_page, city.officer)
    second_page.goto("/desk/applications/")
    expect(second_page.get_by_role("link", name=submission.number)).to_be_visible()


def words_of_form(page: Page, submission, downloads) -> str:
    """All words of the form as it was submitted, as Word."""
    answer = page.request.get(f"/applications/receipts/{submission.pk}/form.docx")
    document = docx.Document(io.BytesIO(answer.body()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "".join("".join(words.split()) for words in cells)
