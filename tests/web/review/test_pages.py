"""The pages of the formal check: what waits, one check with all its points, results and their refusal."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keqiao.core.rules.formal_check import Said
from keqiao.web.accounts.roles import Role
from keqiao.web.review import actions
from keqiao.web.review.actions import Answered
from keqiao.web.review.models import CheckAnswer, FormalCheck
from tests.web import make
from tests.web.applications import makers
from tests.web.applications.pages import words_of

pytestmark = pytest.mark.django_db
NOW = makers.NOW


@pytest.fixture
def call() -> Any:
    return makers.call()


@pytest.fixture
def officer(client: Client, call: Any) -> Client:
    """The browser of an officer of the call."""
    client.force_login(make.officer(call.association))
    return client


def begun(call: Any) -> FormalCheck:
    return actions.begin(makers.submitted(call).pk, actor=make.officer(call.association), at=NOW)


def address(name: str, pk: Any) -> str:
    return reverse(f"review:{name}", args=[pk])


def form_of(page: Any, said: str = "meets", **more: str) -> dict[str, str]:
    """The form of a check with the same answer at every point."""
    rows = [row for group in page.context["groups"] for row in group.rows]
    sent = {f"said:{row.key}": said for row in rows}
    return {"digest": page.context["check"].digest, **sent, **more}


def test_what_has_arrived_is_counted_and_begun_at_once(officer, call):
    for _ in range(2):
        makers.submitted(call)
    makers.draft(call)

    page = officer.get(address("call", call.pk))
    counted = page.context["counted"]
    assert (counted.waiting, counted.open, counted.in_all) == (2, 0, 2)

    officer.post(address("begin", call.pk))
    counted = officer.get(address("call", call.pk)).context["counted"]
    assert (counted.waiting, counted.open, counted.in_all) == (0, 2, 2)


def test_all_points_are_answered_on_one_page_and_it_passes(officer, call):
    check = begun(call)
    page = officer.get(address("check", check.pk))

    answer = officer.post(address("check", check.pk), form_of(page, act="pass"))

    assert (answer.status_code, answer.url) == (302, address("call", call.pk))
    assert FormalCheck.objects.get(pk=check.pk).state == "passed"


def test_after_a_result_the_next_one_opens(officer, call):
    check, later = begun(call), begun(call)
    page = officer.get(address("check", check.pk))

    answer = officer.post(address("check", check.pk), form_of(page, act="pass"))

    assert answer.url == address("check", later.pk)


def test_the_rest_meets_in_one_act_what_is_said_otherwise_stays(officer, call):
    check = begun(call)
    digest = {"digest": check.digest, "act": "rest"}
    said = {"said:always.names_agree": "fails", "reason:always.names_agree": "印章不符"}

    officer.post(address("check", check.pk), digest | said)

    answers = dict(CheckAnswer.objects.values_list("key", "said"))
    assert answers["always.names_agree"] == "fails"
    assert {said for key, said in answers.items() if key != "always.names_agree"} == {"meets"}


def test_what_is_refused_stays_on_the_page_with_its_fault(officer, call):
    check = begun(call)
    said = {"said:always.names_agree": "fails", "reason:always.names_agree": "", "act": "save"}

    page = officer.post(address("check", check.pk), {"digest": check.digest} | said)

    (row,) = [row for group in page.context["groups"] for row in group.rows if row.fault]
    assert (page.status_code, row.key, row.said) == (409, "always.names_agree", "fails")
    assert "请写明理由。" in words_of(page)


def test_points_without_an_answer_are_all_marked(officer, call):
    check = begun(call)

    page = officer.post(address("check", check.pk), {"digest": check.digest, "act": "pass"})

    rows = [row for group in page.context["groups"] for row in group.rows]
    assert page.status_code == 409
    assert all(row.fault.code == "formal_check.unanswered" for row in rows)


def test_refusing_names_the_points_and_tells_why(officer, call):
    check = begun(call)
    answers = [Answered("always.names_agree", Said.FAILS, "印章不符")]
    actions.answer(check.pk, check.digest, answers, actor=make.officer(call.association), at=NOW)

    page = officer.get(address("refuse", check.pk))
    assert [row.key for row in page.context["wanting"]] == ["always.names_agree"]
    assert officer.post(address("refuse", check.pk), {"reason": " "}).status_code == 409
    officer.post(address("refuse", check.pk), {"reason": "形式审查不合格。"})

    assert FormalCheck.objects.get(pk=check.pk).words == "形式审查不合格。"


def test_the_unit_reads_what_was_found_wanting_once_it_is_decided(client, call):
    check = begun(call)
    applicant = check.application.created_by
    client.force_login(applicant)
    own = reverse("applications:detail", args=[check.application_id])
    staff = make.officer(call.association)
    answers = [Answered("always.names_agree", Said.FAILS, "印章与单位名称不符")]
    actions.answer(check.pk, check.digest, answers, actor=staff, at=NOW)
    assert "印章与单位名称不符" not in words_of(client.get(own))

    actions.refuse(check.pk, check.digest, "形式审查不合格。", actor=staff, at=NOW)

    assert "印章与单位名称不符" in words_of(client.get(own))


def test_a_leader_reads_and_does_not_act(client, call):
    check = begun(call)
    client.force_login(make.holder(Role.LEADER, call.association.organisation))

    assert client.get(address("check", check.pk)).context["may_act"] is False
    assert client.post(address("check", check.pk), {"digest": check.digest, "act": "rest"}).status_code == 404


def test_another_association_finds_nothing(client, call):
    check = begun(call)
    client.force_login(make.officer(make.association()))

    assert client.get(address("check", check.pk)).status_code == 404
    assert client.get(address("call", call.pk)).status_code == 404


def test_the_list_of_a_call_takes_the_same_number_of_queries_for_two_and_for_six(officer, call):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            officer.get(address("call", call.pk))
        return len(seen)

    for _ in range(2):
        begun(call)
    queries()
    few = queries()
    for _ in range(4):
        begun(call)

    assert queries() == few
