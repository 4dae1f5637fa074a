"""A call is revised while drafts are open: what an applicant sees, keeps, and sends of the earlier form afterwards."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.core.forms.paper import paper_of
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.queries import answers_of, last_submission, specification_of, submitted_answers
from keqiao.web.programmes import actions as calls
from keqiao.web.programmes.models import Call, Draft
from keqiao.writers.forms.word import write_word
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import posted_from, words_of
from tests.web.applications.test_pages_word import DOCX

pytestmark = pytest.mark.django_db

BASIS = {"id": "basis", "kind": "long_text", "label": "工作基础", "max_chars": 100}
NAME = "流动科技馆进乡镇"
ACCOUNT = "6222020200112233445"


def fields(*without: str, **changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of the form without some, others changed, with those that are new behind them."""
    known = {each["id"] for each in makers.FIELDS}
    kept = [changed.get(each["id"], each) for each in makers.FIELDS if each["id"] not in without]
    return [*kept, *(each for key, each in changed.items() if key not in known)]


def revise(call: Call, asked: list[dict[str, Any]]) -> None:
    """The officer changes the form and publishes the call again."""
    draft = Draft.objects.get(call=call)
    draft.definition |= {"forms": [{"id": "f1", "title": "申报书", "fields": asked}]}
    draft.save()
    calls.publish(call.pk, draft.version, actor=call.created_by, at=makers.NOW, note="改表")


@pytest.fixture
def draft() -> Application:
    return makers.draft(makers.call(), account=ACCOUNT)


@pytest.fixture
def applicant(client: Client, draft: Application) -> Client:
    client.force_login(draft.created_by)
    return client


def fill_address(draft: Application) -> str:
    return reverse("applications:fill", args=[draft.pk])


def typed(page: Any, do: str = "save", **changes: str) -> dict[str, Any]:
    return {**posted_from(page), **{f"f.{name}": value for name, value in changes.items()}, "do": do}


def test_the_page_says_before_anything_is_saved_what_the_revision_will_move(applicant, draft):
    revise(draft.call, fields("account", basis=BASIS))

    page = applicant.get(fill_address(draft))

    words = words_of(page)
    assert "通知已修订，申报书还是原来的表格" in words
    assert "“备用账号”已从表中取消，原内容保留在页面下方。" in words
    assert "表中新增“工作基础”，请填写。" in words
    assert reverse("portal:revision", args=[draft.call.slug, 2]) in page.content.decode()
    assert makers.fresh(draft).version == draft.version


def test_saving_moves_it_and_the_page_lists_what_moved_and_keeps_what_was_typed(applicant, draft):
    page = applicant.get(fill_address(draft))
    revise(draft.call, fields("account", basis=BASIS))

    shown = applicant.post(fill_address(draft), typed(page, "move"), follow=True)

    words = words_of(shown)
    assert "通知修订后，表格有 2 处变动" in words
    assert "通知已修订，申报书还是原来的表格" not in words
    assert "通知修订后不再需要的内容" in words
    assert ACCOUNT in words
    assert 'href="#f.basis"' in shown.content.decode()
    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], "account" in answers) == (NAME, False)


def test_what_was_typed_on_the_old_page_goes_along_even_into_a_field_that_is_gone(applicant, draft):
    page = applicant.get(fill_address(draft))
    revise(draft.call, fields("account", "summary", project={**makers.FIELDS[0], "id": "title"}))

    applicant.post(
        fill_address(draft), typed(page, project="改过的名称", summary="刚写的内容", account="111")
    )

    answers = answers_of(makers.fresh(draft))
    assert answers["title"] == "改过的名称"
    kept = {each["label"]: each["text"] for each in answers[LEFT_OVER]}
    assert kept == {"项目内容": "刚写的内容", "备用账号": "111"}


def test_an_autosave_from_the_old_page_moves_it_too_and_asks_for_the_page_again(applicant, draft):
    page = applicant.get(fill_address(draft))
    revise(draft.call, fields("account"))

    address = reverse("applications:autosave", args=[draft.pk])
    answer = applicant.post(address, typed(page, project="改过的名称")).json()

    assert answer["reload"] is True
    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], len(answers[LEFT_OVER])) == ("改过的名称", 1)


def test_two_people_before_and_after_a_revision_lose_nothing(applicant, draft):
    colleague = Client()
    colleague.force_login(make.holder(Role.APPLICANT, draft.unit))
    mine, theirs = applicant.get(fill_address(draft)), colleague.get(fill_address(draft))
    revise(draft.call, fields("account"))
    colleague.post(fill_address(draft), typed(theirs, project="他们的名称"))

    applicant.post(fill_address(draft), typed(mine, summary="我写的内容", account="222"))

    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], answers["summary"]) == ("他们的名称", "我写的内容")
    assert [each["text"] for each in answers[LEFT_OVER]] == ["222"]


def test_what_is_left_over_is_kept_until_it_is_removed_and_comes_back_with_its_field(applicant, draft):
    revise(draft.call, fields("account", "summary"))
    page = applicant.post(fill_address(draft), typed(applicant.get(fill_address(draft)), "move"), follow=True)
    (first, _second) = answers_of(makers.fresh(draft))[LEFT_OVER]
    assert first["label"] == "项目内容"

    page = applicant.post(fill_address(draft), typed(page, "forget:1"), follow=True)
    assert ACCOUNT not in words_of(page)
    revise(draft.call, makers.FIELDS)
    applicant.post(fill_address(draft), typed(page, "move"))

    answers = answers_of(makers.fresh(draft))
    assert answers["summary"] == makers.ANSWERS["summary"]
    assert LEFT_OVER not in answers


def test_what_was_sensitive_stays_under_lock_when_its_field_is_gone_and_is_never_submitted(draft):
    revise(draft.call, fields("account"))
    makers.save(draft, account=ACCOUNT)

    standing = Version.objects.get(application=draft, number=makers.fresh(draft).version)
    assert ACCOUNT not in str(standing.answers)
    makers.submit(draft)
    submission = last_submission(draft)
    assert ACCOUNT not in submission.content
    assert LEFT_OVER not in submitted_answers(submission, whole=True)


def test_a_category_that_is_gone_is_said_at_once_with_its_name(applicant, draft):
    named = Draft.objects.get(call=draft.call)
    named.definition["categories"] = [{**named.definition["categories"][0], "id": "c9", "name": "科普基地"}]
    named.save()
    calls.publish(draft.call_id, named.version, actor=draft.call.created_by, at=makers.NOW, note="改类别")

    page = applicant.get(fill_address(draft))

    assert "通知修订后已没有所选的类别（科普活动）" in words_of(page)
    assert applicant.post(fill_address(draft), typed(page)).status_code == 409


def in_word(draft: Application, folder: Path, **answers: Any) -> SimpleUploadedFile:
    """The form as it is asked of the draft now, filled in Word."""
    specification = specification_of(draft)
    assert specification is not None
    path = folder / "form.docx"
    write_word(paper_of(specification, {**makers.ANSWERS, **answers}, to_fill=True), path)
    return SimpleUploadedFile("申报书.docx", path.read_bytes(), DOCX)


def test_a_word_form_of_the_earlier_revision_is_read_as_what_it_is_and_brought_along(
    applicant, draft, tmp_path
):
    document = in_word(draft, tmp_path, project="在 Word 中改的名称", account="333")
    renamed = {**makers.FIELDS[0], "id": "title"}
    revise(draft.call, fields("account", "project", title=renamed, basis=BASIS))

    page = applicant.post(reverse("applications:word", args=[draft.pk]), {"file": document})

    words = words_of(page)
    assert "这份文件是通知修订前的表格" in words
    assert "文件由通知第 1 版的表格下载" in words
    assert "这份文件不是由本申报书的表格下载的" not in words
    assert "333" in words
    said = {"kept": page.context["kept"], "take": ["title"]}
    applicant.post(reverse("applications:take_over", args=[draft.pk]), said)
    assert answers_of(makers.fresh(draft))["title"] == "在 Word 中改的名称"


def test_a_word_form_of_the_new_revision_moves_the_draft_before_it_is_read(applicant, draft, tmp_path):
    revise(draft.call, fields(basis=BASIS))
    moved = Application(
        call=draft.call, revision=draft.call.revisions.order_by("-number")[0], node=draft.node
    )
    document = in_word(moved, tmp_path, basis="已有三年经验")

    page = applicant.post(reverse("applications:word", args=[draft.pk]), {"file": document})

    assert "已有三年经验" in words_of(page)
    assert "这份文件" not in words_of(page)


def test_what_was_returned_is_corrected_in_the_form_in_which_it_was_submitted(client):
    application = makers.submitted(makers.call())
    makers.returned(application)
    revise(application.call, fields("account"))
    client.force_login(application.created_by)

    words = words_of(client.get(fill_address(application)))

    assert "通知已修订" not in words
