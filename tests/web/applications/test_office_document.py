"""The office's own Word form: confirmed in the desk, given to whoever applies, filled in there, and read back."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keqiao.core.forms.paper.office import ANNEX
from keqiao.readers.forms.taking import take
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.office_document import NO_TEMPLATE, UNFIT_TEMPLATE
from keqiao.web.applications.queries import answers_of
from keqiao.web.files.models import StoredFile
from keqiao.web.files.queries import path_of
from keqiao.web.programmes.actions import publish
from keqiao.web.programmes.documents import PURPOSE
from keqiao.web.programmes.models import Call
from tests.readers.forms.broken import BROKEN, broken
from tests.readers.forms.test_office_lines import through_libreoffice
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of
from tests.web.programmes.sent_forms import sent_by

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINES = ["某市科协项目申报书", "项目名称：____________", "填报日期：    年  月  日"]
MORE = {"f1": "2026-06-01", "f2": "0398-2000001"}
ROWS = [["项目内容（200字以内）", ""], ["联系电话", ""]]


def office_document(lines: list[str] = LINES, rows: list[list[str]] = ROWS) -> SimpleUploadedFile:
    document = docx.Document()
    for words in lines:
        document.add_paragraph(words)
    table = document.add_table(rows=len(rows), cols=2)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    written = io.BytesIO()
    document.save(written)
    return SimpleUploadedFile("申报书.docx", written.getvalue(), DOCX)


def confirmed(client: Client, call: Call, document: SimpleUploadedFile) -> None:
    """An officer uploads the document and confirms everything as it was recognised."""
    client.force_login(call.created_by)
    page = reverse("programmes:form_paper", args=[call.pk]) + "?node=f1"
    address = client.post(page, {"file": document}).headers["Location"]
    answer = client.post(address, sent_by(client.get(address)))
    assert answer.status_code == 302


@pytest.fixture
def call(client: Client) -> Call:
    """A published call whose form is printed on the office's own document."""
    made = make.draft_call(make.association(), makers.definition())
    confirmed(client, made, office_document())
    made.draft.refresh_from_db()
    publish(made.pk, made.draft.version, actor=made.created_by, at=makers.NOW, note="测试")
    made.refresh_from_db()
    return made


@pytest.fixture
def draft(client: Client, call: Call) -> Application:
    found = makers.draft(call, **MORE)
    client.force_login(found.created_by)
    return found


def taken(client: Client, application: Application, name: str = "draft_form") -> bytes:
    answer = client.get(reverse(f"applications:{name}", args=[application.pk, "docx"]))
    assert answer.status_code == 200
    return answer.content


def said_by(content: bytes) -> list[str]:
    """What stands in the document, line by line and cell by cell."""
    with NamedTemporaryFile(suffix=".docx") as file:
        file.write(content)
        file.flush()
        return [piece.text for piece in take(Path(file.name)).pieces if piece.place == "body"]


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "".join(package.read(each).decode() for each in package.namelist() if name in each)


def sent_back(client: Client, application: Application, content: bytes) -> Any:
    upload = SimpleUploadedFile("申报书.docx", content, DOCX)
    return client.post(reverse("applications:word", args=[application.pk]), {"file": upload})


def typed_into(content: bytes) -> bytes:
    """What somebody does in Word: writes on the line, into the cell, and on the sheet behind."""
    document = docx.Document(io.BytesIO(content))
    (line,) = [each for each in document.paragraphs if each.text.startswith("项目名称")]
    line.add_run("在 Word 中填的名称")
    for table in document.tables:
        for row in table.rows:
            texts = [cell.text for cell in row.cells]
            if texts[0].startswith("项目内容"):
                row.cells[1].text = "在 Word 中填的内容"
            if texts[0] == "合作单位":
                row.cells[-1].text = "某某学会"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def read_in(page: Any) -> dict[str, Any]:
    return json.loads(page.context["kept"])["answers"]


def test_whoever_applies_gets_the_document_of_the_office_fills_it_in_and_has_it_read(client, draft):
    blank = taken(client, draft, "blank_form")

    assert said_by(blank)[:3] == LINES
    page = sent_back(client, draft, typed_into(blank))

    assert page.context["is_this_form"]
    assert read_in(page) == {
        "project": "在 Word 中填的名称",
        "summary": "在 Word 中填的内容",
        "partner": {"name": "某某学会"},
    }
    assert page.context["left_over"] == ()
    client.post(
        reverse("applications:take_over", args=[draft.pk]),
        {"kept": page.context["kept"], "take": ["project", "partner"]},
    )
    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], answers["partner"]) == ("在 Word 中填的名称", {"name": "某某学会"})


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_it_is_read_as_well_when_libreoffice_has_saved_it(client, draft, tmp_path):
    path = tmp_path / "form.docx"
    path.write_bytes(taken(client, draft))

    page = sent_back(client, draft, through_libreoffice(path, tmp_path).read_bytes())

    assert page.context["is_this_form"]
    assert read_in(page) == answers_of(draft)


def test_a_draft_is_the_document_with_its_words_and_the_rest_on_a_sheet_behind(client, draft):
    content = taken(client, draft)

    said = said_by(content)
    assert said[1] == "项目名称：流动科技馆进乡镇"
    assert said[2] == "填报日期：2026年6月1日"
    assert {"面向六个乡镇开展巡展。", "0398-2000001", ANNEX, "张工", "13800000000"} <= set(said)
    assert "草稿" in part_of(content, "header")
    page = sent_back(client, draft, content)
    assert read_in(page) == answers_of(draft)
    assert page.context["left_over"] == ()


def test_what_was_submitted_is_the_document_with_fingerprint_and_without_the_word_draft(client, draft):
    makers.submit(draft)
    submission = Submission.objects.get(application=draft)

    answer = client.get(reverse("applications:submitted_form", args=[submission.pk, "docx"]))

    said = said_by(answer.content)
    assert said[1] == "项目名称：流动科技馆进乡镇"
    assert "410105198001011239" in said
    digits = submission.digest[:16]
    foot = " ".join(digits[at : at + 4] for at in range(0, 16, 4))
    assert foot in part_of(answer.content, "footer")
    assert "草稿" not in part_of(answer.content, "header")


def test_nobody_else_gets_it_and_the_document_itself_is_not_open_to_those_who_apply(client, draft, call):
    stored = StoredFile.objects.get(purpose=PURPOSE)
    address = reverse("applications:draft_form", args=[draft.pk, "docx"])

    assert client.get(address).status_code == 200
    assert client.get(reverse("files:download", args=[stored.pk])).status_code == 404
    client.force_login(makers.applicant(makers.unit()))
    assert client.get(address).status_code == 404


def test_a_document_that_is_gone_is_told_and_our_own_layout_is_not_given_instead(client, draft):
    path, sent = path_of(StoredFile.objects.get(purpose=PURPOSE)), taken(client, draft)
    kept = path.read_bytes()
    path.unlink()
    try:
        answer = client.get(reverse("applications:draft_form", args=[draft.pk, "docx"]), follow=True)
        page = sent_back(client, draft, sent)
        pdf = client.get(reverse("applications:draft_form", args=[draft.pk, "pdf"]))
    finally:
        path.write_bytes(kept)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert str(NO_TEMPLATE) in words_of(answer)
    assert (page.status_code, page.context["form"].errors["file"]) == (422, [str(NO_TEMPLATE)])
    assert pdf.headers["Content-Type"] == "application/pdf"


def test_a_document_that_carries_a_macro_is_never_filled_whoever_names_it(client, draft):
    path = path_of(StoredFile.objects.get(purpose=PURPOSE))
    kept = path.read_bytes()
    hostile = io.BytesIO(kept)
    with zipfile.ZipFile(hostile, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    path.chmod(0o600)
    path.write_bytes(hostile.getvalue())
    try:
        answer = client.get(reverse("applications:draft_form", args=[draft.pk, "docx"]), follow=True)
    finally:
        path.write_bytes(kept)

    assert str(NO_TEMPLATE) in words_of(answer)


@pytest.mark.parametrize("name", BROKEN)
def test_a_document_into_which_nothing_can_be_filled_is_told_to_those_who_want_to_fill_it(
    client, draft, name
):
    path = path_of(StoredFile.objects.get(purpose=PURPOSE))
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(broken(kept, name))
    try:
        answer = client.get(reverse("applications:draft_form", args=[draft.pk, "docx"]), follow=True)
    finally:
        path.write_bytes(kept)

    assert str(UNFIT_TEMPLATE) in words_of(answer)


def test_a_draft_keeps_the_paper_of_its_revision_until_it_moves_to_a_later_one(client, draft, call):
    old = taken(client, draft)
    others = ["2026年修订申报书", "申报项目名称（全称）：____________", "填报日期：    年  月  日"]
    confirmed(client, call, office_document(others, [["项目内容", ""], ["联系电话", ""]]))
    call.draft.refresh_from_db()
    publish(call.pk, call.draft.version, actor=call.created_by, at=makers.NOW, note="换表")
    client.force_login(draft.created_by)
    before = said_by(taken(client, draft))

    makers.save(draft, **MORE)

    after = said_by(taken(client, draft))
    assert (before[0], after[0]) == (LINES[0], others[0])
    assert "流动科技馆进乡镇" in "".join(after)
    page = sent_back(client, draft, old)
    assert read_in(page)["project"] == "流动科技馆进乡镇"
    assert read_in(page)["leader"] == makers.ANSWERS["leader"]
