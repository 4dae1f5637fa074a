"""A form filled in Word comes back: what was read is shown, chosen, and saved; nothing is overwritten in silence."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from keqiao.core.forms.paper import paper_of
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of, specification_of
from keqiao.writers.forms.word import write_word
from tests.web.applications import makers
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def draft() -> Application:
    return makers.draft(makers.call())


@pytest.fixture
def applicant(client: Client, draft: Application) -> Client:
    client.force_login(draft.created_by)
    return client


def filled(draft: Application, folder: Path, **answers: Any) -> SimpleUploadedFile:
    """The form of the draft as Word file, with these answers."""
    specification = specification_of(draft)
    assert specification is not None
    path = folder / "form.docx"
    write_word(paper_of(specification, {**makers.ANSWERS, **answers}, to_fill=True), path)
    return SimpleUploadedFile("申报书.docx", path.read_bytes(), DOCX)


def test_what_was_filled_in_word_is_shown_and_saved_only_as_far_as_it_is_chosen(
    applicant: Client, draft: Application, tmp_path: Path
):
    document = filled(draft, tmp_path, project="在 Word 中改的名称", summary="在 Word 中改的内容")

    page = applicant.post(reverse("applications:word", args=[draft.pk]), {"file": document})

    assert "在 Word 中改的名称" in words_of(page)
    assert answers_of(makers.fresh(draft))["project"] == makers.ANSWERS["project"]
    said = {"kept": page.context["kept"], "take": ["project"]}
    applicant.post(reverse("applications:take_over", args=[draft.pk]), said)
    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], answers["summary"]) == ("在 Word 中改的名称", makers.ANSWERS["summary"])


def test_words_that_belong_to_no_field_are_shown(applicant: Client, draft: Application, tmp_path: Path):
    document = Document(io.BytesIO(filled(draft, tmp_path).read()))
    document.add_paragraph("另附说明：场地已经落实。")
    changed = io.BytesIO()
    document.save(changed)
    upload = SimpleUploadedFile("申报书.docx", changed.getvalue(), DOCX)

    page = applicant.post(reverse("applications:word", args=[draft.pk]), {"file": upload})

    assert "另附说明：场地已经落实。" in words_of(page)


def test_a_file_that_is_no_word_form_is_refused_with_its_reason(applicant: Client, draft: Application):
    upload = SimpleUploadedFile("申报书.docx", b"%PDF-1.4\n%%EOF\n", DOCX)

    page = applicant.post(reverse("applications:word", args=[draft.pk]), {"file": upload})

    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_what_the_page_carries_is_taken_in_its_shape_only(applicant: Client, draft: Application):
    address = reverse("applications:take_over", args=[draft.pk])

    answer = applicant.post(address, {"kept": json.dumps({"version": "1", "answers": []})})

    assert answer.url == reverse("applications:word", args=[draft.pk])
    assert makers.fresh(draft).version == draft.version
