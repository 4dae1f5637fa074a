"""Two people at one form, undo and redo, versions, what was typed while the form was closed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import posted_from, words_of

pytestmark = pytest.mark.django_db


def fill_address(application: Application) -> str:
    return reverse("applications:fill", args=[application.pk])


@pytest.fixture
def draft() -> Application:
    return makers.draft(makers.call())


@pytest.fixture
def applicant(client: Client, draft: Application) -> Client:
    client.force_login(draft.created_by)
    return client


def typed(page: Any, **changes: str) -> dict[str, Any]:
    return {**posted_from(page), **{f"f.{name}": value for name, value in changes.items()}, "do": "save"}


def test_what_two_people_changed_is_decided_by_a_person_field_by_field(applicant: Client, draft: Application):
    colleague = Client()
    colleague.force_login(make.holder(Role.APPLICANT, draft.unit))
    mine, theirs = applicant.get(fill_address(draft)), colleague.get(fill_address(draft))
    colleague.post(fill_address(draft), typed(theirs, project="他们的名称"))

    merge = applicant.post(fill_address(draft), typed(mine, project="我的名称", summary="我写的内容"))

    assert merge.status_code == 409
    assert "我的名称" in words_of(merge)
    assert "他们的名称" in words_of(merge)
    form = next(
        one for one in html.fromstring(merge.content.decode()).forms if "merge" in str(one.get("action"))
    )
    kept = dict(form.form_values())
    assert applicant.post(form.get("action"), kept).status_code == 422
    applicant.post(form.get("action"), {**kept, "take.project": "theirs"})
    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], answers["summary"]) == ("他们的名称", "我写的内容")


def test_changes_to_different_fields_are_brought_together_by_themselves(
    applicant: Client, draft: Application
):
    colleague = Client()
    colleague.force_login(make.holder(Role.APPLICANT, draft.unit))
    mine, theirs = applicant.get(fill_address(draft)), colleague.get(fill_address(draft))
    colleague.post(fill_address(draft), typed(theirs, project="他们的名称"))

    applicant.post(fill_address(draft), typed(mine, summary="我写的内容"))

    answers = answers_of(makers.fresh(draft))
    assert (answers["project"], answers["summary"]) == ("他们的名称", "我写的内容")


def test_an_autosave_says_the_version_the_time_and_what_applies(applicant: Client, draft: Application):
    page = applicant.get(fill_address(draft))

    answer = applicant.post(reverse("applications:autosave", args=[draft.pk]), typed(page, project="新名称"))

    said = answer.json()
    assert said["version"] == draft.version + 1
    assert "project" in said["applies"]
    assert answers_of(makers.fresh(draft))["project"] == "新名称"


def test_an_autosave_on_what_others_changed_writes_nothing_and_names_the_field(
    applicant: Client, draft: Application
):
    page = applicant.get(fill_address(draft))
    makers.save(draft, project="他们的名称")

    answer = applicant.post(
        reverse("applications:autosave", args=[draft.pk]), typed(page, project="我的名称")
    )

    assert answer.status_code == 409
    assert answer.json() == {"why": "changed", "fields": ["项目名称"]}
    assert answers_of(makers.fresh(draft))["project"] == "他们的名称"


def test_undo_brings_back_what_was_said_and_redo_what_was_undone(applicant: Client, draft: Application):
    makers.save(draft, project="新名称")

    applicant.post(reverse("applications:undo", args=[draft.pk]), {"version": makers.fresh(draft).version})
    undone = answers_of(makers.fresh(draft))["project"]
    applicant.post(reverse("applications:redo", args=[draft.pk]), {"version": makers.fresh(draft).version})

    assert (undone, answers_of(makers.fresh(draft))["project"]) == (makers.ANSWERS["project"], "新名称")


def test_a_version_says_what_it_changed_and_can_be_brought_back(applicant: Client, draft: Application):
    makers.save(draft, project="新名称")
    number = makers.fresh(draft).version

    listed = words_of(applicant.get(reverse("applications:versions", args=[draft.pk])))
    shown = words_of(applicant.get(reverse("applications:version", args=[draft.pk, number])))
    applicant.post(
        reverse("applications:restore", args=[draft.pk]), {"version": number, "wanted": number - 1}
    )

    assert f"第 {number} 版" in listed
    assert f"{makers.ANSWERS['project']}新名称" in shown.replace(" ", "")
    assert answers_of(makers.fresh(draft))["project"] == makers.ANSWERS["project"]


def test_a_row_is_added_and_taken_out_without_scripts(client: Client):
    columns = [{"id": "name", "label": "姓名"}, {"id": "part", "label": "分工"}]
    table = {"id": "team", "kind": "table", "label": "成员", "columns": columns, "most": 5}
    form = {"id": "f1", "title": "申报书", "fields": [table]}
    call = make.published_call(make.association(), make.definition(forms=[form], form="f1"))
    actor = makers.applicant(makers.unit())
    (unit_id,) = actor.organisations_as(Role.APPLICANT.value, makers.NOW)
    application = makers.actions.start(makers.offer(call).pk, unit_id, actor=actor, at=makers.NOW)
    client.force_login(actor)
    page = client.get(fill_address(application))

    first = {**posted_from(page), "f.team.0.name": "甲", "f.team.0.part": "统筹", "do": "add:team"}
    more = client.get(client.post(fill_address(application), first).url.partition("#")[0])
    second = {**posted_from(more), "f.team.1.name": "乙", "f.team.1.part": "讲解", "do": "save"}
    client.post(fill_address(application), second)
    page = client.get(fill_address(application))
    client.post(fill_address(application), {**posted_from(page), "do": "remove:f.team.0"})

    assert answers_of(makers.fresh(application))["team"] == [{"name": "乙", "part": "讲解"}]


def test_nobody_of_another_unit_finds_any_page_of_it(applicant: Client, draft: Application):
    names = ("detail", "fill", "versions", "preview", "submitting", "withdraw")
    addresses = [reverse(f"applications:{name}", args=[draft.pk]) for name in names]
    assert {applicant.get(address).status_code for address in addresses} == {200}

    applicant.force_login(makers.applicant(makers.unit()))

    assert {applicant.get(address).status_code for address in addresses} == {404}


def test_a_withdrawn_application_is_taken_up_again_as_a_draft(applicant: Client, draft: Application):
    makers.submit(draft)
    withdrawal = reverse("applications:withdraw", args=[draft.pk])
    assert applicant.post(withdrawal, {"reason": ""}).status_code == 422
    applicant.post(withdrawal, {"reason": "方案有变"})
    withdrawn = makers.fresh(draft).state

    applicant.post(reverse("applications:take_up_again", args=[draft.pk]))

    assert (withdrawn, makers.fresh(draft).state) == ("withdrawn", "draft")


def test_a_submitted_form_is_not_shown_for_filling_and_what_is_typed_then_is_kept_on_the_page(
    applicant: Client, draft: Application
):
    page = applicant.get(fill_address(draft))
    makers.submit(draft)

    assert applicant.get(fill_address(draft)).url == reverse("applications:detail", args=[draft.pk])
    answer = applicant.post(fill_address(draft), typed(page, project="迟到的修改"))

    assert answer.status_code == 409
    assert "迟到的修改" in answer.content.decode()
