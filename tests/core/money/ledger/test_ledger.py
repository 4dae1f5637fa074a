"""A grant of 10万元 in its ledger: what is paid, spent, moved between lines and given back; what does not fit."""

import random

import pytest

from keqiao.core.money.ledger import (
    Account,
    Admit,
    Approve,
    AskChange,
    Bounce,
    Claim,
    Close,
    DecideChange,
    Drop,
    Meet,
    NotBooked,
    Pay,
    Plan,
    Return,
    Waive,
    book,
    booked,
    broken_identities,
)
from keqiao.readers.messages import sentence
from tests.core.money.ledger.any_order import faults_in
from tests.core.money.ledger.planted import FAULTS, planted

WAN = 1_000_000
BUDGET = {"讲师费": 6 * WAN, "资料费": 4 * WAN}
BEGUN = (
    Approve(BUDGET),
    Plan("首款", 6 * WAN),
    Plan("尾款", 4 * WAN, condition="结项验收"),
    Pay("首款", "P1"),
)
SPENT = (
    *BEGUN,
    Claim("F1", "讲师费", 5 * WAN),
    Admit("F1", 4 * WAN),
    Claim("F2", "资料费", WAN),
    Admit("F2", WAN),
)
GRANTS = 40
ENOUGH = 400  # grants within which every planted fault shows


def refusal(entries, entry):
    """The code with which the entry is refused."""
    with pytest.raises(NotBooked) as refused:
        book(booked(entries), entry)
    assert sentence(refused.value.finding.code, refused.value.finding.values)
    return refused.value.finding.code


def test_what_is_paid_spent_and_in_hand():
    account = booked(SPENT)

    assert (account.approved_fen, account.planned_fen, account.paid_fen) == (10 * WAN, 10 * WAN, 6 * WAN)
    assert (account.admitted_fen, account.in_hand_fen) == (5 * WAN, WAN)
    assert (account.left_on("讲师费"), account.left_on("资料费")) == (2 * WAN, 3 * WAN)
    assert broken_identities(SPENT) == []


def test_unspent_money_goes_back_before_the_grant_is_settled():
    assert refusal(SPENT, Close()) == "ledger.not_settled"
    assert refusal(SPENT, Return(WAN + 1, "R1")) == "ledger.more_than_in_hand"
    settled = (*SPENT, Return(WAN, "R1"), Close())

    assert booked(settled).is_closed
    assert broken_identities(settled) == []
    assert refusal(settled, Pay("尾款", "P2")) == "ledger.closed"


def test_a_rest_that_need_not_be_paid_back_leaves_what_the_unit_holds():
    assert refusal(SPENT, Waive(WAN + 1)) == "ledger.more_than_in_hand"
    assert refusal(SPENT, Waive(0)) == "ledger.no_amount"
    in_part = (*SPENT, Return(WAN // 2, "R1"), Waive(WAN // 2))

    account = booked((*in_part, Close()))
    assert (account.returned_fen, account.waived_fen, account.in_hand_fen) == (WAN // 2, WAN // 2, 0)
    assert (account.is_closed, broken_identities((*in_part, Close()))) == (True, [])
    assert refusal(in_part, Bounce("P1")) == "ledger.returned_already"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Pay("首款", "P2"), "ledger.paid_already"),
        (Pay("尾款", "P2"), "ledger.condition_not_met"),
        (Pay("第三笔", "P2"), "ledger.not_there"),
        (Plan("第三笔", 1), "ledger.above_grant"),
        (Plan("首款", 1), "ledger.twice"),
        (Drop("首款"), "ledger.paid_already"),
        (Bounce("P9"), "ledger.not_there"),
        (Claim("F1", "资料费", 1), "ledger.twice"),
        (Claim("F3", "餐费", 1), "ledger.not_there"),
        (Claim("F3", "资料费", 0), "ledger.no_amount"),
        (Admit("F1", 5 * WAN + 1), "ledger.above_claim"),
        (AskChange("调1", {"讲师费": 3 * WAN, "资料费": 7 * WAN}), "ledger.line_below_admitted"),
        (AskChange("调1", {"讲师费": 6 * WAN, "资料费": 5 * WAN}), "ledger.above_grant"),
        (AskChange("调1", {"讲师费": 6 * WAN, "资料费": WAN}), "ledger.below_entered"),
        (Return(0, "R1"), "ledger.no_amount"),
        (Return(WAN, "P1"), "ledger.twice"),
        (Approve(BUDGET), "ledger.not_in_turn"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(entry, code):
    assert refusal(SPENT, entry) == code


def test_nothing_comes_before_the_grant():
    assert refusal((), Plan("首款", 1)) == "ledger.not_in_turn"


def test_an_instalment_whose_condition_is_met_is_paid_once():
    met = (*SPENT, Meet("尾款"), Pay("尾款", "P2"))

    assert booked(met).paid_fen == 10 * WAN
    assert refusal(met, Pay("尾款", "P3")) == "ledger.paid_already"


def test_a_payment_that_came_back_can_be_made_again_with_another_voucher():
    bounced = (*BEGUN, Bounce("P1"))

    assert booked(bounced).paid_fen == 0
    assert refusal(bounced, Pay("首款", "P1")) == "ledger.twice"
    assert booked((*bounced, Pay("首款", "P2"))).paid_fen == 6 * WAN


def test_money_moves_between_lines_only_by_a_granted_change():
    more = (*SPENT, Claim("F3", "资料费", 4 * WAN))
    assert refusal(more, Admit("F3", 4 * WAN)) == "ledger.above_line"
    asked = (*more, AskChange("调1", {"讲师费": 5 * WAN, "资料费": 5 * WAN}))
    assert refusal((*asked, DecideChange("调1", granted=False)), Admit("F3", 4 * WAN)) == "ledger.above_line"
    granted = (*asked, DecideChange("调1", granted=True), Admit("F3", 4 * WAN))

    assert booked(granted).left_on("资料费") == 0
    assert booked(granted).in_hand_fen == -3 * WAN  # the unit laid it out before the second instalment


def test_a_later_word_on_a_receipt_takes_the_place_of_the_first():
    assert booked((*SPENT, Admit("F1", 0))).admitted_fen == WAN


def test_receipts_that_nobody_judged_keep_the_grant_open():
    assert refusal((*BEGUN, Claim("F1", "讲师费", 1)), Close()) == "ledger.not_judged"


@pytest.mark.parametrize(
    ("entries", "broken"),
    [
        ((*BEGUN, Pay("首款", "P2")), ["payment"]),
        ((*BEGUN, Return(WAN, "P1")), ["voucher"]),
        ((*BEGUN, Plan("多", 1)), ["grant"]),
        ((*BEGUN, Claim("F", "资料费", 1), Admit("F", 2)), ["claim"]),
        ((*BEGUN, Claim("F", "资料费", 5 * WAN), Admit("F", 5 * WAN)), ["line"]),
        ((*BEGUN, Return(7 * WAN, "R")), ["back"]),
        ((*BEGUN, Return(6 * WAN, "R"), Waive(1)), ["back"]),
        ((*BEGUN, Claim("F", "资料费", -1)), ["negative"]),
        ((*BEGUN, Close()), ["closed"]),
    ],
)
def test_each_identity_names_what_breaks_it(entries, broken):
    assert broken_identities(entries) == broken


def test_entries_in_any_order_are_answered_as_the_oracle_answers_them():
    told = []
    assert [fault for seed in range(GRANTS) for fault in faults_in(random.Random(seed), told)] == []
    assert told.count("refused") < len(told)
    assert Account() == booked(())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault):
    with planted(FAULTS[fault]):
        assert any(list(faults_in(random.Random(seed), [])) for seed in range(ENOUGH))
