"""Days are read in the spellings of forms, tables and search boxes; nothing is guessed."""

from datetime import date

import pytest

from keqiao.core.workdays import NotADay, parse_day, parse_days


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-30",
        "2023-4-30",
        "2023.4.30",
        "2023/04/30",
        "2023年4月30日",
        "2023年4月30号",
        "20230430",
        " ２０２３年４月 30日 ",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(text):
    assert parse_day(text) == date(2023, 4, 30)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023.12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2023年4月", date(2023, 4, 1), date(2023, 4, 30)),
    ],
)
def test_a_month_and_a_year_are_spans(text, first, last):
    assert parse_days(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "明天",
        "2023-02-30",
        "2023-13-01",
        "4月30日",
        "23-4-30",
        "2023-4-30 9:00",
        "0000-01-01",
        "2023年x月",
    ],
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(NotADay) as refused:
        parse_days(text)
    assert refused.value.value == text


@pytest.mark.parametrize("text", ["2023", "2023-04"])
def test_a_span_is_not_a_day(text):
    with pytest.raises(NotADay):
        parse_day(text)
