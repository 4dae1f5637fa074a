"""Numbers before the rows of a list: known in every way offices write them, and counted on alike."""

import pytest

from keqiao.core.forms.paper.row_numbers import is_row_number, row_number_after


@pytest.mark.parametrize("text", ["3", " 12 ", "3.", "3、", "（3）", "(3)", "（三）", "（十一）", "③"])
def test_a_number_of_a_row_is_known(text):
    assert is_row_number(text)


@pytest.mark.parametrize(
    "text", ["", "三", "2023", "3人", "（3人）", "（甲）", "3,4", "（3", "第三", "3（三）"]
)
def test_other_words_are_no_number_of_a_row(text):
    assert not is_row_number(text)


@pytest.mark.parametrize(
    ("first", "steps", "said"),
    [
        ("1", 3, "4"),
        ("1.", 9, "10."),
        ("（1）", 3, "（4）"),
        ("(2)", 1, "(3)"),
        ("（一）", 3, "（四）"),
        ("（一）", 10, "（十一）"),
        ("①", 3, "④"),
        ("①", 20, "21"),
    ],
)
def test_a_row_below_is_counted_on_alike(first, steps, said):
    assert row_number_after(first, steps) == said


def test_what_is_no_number_is_not_counted_on():
    with pytest.raises(ValueError, match="甲"):
        row_number_after("甲", 1)
