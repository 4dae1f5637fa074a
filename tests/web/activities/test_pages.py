"""Lists, one record, acts, several at once: who sees what, and in how many queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.activities.models import Activity
from keqiao.web.parties.models import Association
from tests.web import make
from tests.web.activities import makers
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return makers.project()


@pytest.fixture
def officer(client: Client, project: Any) -> Client:
    client.force_login(makers.officer(project))
    return client


@pytest.fixture
def unit(project: Any) -> Client:
    other = Client()
    other.force_login(makers.recorder(project))
    return other


def at(name: str, *arguments: Any) -> str:
    return reverse(f"activities:{name}", args=arguments)


def of(project: Any) -> str:
    return at("project", project.kind, project.id)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_lists_take_the_same_number_of_queries_for_one_and_for_three(officer, unit, project):
    makers.reported(project)
    one = [queries(officer, of(project)), queries(officer, at("queue")), queries(unit, of(project))]
    makers.reported(project)
    makers.reported(project, title="另一场")

    assert [queries(officer, of(project)), queries(officer, at("queue")), queries(unit, of(project))] == one


def test_a_record_takes_the_same_number_of_queries_with_one_and_three_pieces_of_evidence(unit, project):
    few = makers.recorded(project)
    many = makers.recorded(project, links=[f"https://example.org/{number}" for number in range(3)])

    assert queries(unit, at("record", few.pk)) == queries(unit, at("record", many.pk))


def test_a_list_is_narrowed_by_kind_state_and_words_and_exported(officer, project):
    makers.reported(project, title="讲座甲")
    makers.recorded(project, kind="post", title="资讯乙", values={"platform": "科创中国"})

    def titles(asked: str) -> list[str]:
        return [each["row"].title for each in officer.get(f"{of(project)}?{asked}").context["rows"]]

    assert titles("kind=post") == ["资讯乙"]
    assert titles("state=reported") == ["讲座甲"]
    assert titles("q=讲座") == ["讲座甲"]
    assert officer.get(f"{of(project)}?export=csv").content.decode("utf-8-sig").count("\n") == 3


def test_several_are_verified_from_the_list(officer, project):
    rows = [makers.reported(project) for _ in range(2)]

    answer = officer.post(at("several"), {"act": "verify", "row": [row.pk for row in rows]})

    assert (answer.status_code, answer.url) == (302, at("queue"))
    assert set(Activity.objects.values_list("state", flat=True)) == {"verified"}


def test_several_are_returned_with_one_reason_back_to_the_list_of_the_project(officer, project):
    row = makers.reported(project)
    sent = {"act": "return", "row": [row.pk], "of": f"{project.kind}:{project.id}"}

    assert officer.post(at("several"), sent).url == of(project)
    row.refresh_from_db()
    assert row.state == "reported"  # without a reason nothing is returned
    officer.post(at("several"), sent | {"reason": "缺少签到表"})
    row.refresh_from_db()
    assert (row.state, row.words) == ("returned", "缺少签到表")


@pytest.mark.parametrize("rows", [[], ["not-an-id"]])
def test_nothing_ticked_is_said(officer, rows):
    assert officer.post(at("several"), {"act": "verify", "row": rows}).status_code == 302


def test_a_record_of_another_association_is_not_among_the_several(officer, project):
    own, foreign = makers.reported(project), makers.reported(makers.project())

    answer = officer.post(at("several"), {"act": "verify", "row": [own.pk, foreign.pk]})

    assert answer.status_code == 404
    assert not Activity.objects.filter(state="verified").exists()


def test_the_office_and_the_unit_see_a_record_and_nobody_else(officer, unit, project):
    row = makers.reported(project)
    leader, stranger, foreign = Client(), Client(), Client()
    leader.force_login(
        make.holder(Role.LEADER, Association.objects.get(pk=project.association_id).organisation)
    )
    stranger.force_login(makers.recorder(makers.project()))
    foreign.force_login(make.officer(make.association()))

    seen = [each.get(at("record", row.pk)).status_code for each in (officer, unit, leader, stranger, foreign)]
    listed = [each.get(of(project)).status_code for each in (officer, unit, leader, stranger, foreign)]
    assert seen == listed == [200, 200, 200, 404, 404]
    assert leader.post(at("act", row.pk, "verify")).status_code == 404


def test_acts_are_done_from_the_page_and_an_act_that_is_not_open_is_not_shown(officer, unit, project):
    row = makers.recorded(project)
    assert unit.get(at("act", row.pk, "return")).status_code == 404
    assert unit.get(at("act", row.pk, "lock")).status_code == 404

    assert unit.post(at("act", row.pk, "report")).url == at("record", row.pk)
    page = officer.post(at("act", row.pk, "return"), {"reason": " "})
    assert page.status_code == 409
    assert "请写明理由。" in words_of(page)
    officer.post(at("act", row.pk, "return"), {"reason": "补充照片"})

    assert "补充照片" in words_of(unit.get(at("record", row.pk)))


def test_a_record_that_cannot_be_changed_any_more_has_no_form(unit, project):
    assert unit.get(at("edit", makers.verified(project).pk)).status_code == 404
    assert unit.get(at("edit", makers.recorded(project).pk)).status_code == 200


def test_what_somebody_else_changed_meanwhile_is_said_and_nothing_is_lost(unit, project):
    row = makers.recorded(project)
    sent = {"title": "新名称", "start": "2026-05-21", "version": "7", "v.participants": "61"}

    page = unit.post(at("edit", row.pk), sent)

    assert (page.status_code, page.context["form"]["title"].value()) == (409, "新名称")
    assert unit.post(at("edit", row.pk), sent | {"version": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.version, row.values["participants"]) == ("新名称", 2, "61")


def test_a_unit_does_not_read_who_in_the_office_did_it(officer, unit, project):
    row = makers.verified(project)
    name = row.verified_by.display_name

    assert name in words_of(officer.get(at("record", row.pk)))
    assert name not in words_of(unit.get(at("record", row.pk)))


def test_unlocking_goes_to_a_second_person(officer, project):
    row = makers.verified(project)
    makers.actions.lock_project(project.kind, project.id, at=makers.NOW)

    officer.post(at("act", row.pk, "unlock"), {"reason": "审计发现有误"})

    row.refresh_from_db()
    assert row.state == "locked"
    assert "解锁申请待审批" in words_of(officer.get(at("record", row.pk)))
