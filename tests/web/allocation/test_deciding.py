"""A decision through its acts: begin, accept, depart, return, find out; nothing is lost and nothing half-done."""

from fractions import Fraction
from typing import Any

import pytest

from keqiao.core.allocation import Lift, Policy, Sharing
from keqiao.core.lifecycle.selection import SelectionState as S
from keqiao.web.allocation import actions
from keqiao.web.allocation.actions import Departure, Found
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.programmes.models import Call
from keqiao.web.review.models import Round
from tests.web import make
from tests.web.allocation import makers as making
from tests.web.allocation.makers import NOW, amounts, begun, filed, row_of, states

pytestmark = pytest.mark.django_db
WAN = 1_000_000


def call_of(**category: Any) -> Any:
    """A call with one category: two places of 3 to 6 wan, 10 wan in all."""
    stated = {
        "id": "c1",
        "name": "科普活动",
        "funding": {"kind": "range", "min_fen": 3 * WAN, "max_fen": 6 * WAN, "total_fen": 10 * WAN},
        "places": {"count": 2},
        "scorecard": making.CARD,
        **category,
    }
    return make.published_call(make.association(), make.definition(categories=[stated]))


@pytest.fixture
def call() -> Any:
    return call_of()


@pytest.fixture
def officer(call: Any) -> Any:
    return make.officer(call.association)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def accepted(decision: Decision, officer: Any) -> Decision:
    return actions.accept(decision.pk, decision.version, actor=officer, at=NOW)


def departed(decision: Decision, officer: Any, row: Selection, state: S, **more: Any) -> Decision:
    wanted = [Departure(row.pk, state, **more)]
    return actions.depart(decision.pk, decision.version, wanted, actor=officer, at=NOW)


def events(case: Any) -> list[str]:
    found = Event.objects.filter(chain_id=str(case.pk)).order_by("sequence")
    return list(found.values_list("act", flat=True))


def test_the_proposal_is_accepted_whole_and_every_item_leaves_its_event(call, officer):
    first, *_ = filed(call, "c1", 90, 80, 70, 50)
    decision = accepted(begun(call, officer), officer)

    assert states(decision) == {
        "c1甲": "proposed",
        "c1乙": "proposed",
        "c1丙": "reserve",
        "c1丁": "not_chosen",
    }
    assert amounts(decision) == {"c1甲": 5, "c1乙": 5}
    assert events(row_of(decision, first)) == ["ranked", "proposed"]
    assert events(decision) == ["begun", "accepted"]
    assert decision.version == 2


def test_beginning_twice_begins_once_and_the_office_owes_it(call, officer):
    filed(call, "c1", 90)
    first, second = begun(call, officer), begun(call, officer)

    assert first.pk == second.pk
    assert list(Duty.objects.filter(settled_at__isnull=True).values_list("kind", flat=True)) == [
        "allocation.decide"
    ]


def test_nothing_begins_while_experts_work_or_before_anything_passed(call, officer):
    with pytest.raises(Refused) as refused:
        begun(call, officer)
    assert codes(refused) == ["decision.nothing_passed"]

    filed(call, "c1", 90)
    Round.objects.update(state="open")
    with pytest.raises(Refused) as refused:
        begun(call, officer)
    assert codes(refused) == ["decision.rounds_open"]
    assert not Decision.objects.exists()


def test_a_stranger_finds_neither_call_nor_decision(call, officer):
    filed(call, "c1", 90)
    stranger = make.officer(make.association())
    with pytest.raises(Call.DoesNotExist):
        begun(call, stranger)
    decision = begun(call, officer)
    with pytest.raises(Decision.DoesNotExist):
        accepted(decision, stranger)


def test_who_saw_an_older_version_is_told_and_nothing_is_lost(call, officer):
    filed(call, "c1", 90, 80, 70)
    decision = begun(call, officer)
    seen = decision.version
    accepted(decision, officer)

    with pytest.raises(Refused) as refused:
        actions.accept(decision.pk, seen, actor=officer, at=NOW)
    assert codes(refused) == ["decision.changed_meanwhile"]


def test_leaving_out_and_taking_another_need_a_reason_each_and_both_are_said_at_once(call, officer):
    _first, second, third = filed(call, "c1", 90, 80, 70)
    decision = accepted(begun(call, officer), officer)
    out, into = row_of(decision, second), row_of(decision, third)
    swap = [Departure(out.pk, S.RESERVE), Departure(into.pk, S.PROPOSED, 5 * WAN)]

    with pytest.raises(Refused) as refused:
        actions.depart(decision.pk, decision.version, swap, actor=officer, at=NOW)
    assert codes(refused) == ["departure.left_out", "departure.taken_instead"]
    assert states(decision)["c1乙"] == "proposed"

    why = [
        Departure(out.pk, S.RESERVE, reason="已获其他资助"),
        Departure(into.pk, S.PROPOSED, 5 * WAN, reason="革命老区"),
    ]
    actions.depart(decision.pk, decision.version, why, actor=officer, at=NOW)
    assert states(decision) == {"c1甲": "proposed", "c1乙": "reserve", "c1丙": "proposed"}
    assert row_of(decision, third).reason == "革命老区"


@pytest.mark.parametrize(
    ("amount", "code"),
    [(7 * WAN, "departure.amount_out_of_bounds"), (6 * WAN, "departure.sum_passed")],
)
def test_what_the_call_forbids_is_refused_whatever_the_reason(call, officer, amount, code):
    first, _second = filed(call, "c1", 90, 80)
    decision = accepted(begun(call, officer), officer)

    with pytest.raises(Refused) as refused:
        departed(decision, officer, row_of(decision, first), S.PROPOSED, amount_fen=amount, reason="规模较大")

    assert code in codes(refused)
    assert amounts(decision) == {"c1甲": 5, "c1乙": 5}


def test_one_too_many_is_refused(call, officer):
    *_, third = filed(call, "c1", 90, 80, 70)
    decision = accepted(begun(call, officer), officer)

    with pytest.raises(Refused) as refused:
        departed(decision, officer, row_of(decision, third), S.PROPOSED, amount_fen=3 * WAN, reason="也很好")

    assert "departure.too_many" in codes(refused)


def test_what_was_decided_otherwise_stays_when_the_proposal_is_made_anew_until_it_is_returned_to(
    call, officer
):
    first, *_ = filed(call, "c1", 90, 80, 70)
    decision = accepted(begun(call, officer), officer)
    decision = departed(decision, officer, row_of(decision, first), S.NOT_CHOSEN, reason="主动说明不再承担")

    again = actions.propose_again(decision.pk, decision.version, actor=officer, at=NOW)
    again = accepted(again, officer)
    assert states(again)["c1甲"] == "not_chosen"

    row = row_of(again, first)
    actions.follow_proposal(again.pk, again.version, row.pk, actor=officer, at=NOW)
    assert (row_of(again, first).state, row_of(again, first).reason) == ("proposed", "")


def test_the_policy_changes_the_proposal(call, officer):
    filed(call, "c1", 90, 60)
    decision = begun(call, officer)
    policy = Policy(step_fen=WAN // 10, sharing=Sharing.PROPORTIONAL)

    decision = actions.set_policy(decision.pk, decision.version, policy, actor=officer, at=NOW)

    assert amounts(accepted(decision, officer)) == {"c1甲": pytest.approx(5.4), "c1乙": pytest.approx(4.6)}


def test_a_preference_lifts_who_has_it_once_somebody_found_out():
    call = call_of(
        places={"count": 1},
        funding={"kind": "fixed", "amount_fen": 5 * WAN},
        preferences=[{"words": "革命老区优先", "strength": "priority"}],
    )
    officer = make.officer(call.association)
    _first, second = filed(call, "c1", 90, 80)
    decision = begun(call, officer)
    found = [each["code"] for each in decision.proposed["proposal"]["findings"]]
    assert found.count("allocation.preference_unclear") == 2

    known = {row_of(decision, second).pk: Found(met={"0": True})}
    seen = (decision.pk, decision.version)
    decision = actions.find_out(seen, known, actor=officer, at=NOW, reason="老区证明")

    assert states(accepted(decision, officer)) == {"c1甲": "reserve", "c1乙": "proposed"}


def test_points_cannot_be_added_to_stated_ranks():
    call = call_of(preferences=[{"words": "优先", "strength": "priority"}])
    officer = make.officer(call.association)
    (row,) = filed(call, "c1", 90)
    decision = begun(call, officer)
    seen, ranks = (decision.pk, decision.version), {row_of(decision, row).pk: 1}
    decision = actions.state_ranks(seen, ranks, actor=officer, at=NOW, reason="会议核定")
    known = {row_of(decision, row).pk: Found(met={"0": True})}
    seen = (decision.pk, decision.version)
    decision = actions.find_out(seen, known, actor=officer, at=NOW, reason="证明")

    policy = Policy(lift_points={Lift.PRIORITY: Fraction(5)})
    with pytest.raises(Refused) as refused:
        actions.set_policy(decision.pk, decision.version, policy, actor=officer, at=NOW)
    assert codes(refused) == ["decision.points_on_ranks"]


def test_equals_at_the_line_stay_open_until_a_person_ranks_them(call, officer):
    rows = filed(call, "c1", 90, 80, 80)
    decision = accepted(begun(call, officer), officer)
    assert states(decision) == {"c1甲": "proposed", "c1乙": "ranked", "c1丙": "ranked"}

    ranks = {row_of(decision, row).pk: place for place, row in enumerate(rows, 1)}
    seen = (decision.pk, decision.version)
    decision = actions.state_ranks(seen, ranks, actor=officer, at=NOW, reason="专家组复议")

    assert states(accepted(decision, officer)) == {"c1甲": "proposed", "c1乙": "proposed", "c1丙": "reserve"}


def test_without_a_scorecard_the_order_is_stated_by_people():
    call = call_of(scorecard=None)
    officer = make.officer(call.association)
    first, second = (making.application(call, "c1", title) for title in ("甲", "乙"))
    decision = accepted(begun(call, officer), officer)
    assert states(decision) == {"甲": "ranked", "乙": "ranked"}

    ranks = {row_of(decision, first).pk: 2, row_of(decision, second).pk: 1}
    decision = actions.state_ranks(
        (decision.pk, decision.version), ranks, actor=officer, at=NOW, reason="办公会核定"
    )
    assert states(accepted(decision, officer)) == {"甲": "proposed", "乙": "proposed"}
    assert [row_of(decision, each).rank for each in (first, second)] == [2, 1]


def test_whoever_withdraws_leaves_the_decision(call, officer):
    filed(call, "c1", 90)
    decision = begun(call, officer)
    row = making.selection(decision, "proposed", amount_fen=5 * WAN)

    making.makers.withdraw(row.application)

    row.refresh_from_db()
    assert (row.state, row.amount_fen) == ("withdrawn", None)
