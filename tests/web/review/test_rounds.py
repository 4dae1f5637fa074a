"""Rounds through their acts: made for one scorecard, experts asked, sheets sealed, outcomes written at closing."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from keqiao.core.findings import Verdict
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.review import actions, queries
from keqiao.web.review.models import Entry, Outcome, Round, Sheet, Task
from keqiao.web.review.verification import CHECKS
from tests.web import make
from tests.web.applications import makers
from tests.web.review import rounds
from tests.web.review.expert_makers import post

pytestmark = pytest.mark.django_db
NOW = rounds.NOW


@pytest.fixture
def call() -> Any:
    return rounds.call()


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


def codes(refused: Any) -> list[str]:
    return [each.code for each in refused.value.findings]


def events(row: Any) -> list[str]:
    rows = Event.objects.filter(chain_kind=row._meta.label_lower, chain_id=str(row.pk)).order_by("sequence")
    return list(rows.values_list("act", flat=True))


def duties(row: Any) -> list[str]:
    rows = Duty.objects.filter(about_id=str(row.pk), settled_at__isnull=True)
    return list(rows.values_list("kind", flat=True))


def faults() -> list[str]:
    return [fault.code for _name, check in CHECKS for fault in check().faults]


def test_a_round_takes_in_what_has_passed_the_formal_check(call, officer):
    one = rounds.passed(call, officer)
    makers.submitted(call)

    found = rounds.made(call, officer)

    assert list(found.entries.values_list("application_id", "mark")) == [(one.pk, "A-001")]
    assert duties(found) == ["review.assignment"]


def test_an_application_stands_in_one_live_round_only(call, officer):
    rounds.passed(call, officer)
    rounds.made(call, officer)

    with pytest.raises(Refused) as refused:
        rounds.made(call, officer)
    assert codes(refused) == ["review.nothing_to_judge"]

    later = rounds.passed(call, officer)
    assert [row.application_id for row in Entry.objects.filter(round=rounds.made(call, officer))] == [
        later.pk
    ]


def test_a_call_without_a_scorecard_is_not_judged(officer):
    call = makers.call()
    officer = make.officer(call.association)
    rounds.passed(call, officer)

    with pytest.raises(Refused) as refused:
        rounds.made(call, officer)

    assert codes(refused) == ["review.no_scorecard"]


def test_fewer_experts_than_the_call_states_are_refused(call, officer):
    rounds.passed(call, officer)

    with pytest.raises(Refused) as refused:
        rounds.made(call, officer, experts=1, closes_at=NOW)

    assert codes(refused) == ["review.experts_fewer", "review.dates_in_disorder"]


def test_the_scorecard_is_frozen_when_the_round_opens(call, officer):
    rounds.passed(call, officer)
    found = rounds.made(call, officer)
    assert found.card == {}

    actions.open_round(found.pk, actor=officer, at=NOW)

    assert [each["id"] for each in rounds.fresh(found).card["criteria"]] == ["plan", "team"]
    assert events(found) == ["made", "opened"]


def test_the_clock_opens_a_round_once_experts_are_asked(call, officer):
    application = rounds.passed(call, officer)
    found = rounds.made(call, officer)
    actions.open_rounds_due(NOW)
    assert rounds.fresh(found).state == "planned"

    rounds.invited(found, officer, (rounds.expert(call.association), application))
    actions.open_rounds_due(NOW)

    assert rounds.fresh(found).state == "open"


def test_whoever_is_in_conflict_is_never_asked(call, officer):
    application = rounds.passed(call, officer)
    found = rounds.opened(call, officer)
    own = rounds.expert(call.association)
    post(own.person, application.unit)

    with pytest.raises(Refused) as refused:
        actions.invite(found.pk, {(str(own.pk), str(application.pk))}, actor=officer, at=NOW)

    assert codes(refused) == ["review.in_conflict", "conflict.sure"]
    assert not Task.objects.exists()


def test_a_doubt_is_settled_by_an_officer_with_a_reason(call, officer):
    application = rounds.passed(call, officer)
    found = rounds.opened(call, officer)
    namesake = rounds.expert(call.association, "张工")
    pair = (str(namesake.pk), str(application.pk))

    with pytest.raises(Refused) as refused:
        actions.invite(found.pk, {pair}, actor=officer, at=NOW)
    assert codes(refused) == ["review.in_doubt", "conflict.unsure"]

    (reason,) = queries.board_of(found, NOW).conflicts.between(*pair)
    doubt = actions.Doubt(namesake.pk, application.pk, reason.rule, reason.about)
    with pytest.raises(Refused) as refused:
        actions.settle(found.pk, doubt, (False, " "), actor=officer, at=NOW)
    assert codes(refused) == ["review.reason_missing"]
    actions.settle(found.pk, doubt, (False, "电话核实，同名不同人"), actor=officer, at=NOW)

    assert len(actions.invite(found.pk, {pair}, actor=officer, at=NOW)) == 1


def test_the_proposal_fills_every_place_and_keeps_what_stands(call, officer):
    applications = [rounds.passed(call, officer) for _ in range(3)]
    experts = [rounds.expert(call.association) for _ in range(3)]
    found = rounds.opened(call, officer)
    rounds.invited(found, officer, (experts[0], applications[0]))

    proposal = queries.proposal_of(queries.board_of(found, NOW))

    assert len(proposal.given) == 6
    assert [each.fixed for each in proposal.given].count(True) == 1
    assert set(proposal.loads.values()) == {2}


def test_whoever_declined_is_not_proposed_again(call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(3)]
    found = rounds.opened(call, officer)
    (task,) = rounds.invited(found, officer, (experts[0], application))
    actions.leave_task(task.pk, "decline", "出差", actor=rounds.account(experts[0]), at=NOW)

    proposal = queries.proposal_of(queries.board_of(found, NOW))

    assert {each.expert for each in proposal.given} == {str(each.pk) for each in experts[1:]}


def test_an_expert_who_is_full_is_not_asked_for_more(call, officer):
    applications = [rounds.passed(call, officer) for _ in range(2)]
    busy = rounds.expert(call.association, most=1)
    found = rounds.opened(call, officer)

    with pytest.raises(Refused) as refused:
        rounds.invited(found, officer, *((busy, each) for each in applications))

    assert codes(refused) == ["review.too_many"]


def test_an_invitation_is_told_once_and_owed(call, officer):
    applications = [rounds.passed(call, officer) for _ in range(2)]
    expert = rounds.expert(call.association)
    found = rounds.opened(call, officer)

    tasks = rounds.invited(found, officer, *((expert, each) for each in applications))

    told = Message.objects.filter(template="review.invited").values_list("recipient_id", flat=True)
    assert set(told) == {rounds.account(expert).pk}
    assert [duties(task) for task in tasks] == [["review.invitation"]] * 2


def test_it_is_accepted_with_a_pledge_only(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))

    with pytest.raises(Refused) as refused:
        actions.accept_task(task.pk, pledged=False, actor=rounds.account(expert), at=NOW)
    assert codes(refused) == ["review.pledge_missing"]

    assert rounds.accepted(task).pledged_at == NOW
    assert duties(task) == ["review.sheet"]


def test_nobody_else_answers_or_scores(call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    one, _other = rounds.invited(found, officer, *((each, application) for each in experts))

    for stranger in (rounds.account(experts[1]), officer, make.user()):
        with pytest.raises(Task.DoesNotExist):
            actions.accept_task(one.pk, pledged=True, actor=stranger, at=NOW)
        with pytest.raises(Task.DoesNotExist):
            actions.save_sheet(one.pk, actions.Typed(0, rounds.ANSWERS), actor=stranger, at=NOW)


def test_two_windows_never_overwrite_each_other(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    rounds.accepted(task)
    by = {"actor": rounds.account(expert), "at": NOW}
    actions.save_sheet(task.pk, actions.Typed(0, rounds.ANSWERS), **by)

    other = {**rounds.ANSWERS, "comment": "另一个窗口"}
    with pytest.raises(actions.SheetChanged):
        actions.save_sheet(task.pk, actions.Typed(0, other), **by)

    sheet = Sheet.objects.get(task=task)
    assert (sheet.version, sheet.answers["comment"]) == (1, "")
    assert actions.save_sheet(task.pk, actions.Typed(1, other), **by).version == 2
    assert events(task) == ["invited", "accepted", "begun", "saved"]


def test_all_faults_of_a_sheet_are_told_at_once_and_nothing_is_sealed(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    rounds.accepted(task)
    marks = {"plan": {"points": "六十"}, "team": {"points": "50"}}

    typed = actions.Typed(0, {**rounds.ANSWERS, "marks": marks})

    with pytest.raises(Refused) as refused:
        actions.seal_sheet(task.pk, typed, actor=rounds.account(expert), at=NOW)

    assert codes(refused) == ["review.points_unreadable", "scoring.points_outside"]
    assert rounds.fresh(task).state == "accepted"


def test_what_is_sealed_does_not_change(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    task = rounds.sealed(task)
    sheet = Sheet.objects.get(task=task)

    with pytest.raises(Refused) as refused:
        actions.save_sheet(task.pk, actions.Typed(1, rounds.ANSWERS), actor=rounds.account(expert), at=NOW)

    assert codes(refused) == ["review.wrong_state"]
    assert len(sheet.digest) == 64
    assert duties(task) == []
    assert Message.objects.filter(template="review.sealed").exists()


def test_a_round_closes_by_the_clock_and_writes_what_the_sheets_come_to(call, officer):
    one, other, third = (rounds.passed(call, officer) for _ in range(3))
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    pairs = [(expert, each) for each in (one, other, third) for expert in experts]
    tasks = rounds.invited(found, officer, *pairs)
    for task, plan in zip(tasks[:5], ("50", "41", "55", "55", "10"), strict=True):
        rounds.sealed(task, plan=plan)

    found = rounds.closed(found)

    assert found.state == "closed"
    assert rounds.fresh(tasks[5]).state == "missed"
    seen = {each.application_id: each for each in queries.outcomes_of(call.pk)}
    assert seen[one.pk].total == Fraction(78)
    assert (seen[other.pk].shown, seen[other.pk].ranked.rank) == (Decimal("87.50"), 1)
    assert seen[one.pk].ranked.rank == 2
    assert (seen[third.pk].verdict, seen[third.pk].ranked) == (Verdict.PERSON, None)
    assert [each.code for each in seen[third.pk].result.findings] == ["scoring.sheets_missing"]
    assert faults() == []
    assert [duties(each) for each in (found, *tasks)] == [[]] * 7


def test_outcomes_of_an_open_round_are_not_given(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    rounds.sealed(task)

    assert queries.outcomes_of(call.pk) == ()


def test_an_officer_closes_early_only_when_every_sheet_is_sealed(call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    rounds.sealed(tasks[0])

    with pytest.raises(Refused) as refused:
        actions.close_round(found.pk, actor=officer, at=NOW)
    assert codes(refused) == ["review.not_all_sealed"]

    rounds.sealed(tasks[1])
    actions.close_round(found.pk, actor=officer, at=NOW)
    assert Outcome.objects.get(round=found).sheets == 2


def test_nothing_is_scored_after_the_last_moment(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    (task,) = rounds.invited(rounds.opened(call, officer), officer, (expert, application))
    rounds.accepted(task)

    late = rounds.CLOSES + timedelta(seconds=1)

    with pytest.raises(Refused) as refused:
        actions.save_sheet(task.pk, actions.Typed(0, rounds.ANSWERS), actor=rounds.account(expert), at=late)

    assert codes(refused) == ["review.over"]


def test_a_sheet_of_somebody_who_stands_back_counts_no_more(call, officer):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(3)]
    found = rounds.opened(call, officer)
    tasks = rounds.invited(found, officer, *((each, application) for each in experts))
    for task, plan in zip(tasks, ("60", "40", "20"), strict=True):
        rounds.sealed(task, plan=plan, team="30")

    actions.leave_task(tasks[0].pk, "recuse", "与负责人合作过", actor=rounds.account(experts[0]), at=NOW)
    found = rounds.closed(found)

    outcome = Outcome.objects.get(round=found)
    assert (outcome.total, outcome.sheets) == ("60", 2)
    assert faults() == []


def test_a_cancelled_round_leaves_its_applications_free(call, officer):
    application = rounds.passed(call, officer)
    expert = rounds.expert(call.association)
    found = rounds.opened(call, officer)
    (task,) = rounds.invited(found, officer, (expert, application))

    actions.cancel_round(found.pk, "评分标准有误", actor=officer, at=NOW)

    assert (rounds.fresh(task).state, duties(task)) == ("cancelled", [])
    assert Message.objects.filter(template="review.task_gone").exists()
    assert rounds.made(call, officer).entries.count() == 1


def test_the_office_of_another_association_finds_nothing(call, officer):
    rounds.passed(call, officer)
    found = rounds.made(call, officer)
    stranger = make.officer(make.association())

    for act in (actions.open_round, actions.close_round, actions.take_in):
        with pytest.raises(Round.DoesNotExist):
            act(found.pk, actor=stranger, at=NOW)


@pytest.mark.parametrize("planted", ["state", "digest", "outcome"])
def test_verify_notices_what_was_changed_by_hand(call, officer, planted):
    application = rounds.passed(call, officer)
    experts = [rounds.expert(call.association) for _ in range(2)]
    found = rounds.opened(call, officer)
    for task in rounds.invited(found, officer, *((each, application) for each in experts)):
        rounds.sealed(task)
    rounds.closed(found)
    assert faults() == []

    if planted == "state":
        Task.objects.filter(round=found).update(state="missed")
    elif planted == "digest":
        sheet = Sheet.objects.first()
        sheet.answers["comment"] = "改过"
        sheet.save()
    else:
        Outcome.objects.update(total="99", shown="99")

    assert faults() != []
