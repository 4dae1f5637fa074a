"""Score sheets, totals and order, case by case."""

from decimal import Decimal
from fractions import Fraction

import pytest

from keqiao.core.findings import Verdict, Weight
from keqiao.core.programme.selection import Preference, Scorecard
from keqiao.core.scoring.checking import check_sheet
from keqiao.core.scoring.ranking import Beside, ranking
from keqiao.core.scoring.results import result_of
from keqiao.core.scoring.sheets import Mark, Sheet
from keqiao.core.scoring.totals import counting, joined, shown
from keqiao.readers.messages import say


def card(**more):
    criteria = [
        {"id": "theme", "name": "选题", "points": 40},
        {"id": "plan", "name": "方案", "points": 60},
    ]
    return Scorecard.model_validate({"criteria": criteria, **more})


def sheet(theme, plan, **more):
    return Sheet(f"{theme}+{plan}", {"theme": Mark(theme), "plan": Mark(plan)}, **more)


def results(the_card, **totals):
    return [result_of(the_card, name, [sheet(*each) for each in given]) for name, given in totals.items()]


def ranks(order):
    return [(each.application, each.rank) for each in order.order]


def test_from_five_sheets_on_one_highest_and_one_lowest_do_not_count():
    trimmed = card(joined="trimmed_mean")

    assert joined(trimmed, [Fraction(n) for n in (60, 80, 85, 90, 95)]) == 85
    assert joined(trimmed, [Fraction(n) for n in (95, 95, 80, 60, 60)]) == Fraction(235, 3)
    assert joined(trimmed, [Fraction(n) for n in (60, 80, 85, 95)]) == 80  # four: all count


@pytest.mark.parametrize(
    ("value", "decimals", "rounding", "told"),
    [
        (Fraction(9685, 1000), 2, "half_up", "9.69"),
        (Fraction(9685, 1000), 2, "truncated", "9.68"),  # as one city's table does it
        (Fraction(250, 3), 2, "half_up", "83.33"),
        (Fraction(5, 2), 0, "half_up", "3"),  # not to the even number
        (Fraction(599995, 10000), 2, "half_up", "60.00"),
    ],
)
def test_a_total_is_shown_as_the_card_says(value, decimals, rounding, told):
    assert str(shown(card(decimals=decimals, rounding=rounding), value)) == told


def test_the_total_that_is_shown_decides_unless_the_card_says_the_exact_one():
    assert counting(card(), Fraction(599995, 10000)) == 60
    assert counting(card(ranked_by="exact"), Fraction(599995, 10000)) == Fraction(599995, 10000)


def test_all_faults_of_a_sheet_are_told_at_once():
    the_card = card(
        criteria=[
            {
                "id": "theme",
                "name": "选题",
                "points": 40,
                "bands": [{"name": "优", "least": 30, "most": 40}, {"name": "差", "least": 0, "most": 29}],
            },
            {"id": "plan", "name": "方案", "points": 60},
        ],
        integrity="是否发现弄虚作假",
        vetoes=[{"id": "v1", "name": "选题不在指南范围内"}],
        comment_min_chars=10,
        recommendation=True,
    )
    spoilt = Sheet("s", {"theme": Mark(20, "优"), "plan": Mark(61), "price": Mark(1)}, comment="好 项 目")

    found = {(fault.code, fault.at) for fault in check_sheet(the_card, spoilt)}

    assert found == {
        ("scoring.integrity_unanswered", ("fraud",)),
        ("scoring.veto_unanswered", ("vetoes", "v1")),
        ("scoring.band_differs", ("marks", "theme")),
        ("scoring.points_outside", ("marks", "plan")),
        ("scoring.not_on_the_card", ("marks", "price")),
        ("scoring.comment_short", ("comment",)),
        ("scoring.recommendation_missing", ("recommends",)),
    }
    assert all(say(fault) and say(fault, "en") for fault in check_sheet(the_card, spoilt))


def test_who_finds_fraud_gives_nothing_says_why_and_a_person_is_told():
    the_card = card(integrity="是否发现弄虚作假", pass_mark=60)
    fraud = Sheet("s", fraud=True)

    assert [fault.code for fault in check_sheet(the_card, fraud)] == ["scoring.explanation_missing"]
    assert check_sheet(the_card, Sheet("s", fraud=True, comment="合同系伪造")) == ()
    outcome = result_of(the_card, "A", [sheet(40, 60, fraud=False), fraud])
    assert (outcome.verdict, outcome.total) == (Verdict.PERSON, 50)
    assert [finding.code for finding in outcome.findings] == ["scoring.fraud_found"]


def test_a_veto_puts_out_once_enough_experts_state_it():
    the_card = card(vetoes=[{"id": "v1", "name": "选题不符"}], vetoes_needed=2)
    states, not_so = sheet(40, 60, vetoes={"v1": True}), sheet(40, 60, vetoes={"v1": False})

    assert result_of(the_card, "A", [states, not_so, not_so]).verdict is Verdict.PERSON
    assert result_of(the_card, "A", [states, states, not_so]).verdict is Verdict.FAILS
    assert result_of(the_card, "A", [not_so]).verdict is Verdict.PASSES


def test_missing_sheets_need_a_person_whatever_the_total():
    the_card = card(experts=3, pass_mark=60)

    assert result_of(the_card, "A", [sheet(0, 0)]).verdict is Verdict.PERSON
    assert result_of(the_card, "A", []).total is None
    assert result_of(the_card, "A", [sheet(0, 0)] * 3).verdict is Verdict.FAILS


def test_equal_totals_are_parted_in_the_order_of_the_card_and_say_by_what():
    the_card = card(tie_breaks=[{"by": "criterion", "criterion": "plan"}, {"by": "vote"}])
    found = results(the_card, A=[(40, 30)], B=[(20, 50)], C=[(20, 50)], D=[(40, 40)])

    order = ranking(the_card, found, Beside(votes={"B": 3, "C": 4}))

    assert ranks(order) == [("D", 1), ("C", 2), ("B", 3), ("A", 4)]
    assert order.order[1].decided_by == ("criterion:plan", "vote")
    assert order.findings == ()


def test_equals_that_nothing_parts_share_a_rank_and_wait_for_a_person():
    the_card = card()
    order = ranking(the_card, results(the_card, A=[(40, 60)], B=[(30, 50)], C=[(20, 60)], D=[(1, 1)]))

    assert ranks(order) == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]
    assert [(each.code, each.weight) for each in order.findings] == [("scoring.tie_undecided", Weight.ASK)]


def test_a_preference_that_nobody_has_looked_at_decides_nothing_and_nothing_later_decides_for_it():
    the_card = card(tie_breaks=[{"by": "preference"}, {"by": "criterion", "criterion": "plan"}])
    found = results(the_card, A=[(40, 30)], B=[(20, 50)], C=[(0, 0)])
    own_money = (Preference(words="用自有经费支持创作的，同等条件下优先", strength="tie_break"),)

    unknown = ranking(the_card, found, Beside(own_money, {"A": {0: True}}))
    known = ranking(the_card, found, Beside(own_money, {"A": {0: True}, "B": {0: False}, "C": {0: False}}))

    assert ranks(unknown) == [("A", 1), ("B", 1), ("C", 3)]
    assert {each.code for each in unknown.findings} == {"scoring.tie_undecided", "scoring.preference_unknown"}
    assert ranks(known) == [("A", 1), ("B", 2), ("C", 3)]


def test_a_preferred_application_behind_others_is_told_but_not_lifted():
    the_card = card()
    found = results(the_card, A=[(40, 60)], B=[(40, 50)], C=[(0, 0)])
    met = {"A": {0: False}, "B": {0: True}, "C": {0: False}}

    def codes(strength):
        stated = (Preference(words="地方财政配套者优先", strength=strength),)
        order = ranking(the_card, found, Beside(stated, met))
        assert ranks(order) == [("A", 1), ("B", 2), ("C", 3)]
        return [(each.code, each.values["ahead"]) for each in order.findings]

    assert codes("priority") == codes("key_support") == [("scoring.preferred_behind", ("A",))]
    assert codes("tie_break") == []


def test_fewer_than_three_applications_are_told():
    the_card = card()
    order = ranking(the_card, results(the_card, A=[(40, 60)], B=[(40, 50)]))

    assert [(each.code, each.weight) for each in order.findings] == [("scoring.few_applicants", Weight.WARN)]


def test_what_is_open_takes_part_once_a_person_lets_it_in():
    the_card = card(experts=2)
    found = results(the_card, A=[(40, 60)], B=[(40, 50), (40, 50)], C=[(1, 1), (1, 1)])

    assert ranking(the_card, found).waiting == ("A",)
    admitted = ranking(the_card, found, Beside(admitted=frozenset({"A"})))
    assert ranks(admitted) == [("A", 1), ("B", 2), ("C", 3)]
    assert admitted.waiting == ()


def test_points_are_exact_whatever_way_they_are_written():
    the_card = card(item_decimals=1)
    written = [sheet(Decimal("30.1"), Decimal("50.2")), sheet(Decimal("30.10"), Decimal("50.20"))]

    assert [check_sheet(the_card, each) for each in written] == [(), ()]
    assert result_of(the_card, "A", written).total == Fraction(803, 10)
