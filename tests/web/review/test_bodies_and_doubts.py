"""Experts of one body are bounded as the call states; a doubt that was settled counts where it is looked up."""

from typing import Any

import pytest

from keqiao.web.applications.refusals import Refused
from keqiao.web.review import actions, queries
from keqiao.web.review.experts_shown import looked_up
from tests.web import make
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


@pytest.mark.parametrize(("is_same", "verdict"), [(False, "passes"), (True, "fails")])
def test_the_look_up_of_a_conflict_goes_by_what_was_settled(call, officer, is_same, verdict):
    application = rounds.passed(call, officer)
    found = rounds.opened(call, officer)
    namesake = rounds.expert(call.association, "张工")
    doubted = looked_up(namesake, application, NOW)
    assert (doubted.verdict, len(doubted.findings)) == ("person", 1)
    (reason,) = queries.board_of(found, NOW).conflicts.between(str(namesake.pk), str(application.pk))
    doubt = actions.Doubt(namesake.pk, application.pk, reason.rule, reason.about)

    actions.settle(found.pk, doubt, (is_same, "电话核实"), actor=officer, at=NOW)

    settled = looked_up(namesake, application, NOW)
    assert (settled.verdict, len(settled.findings)) == (verdict, int(is_same))


def test_no_more_experts_of_one_body_are_proposed_or_asked_than_the_call_states(officer):
    call = rounds.call({"of_one_body": 1})
    officer = make.officer(call.association)
    application = rounds.passed(call, officer)
    found = rounds.opened(call, officer)
    body = make.organisation()
    fellows = [rounds.expert(call.association) for _ in range(2)]
    for each in fellows:
        post(each.person, body)
    stranger = rounds.expert(call.association)

    proposal = queries.proposal_of(queries.board_of(found, NOW))
    asked = {each.expert for each in proposal.given}
    assert (len(asked), str(stranger.pk) in asked) == (2, True)

    pairs = {(str(each.pk), str(application.pk)) for each in fellows}
    with pytest.raises(Refused) as refused:
        actions.invite(found.pk, pairs, actor=officer, at=NOW)
    assert codes(refused) == ["review.too_many_of_one_body"]
    rounds.invited(found, officer, (fellows[0], application))
    with pytest.raises(Refused) as refused:
        rounds.invited(found, officer, (fellows[1], application))
    assert codes(refused) == ["review.too_many_of_one_body"]
