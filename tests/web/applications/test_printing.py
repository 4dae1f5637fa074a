"""The form and the receipt as files: who gets them, and what stands on them."""

import io
import zipfile

import pdfplumber
import pytest
from django.urls import reverse

from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.printing import draft_sheet, submitted_sheet
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return makers.submitted(makers.call(), account="6200000000000001")


def submission_of(application: Application) -> Submission:
    return Submission.objects.select_related("application__unit", "application__call").get(
        application=application
    )


def words_of_pdf(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        said = "".join(glyph["text"] for page in pdf.pages for glyph in page.chars)
    return "".join(said.split())


def words_of_word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def test_the_submitted_form_says_what_was_submitted_with_number_and_fingerprint(client, application):
    submission = submission_of(application)
    client.force_login(application.created_by)

    answer = client.get(reverse("applications:submitted_form", args=[submission.pk, "pdf"]))

    words = words_of_pdf(answer.content)
    digits = submission.digest[:16]
    assert answer.headers["Content-Type"] == "application/pdf"
    for said in ("流动科技馆进乡镇", "410105198001011239", "6200000000000001", submission.number, digits):
        assert said.replace(" ", "") in words.replace("·", "")
    assert "草稿" not in words


def test_the_office_gets_it_without_what_is_kept_under_lock(client, application):
    submission = submission_of(application)
    client.force_login(make.officer(application.call.association))

    answer = client.get(reverse("applications:submitted_form", args=[submission.pk, "pdf"]))

    words = words_of_pdf(answer.content)
    assert ("流动科技馆进乡镇" in words, "410105198001011239" in words, "6200000000000001" in words) == (
        True,
        False,
        False,
    )


def test_another_unit_gets_none_of_the_files(client, application):
    client.force_login(makers.applicant(makers.unit()))
    submission = submission_of(application)

    addresses = [
        reverse("applications:submitted_form", args=[submission.pk, "pdf"]),
        reverse("applications:receipt_file", args=[submission.pk]),
        reverse("applications:draft_form", args=[application.pk, "pdf"]),
        reverse("applications:blank_form", args=[application.pk, "docx"]),
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 4


def test_a_draft_is_marked_as_one_and_can_be_filled_in_further_in_word(client):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)

    pdf = client.get(reverse("applications:draft_form", args=[draft.pk, "pdf"])).content
    word = client.get(reverse("applications:draft_form", args=[draft.pk, "docx"])).content

    assert ("草稿" in words_of_pdf(pdf), "流动科技馆进乡镇" in words_of_pdf(pdf)) == (True, True)
    assert ("<w:sdt>" in words_of_word(word), "流动科技馆进乡镇" in words_of_word(word)) == (True, True)


def test_a_blank_form_holds_nothing_that_was_typed(client):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)

    words = words_of_word(client.get(reverse("applications:blank_form", args=[draft.pk, "docx"])).content)

    assert ("项目名称" in words, "流动科技馆进乡镇" in words) == (True, False)


def test_there_is_no_other_kind_of_file(client):
    draft = makers.draft(makers.call())
    client.force_login(draft.created_by)

    assert client.get(reverse("applications:draft_form", args=[draft.pk, "exe"])).status_code == 404


def test_the_receipt_says_number_time_and_the_whole_digest(client, application):
    submission = submission_of(application)
    client.force_login(application.created_by)

    answer = client.get(reverse("applications:receipt_file", args=[submission.pk]))

    words = words_of_pdf(answer.content)
    for said in (submission.number, submission.digest, "流动科技馆进乡镇", "2026-06-01T10:00:00+08:00"):
        assert said in words


def test_the_same_submission_gives_the_same_file(application):
    submission, by = submission_of(application), application.created_by

    sheets = [submitted_sheet(submission, by, makers.NOW) for _ in range(2)]

    assert sheets[0].content("pdf") == sheets[1].content("pdf")


def test_a_region_is_printed_with_its_name():
    region = make.region("411202", name="湖滨区")
    fields = [{"id": "area", "kind": "region", "label": "实施地区"}]
    form = {"id": "f1", "title": "申报书", "fields": [*makers.FIELDS, *fields]}
    call = make.published_call(make.association(), make.definition(forms=[form], form="f1"))
    draft = makers.draft(call, area=region.code)

    assert f"湖滨区（{region.code}）" in [cell.words for cell in draft_sheet(draft, "pdf").paper.cells()]
