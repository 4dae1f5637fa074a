"""What an award takes over: lines that add up to the amount, promises that shrink with the part that is awarded."""

from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.forms.awarded import AwardedLine, awarded_lines, shared


@given(st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=12), st.integers(1, 10**10))
def test_shares_add_up_to_the_amount_and_are_no_fen_off(grants, amount):
    lines = [AwardedLine(str(number), fen) for number, fen in enumerate(grants)]
    if not sum(grants):
        return

    found = shared(amount, lines)

    assert sum(found) == amount
    assert all(
        abs(each * sum(grants) - fen * amount) < sum(grants) for each, fen in zip(found, grants, strict=True)
    )


def test_without_a_budget_there_is_one_line_and_without_money_none():
    assert awarded_lines(None, {}, 500, "项目经费") == (AwardedLine("项目经费", 500),)
    assert awarded_lines(None, {}, 0, "项目经费") == ()
