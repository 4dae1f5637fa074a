"""Dates, hours, placeholders and lengths of time."""

from datetime import date

import pytest

from keqiao.core.guides.quantities.dates import read_dates, read_terms

ISSUED = date(2022, 11, 8)


def iso(text, **known):
    return [moment.iso() for moment in read_dates(text, **known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年4月30日", "2023-04-30"),
        ("2022年06月30日", "2022-06-30"),
        ("2024年3月5号", "2024-03-05"),
        ("二〇二二年十一月八日", "2022-11-08"),
        ("二○二三年三月二十一日", "2023-03-21"),
        ("2020.3.7", "2020-03-07"),
        ("2020-03-07", "2020-03-07"),
        ("2020/3/7", "2020-03-07"),
        ("2023年12月底", "2023-12-31"),
        ("2023年12月", "2023-12-31"),
        ("2024年2月底", "2024-02-29"),
        ("2023年6月上旬", "2023-06-10"),
        ("2023年6月中旬", "2023-06-20"),
        ("2023年9月下旬", "2023-09-30"),
        ("2023年5月20日17:00", "2023-05-20T17:00"),
        ("2023年5月20日17时", "2023-05-20T17:00"),
        ("2023年5月20日17:30", "2023-05-20T17:30"),
        ("2023年5月20日下午5点", "2023-05-20T17:00"),
        ("2023年5月20日(星期六)12:00", "2023-05-20T12:00"),
        ("2023年5月20日24:00", "2023-05-20"),
        ("2023年5月20日前", "2023-05-20"),
    ],
)
def test_a_date_is_read_in_each_of_its_forms(text, expected):
    assert iso(text) == [expected]


def test_a_missing_year_is_that_of_the_date_of_issue():
    assert iso("11月30日前", issued=ISSUED) == ["2022-11-30"]


def test_a_missing_year_rolls_on_where_the_date_would_be_past():
    assert iso("3月15日前", issued=ISSUED) == ["2023-03-15"]


def test_a_date_a_few_days_before_the_date_of_issue_does_not_roll_on():
    assert iso("11月1日", issued=ISSUED) == ["2022-11-01"]


def test_a_missing_year_is_remarked():
    assert [m.inferred_year for m in read_dates("11月30日", issued=ISSUED)] == [True]


def test_without_a_date_of_issue_the_year_of_the_programme_serves():
    assert iso("4月30日", year=2023) == ["2023-04-30"]


def test_without_any_year_a_date_is_left_out():
    assert iso("4月30日") == []


def test_a_second_date_takes_the_year_of_the_first():
    assert iso("2022年4月30日-6月18日") == ["2022-04-30", "2022-06-18"]


@pytest.mark.parametrize("text", ["1988年x月x日以后出生", "1988年×月×日以后出生", "1988年XX月XX日"])
def test_a_placeholder_stays_as_it_is_printed(text):
    assert iso(text) == ["1988-xx-xx"]


@pytest.mark.parametrize(
    "text", ["2023年13月5日", "2023年2月30日", "0999-2345678", "2.5.1版", "17条优势产业链"]
)
def test_what_cannot_be_a_date_is_none(text):
    assert iso(text) == []


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("为期2年", 2, "年"),
        ("一年", 1, "年"),
        ("18个月", 18, "个月"),
        ("半年", 0.5, "年"),
        ("5个工作日", 5, "个工作日"),
        ("7天", 7, "天"),
        ("两个学期", 2, "个学期"),
        ("满三周年", 3, "周年"),
    ],
)
def test_a_length_of_time_is_read(text, amount, unit):
    assert [(term.amount, term.unit) for term in read_terms(text)] == [(amount, unit)]


@pytest.mark.parametrize("text", ["2023年", "2016-2020年", "1999年度"])
def test_a_year_is_no_length_of_time(text):
    assert read_terms(text) == []
