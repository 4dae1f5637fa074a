"""The formal check through its acts: begin, answer, pass, refuse, take back; what follows the application."""

from typing import Any

import pytest

from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.rules.formal_check import Said, Topic
from keqiao.web.applications.models import Application
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.review import actions, queries
from keqiao.web.review.actions import Answered
from keqiao.web.review.models import CheckAnswer, FormalCheck
from keqiao.web.review.verification import CHECKS
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
NOW = makers.NOW
STATEMENT = {
    "id": "r1",
    "type": "declared",
    "summary": "有稳定的志愿者队伍",
    "about": "capacity",
    "source": {"clause": "二·1"},
}
ALWAYS = ["always.category_fits", "always.papers_legible", "always.names_agree"]


@pytest.fixture
def call() -> Any:
    return makers.call(rules=[STATEMENT], applicants={"kinds": ["单位"]})


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


def begun(call: Any, officer: Any) -> FormalCheck:
    return actions.begin(makers.submitted(call).pk, actor=officer, at=NOW)


def fresh(check: FormalCheck) -> FormalCheck:
    return FormalCheck.objects.select_related("application").get(pk=check.pk)


def keys_of(check: FormalCheck) -> list[str]:
    return [each.point.key for each in queries.looked_at(check, NOW).points]


def answered(check: FormalCheck, officer: Any, **said: Answered) -> None:
    """Every point meets what is asked, but for those that are ``said`` otherwise (by key, dots as underscores)."""
    given = [said.get(key.replace(".", "_"), Answered(key, Said.MEETS)) for key in keys_of(check)]
    actions.answer(check.pk, check.digest, given, actor=officer, at=NOW)


def events(check: FormalCheck) -> list[str]:
    return list(
        Event.objects.filter(chain_id=str(check.pk)).order_by("sequence").values_list("act", flat=True)
    )


def open_duties(check: FormalCheck) -> list[str]:
    rows = Duty.objects.filter(about_id=str(check.pk), settled_at__isnull=True)
    return list(rows.values_list("kind", flat=True))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_what_the_facts_leave_open_is_looked_at_and_what_is_always_looked_at(call, officer):
    check = begun(call, officer)

    assert keys_of(check) == ["applicants", "debarment", "r1", *ALWAYS]
    assert check.points == 6


@pytest.mark.parametrize(("stamped", "keys"), [(True, ["paper.signature_page"]), (None, [])])
def test_the_stamped_page_is_looked_for_only_where_the_call_wants_one(stamped, keys):
    call = makers.call(filing={"stamped": stamped, "source": {"clause": "二·4"}})
    check = begun(call, make.officer(call.association))

    found = [each.point for each in queries.looked_at(check, NOW).points if each.point.topic is Topic.PAPER]
    assert [(each.key, each.source.clause) for each in found] == [(key, "二·4") for key in keys]


def test_copies_on_paper_that_have_not_come_are_asked_for_with_their_number():
    call = makers.call(filing={"copies": 3, "source": {"clause": "二·4"}})
    check = begun(call, make.officer(call.association))

    (found,) = [
        each.point for each in queries.looked_at(check, NOW).points if each.point.topic is Topic.PAPER
    ]
    assert (found.key, dict(found.findings[0].values)) == ("paper.copies", {"owed": 3, "came": 0})


def test_an_application_passes_when_every_point_is_answered(call, officer):
    check = begun(call, officer)
    answered(check, officer)

    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)

    assert fresh(check).state == FormalCheckState.PASSED.value
    assert events(check) == ["begun", "answered", "passed"]
    assert [row["said"] for row in fresh(check).found] == ["meets"] * 6


def test_points_that_nobody_looked_at_stand_against_passing_all_at_once(call, officer):
    check = begun(call, officer)
    actions.answer(check.pk, check.digest, [Answered("r1", Said.FAILS, "没有名册")], actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)

    assert sorted(codes(refused)) == ["formal_check.unanswered"] * 5 + ["formal_check.wanting"]
    assert fresh(check).state == FormalCheckState.OPEN.value


def test_it_is_refused_with_the_clause_and_the_unit_is_told(call, officer):
    check = begun(call, officer)
    answered(check, officer, r1=Answered("r1", Said.FAILS, "没有名册"))

    actions.refuse(check.pk, check.digest, "形式审查不合格。", actor=officer, at=NOW)

    message = Message.objects.get(template="review.formal_refused", channel="mail")
    assert fresh(check).state == FormalCheckState.REFUSED.value
    assert message.variables["clauses"] == "二·1"
    assert message.variables["reason"] == "形式审查不合格。"
    assert message.recipient_id == check.application.created_by_id


@pytest.mark.parametrize(
    ("said", "words", "code"),
    [
        (Said.MEETS, "不合格", "formal_check.nothing_wanting"),
        (Said.FAILS, " ", "formal_check.reason_missing"),
    ],
)
def test_nothing_is_refused_without_a_point_and_words(call, officer, said, words, code):
    check = begun(call, officer)
    answered(check, officer, r1=Answered("r1", said, "没有名册" if said is Said.FAILS else ""))

    with pytest.raises(Refused) as refused:
        actions.refuse(check.pk, check.digest, words, actor=officer, at=NOW)

    assert codes(refused) == [code]


def test_all_faults_of_the_answers_are_said_at_once_and_nothing_is_written(call, officer):
    check = begun(call, officer)
    wrong = [
        Answered("r1", Said.EXCEPTED),
        Answered("always.names_agree", Said.FAILS),
        Answered("r9", Said.MEETS),
    ]

    with pytest.raises(Refused) as refused:
        actions.answer(check.pk, check.digest, wrong, actor=officer, at=NOW)

    assert codes(refused) == [
        "formal_check.no_exception",
        "formal_check.reason_missing",
        "formal_check.reason_missing",
        "formal_check.no_such_point",
    ]
    assert not CheckAnswer.objects.exists()


def test_a_result_is_taken_back_for_a_reason_and_the_answers_stay(call, officer):
    check = begun(call, officer)
    answered(check, officer)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)

    actions.reopen(check.pk, "发现附件有误", actor=officer, at=NOW)

    now = fresh(check)
    assert (now.state, now.decided_by, now.found) == (FormalCheckState.OPEN.value, None, [])
    assert [each.said for each in queries.looked_at(now, NOW).points] == ["meets"] * 6
    with pytest.raises(Refused) as refused:
        actions.reopen(check.pk, " ", actor=officer, at=NOW)
    assert codes(refused) == ["formal_check.wrong_state"]


def test_what_was_corrected_is_looked_at_anew(call, officer):
    check = begun(call, officer)
    answered(check, officer)
    makers.returned(makers.fresh(check.application))
    assert fresh(check).state == FormalCheckState.RETURNED.value

    application = makers.fresh(check.application)
    makers.save(application, summary="面向六个乡镇开展巡展，每乡两场。")
    makers.submit(application)

    now = fresh(check)
    assert (now.state, now.digest == check.digest) == (FormalCheckState.OPEN.value, False)
    assert [each.said for each in queries.looked_at(now, NOW).points] == [""] * 6
    with pytest.raises(Refused) as refused:
        actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)
    assert codes(refused) == ["formal_check.content_changed"]


def test_what_passed_cannot_be_returned_before_the_result_is_taken_back(call, officer):
    check = begun(call, officer)
    answered(check, officer)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        makers.returned(makers.fresh(check.application))

    assert codes(refused) == ["formal_check.wrong_state"]
    assert makers.fresh(check.application).state == "submitted"


def test_a_withdrawn_application_leaves_the_check_and_begins_again_when_it_comes_back(call, officer):
    check = begun(call, officer)
    application = makers.fresh(check.application)
    makers.withdraw(application)
    assert fresh(check).state == FormalCheckState.WITHDRAWN.value

    makers.take_up_again(makers.fresh(application))
    makers.submit(makers.fresh(application))
    again = actions.begin(application.pk, actor=officer, at=NOW)

    assert (again.pk, again.state) == (check.pk, FormalCheckState.OPEN.value)
    assert events(check) == ["begun", "withdrawn", "begun_again"]


def test_beginning_twice_begins_once(call, officer):
    application = makers.submitted(call)

    first = actions.begin(application.pk, actor=officer, at=NOW)
    second = actions.begin(application.pk, actor=officer, at=NOW)

    assert (first.pk, events(first)) == (second.pk, ["begun"])


def test_a_draft_is_not_there_and_a_stranger_finds_nothing(call, officer):
    check = begun(call, officer)
    stranger = make.officer(make.association())

    with pytest.raises(Application.DoesNotExist):
        actions.begin(makers.draft(call).pk, actor=officer, at=NOW)
    with pytest.raises(FormalCheck.DoesNotExist):
        actions.pass_check(check.pk, check.digest, actor=stranger, at=NOW)


def test_whoever_looks_owes_it_until_it_is_decided(call, officer):
    check = begun(call, officer)
    assert open_duties(check) == ["review.formal_check"]

    answered(check, officer)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)
    assert open_duties(check) == []

    actions.reopen(check.pk, "发现附件有误", actor=officer, at=NOW)
    assert open_duties(check) == ["review.formal_check"]


def test_verification_finds_nothing_and_a_planted_fault(call, officer):
    check = begun(call, officer)
    answered(check, officer)
    actions.pass_check(check.pk, check.digest, actor=officer, at=NOW)
    assert [fault for _name, look in CHECKS for fault in look().faults] == []

    row = fresh(check)
    row.found[0]["said"] = "fails"
    row.save()
    assert [fault.code for _name, look in CHECKS for fault in look().faults] == [
        "formal_check.result_differs"
    ]
