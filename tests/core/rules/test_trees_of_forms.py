"""The same trees ask about the fields of a form: paths are checked, sums are worked out, reasons name what was seen."""

from datetime import date

import pytest

from keqiao.core.rules.engine.compiled import compile_for
from keqiao.core.rules.engine.paths import BadTree
from keqiao.core.rules.engine.tree import (
    Attest,
    Compare,
    Fact,
    HowMany,
    Not,
    Span,
    Total,
    all_of,
    equals,
    if_case,
)
from keqiao.core.rules.engine.worlds import Fields, Rows, World
from keqiao.core.rules.facts import UNKNOWN

LINE = Fields({"kind": str, "source": str, "price_fen": int, "pieces": int, "amount_fen": int})
STEP = Fields({"begins": date, "ends": date})
FORM = World(
    Fields(
        {
            "starts": date,
            "ends": date,
            "grant_fen": int,
            "own_fen": int,
            "total_fen": int,
            "audience": frozenset[str],
            "audience_note": str,
            "given": Fields({"audience_note": bool}),
            "lines": Rows(LINE),
            "steps": Rows(STEP),
        }
    )
)
TOTAL, LINES = Fact(("total_fen",), name="总额"), Fact(("lines",), name="预算明细")
AMOUNT, KIND = Fact(("line", "amount_fen")), Fact(("line", "kind"))
ALL_LINES = Total("line", LINES, AMOUNT, name="明细合计")
LABOUR = Total("line", LINES, AMOUNT, where=equals(KIND, "劳务费"), name="劳务费合计")
LABOUR_OF_AT_MOST_350 = Compare(LABOUR, "<=", 35_000, name="labour")


def line(kind, amount_fen):
    return {"kind": kind, "amount_fen": amount_fen}


def test_a_total_is_what_the_lines_add_up_to_and_both_are_told():
    check = compile_for(FORM, Compare(TOTAL, "==", ALL_LINES))
    lines = (line("劳务费", 100_000), line("材料费", 250_000), line("其他", None))

    right, wrong = {"total_fen": 350_000, "lines": lines}, {"total_fen": 300_000, "lines": lines}

    assert check.truth(right) is True
    assert check.truth(wrong) is False
    assert check(wrong).seen == {"总额": 300_000, "明细合计": 350_000}


def test_what_nobody_has_filled_in_is_missing_and_no_fault():
    check = compile_for(FORM, Compare(TOTAL, "==", ALL_LINES))
    unfilled = {"lines": ({"kind": "劳务费"},)}

    assert check.truth(unfilled) is UNKNOWN
    assert check(unfilled).missing == ("总额", "预算明细")


def test_the_lines_of_one_kind_are_added_up_and_those_left_empty_add_nothing():
    check = compile_for(FORM, LABOUR_OF_AT_MOST_350)
    lines = (line("劳务费", 35_000), line("材料费", 314_999), line("劳务费", None))

    seen = check({"lines": (*lines, line("劳务费", 1))})

    assert (seen.truth, seen.seen) == (False, {"劳务费合计": 35_001})
    assert check.truth({"lines": lines}) is True
    assert check.truth({"lines": ({"amount_fen": 5},)}) is UNKNOWN


def test_a_row_that_is_wrong_is_told_by_its_number():
    ends_after = Compare(Fact(("step", "begins")), "<=", Fact(("step", "ends")))
    check = compile_for(FORM, HowMany("step", Fact(("steps",)), Not(ends_after), most=0))
    steps = (
        {"begins": date(2023, 3, 1), "ends": date(2023, 4, 1)},
        {"begins": date(2023, 5, 1), "ends": date(2023, 4, 1)},
    )

    outcome = check({"steps": steps})

    assert outcome.truth is False
    assert [part.at for part in outcome.parts if part.node == ends_after and part.truth is False] == [(1,)]


def test_days_and_months_between_two_fields():
    starts, ends = Fact(("starts",)), Fact(("ends",))
    check = compile_for(
        FORM, all_of(Compare(starts, "<=", ends), Compare(Span(starts, ends, "months"), "<=", 12))
    )

    assert check.truth({"starts": date(2023, 3, 1), "ends": date(2024, 3, 31)}) is True
    assert check.truth({"starts": date(2023, 3, 1), "ends": date(2024, 4, 1)}) is False


def test_a_field_is_wanted_only_where_another_says_so():
    check = compile_for(
        FORM,
        if_case(equals(Fact(("audience",)), "其他"), equals(Fact(("given", "audience_note")), value=True)),
    )

    asked = {"audience": frozenset({"青少年", "其他"}), "given": {"audience_note": False}}

    assert check.truth(asked) is False
    assert check.truth({**asked, "audience": frozenset({"青少年"})}) is True
    assert check.truth({**asked, "given": {"audience_note": True}}) is True


def test_a_person_judges_where_the_form_has_a_place_for_it():
    with_judgements = World(Fields({"approved": frozenset[str]}))
    check = compile_for(with_judgements, Attest("audience-is-new"))

    assert check.truth({"approved": frozenset({"audience-is-new"})}) is True
    assert (check.truth({"approved": frozenset()}), check.truth({})) == (UNKNOWN, UNKNOWN)


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        (equals(Fact(("totle_fen",)), 1), "nothing has totle_fen"),
        (Compare(TOTAL, ">=", Fact(("starts",))), "总额 >= starts: these cannot be compared"),
        (Compare(TOTAL, "==", Total("line", LINES, KIND)), "line.kind is no number"),
        (Compare(TOTAL, "==", Total("line", TOTAL, AMOUNT)), "总额 is no list"),
        (Compare(TOTAL, "==", Total("line", LINES, TOTAL)), "nothing has total_fen"),
        (Compare(TOTAL, "==", LINES), "预算明细 is a list"),
        (HowMany("total_fen", LINES, equals(KIND, "劳务费")), "the name 'total_fen' already means something"),
        (Attest("x"), "nothing has approved"),
    ],
)
def test_a_check_that_no_form_can_answer_is_refused(tree, says):
    with pytest.raises(BadTree) as refused:
        compile_for(FORM, tree)

    assert says in str(refused.value)
