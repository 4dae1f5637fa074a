"""The calendar files: which years are announced, what a file may say, and that all days agree with a second source."""

import re
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from keqiao.core.workdays import (
    DayNote,
    Override,
    Why,
    YearNotPublished,
    days_off_less_worked,
    is_working_day,
    nth_working_day,
)
from keqiao.readers.calendars import (
    UnsoundCalendar,
    announced_year,
    announced_years,
    calendar_of,
    read_calendar,
    shipped_calendar,
    statutory_days,
)
from keqiao.readers.messages import say, sentences

ANNOUNCED = range(2010, 2027)
YEARS_2026 = {year: stated for year, stated in announced_years().items() if year in ANNOUNCED}
UNTIL_2026 = calendar_of(YEARS_2026)
INVENTED_2027 = """
notice: 国办发明电〔2026〕0号
holidays:
  - {name: 元旦, first: 2026-12-31, last: 2027-01-03}
  - {name: 春节, first: 2027-02-05, last: 2027-02-11}
  - {name: 清明节, first: 2027-04-05, last: 2027-04-05}
  - {name: 劳动节, first: 2027-05-01, last: 2027-05-05}
  - {name: 端午节, first: 2027-06-09, last: 2027-06-09}
  - {name: 中秋节, first: 2027-09-15, last: 2027-09-15}
  - {name: 国庆节, first: 2027-10-01, last: 2027-10-07}
worked: [2026-12-27, 2027-02-14, 2027-05-08, 2027-09-26, 2027-10-09]
overrides:
  - {day: 2027-03-15, works: false, reason: 全市停电检修, source: 市政府通告}
"""


def codes(text, file="2027.yaml"):
    with pytest.raises(UnsoundCalendar) as unsound:
        announced_year(file, text if isinstance(text, bytes) else text.encode())
    for fault in unsound.value.faults:
        assert not {"{", "}"} & set(say(fault.finding) + say(fault.finding, "en"))
    return [(fault.finding.code.removeprefix("workdays."), fault.line) for fault in unsound.value.faults]


def test_every_day_of_the_announced_years_is_what_a_second_source_says():
    days = [date(2010, 1, 1) + timedelta(days=number) for number in range(6209)]

    assert days[-1] == date(2026, 12, 31)
    assert [d for d in days if is_working_day(d, UNTIL_2026) != chinese_calendar.is_workday(d)] == []


def test_each_shipped_year_names_its_notice():
    years = announced_years()

    assert list(years) == list(range(2010, max(years) + 1))
    assert set(ANNOUNCED) <= set(years)
    for year, stated in years.items():
        assert re.fullmatch(rf"国办发明电〔{year - 1}〕[1-9][0-9]*号", stated.notices[0])
    assert years[2019].notices[1:] == ("国办发明电〔2019〕3号",)


def test_swapped_days_make_no_days_off_but_in_the_years_that_are_known_for_it():
    """2011 lent a day to 2012; 2015 had a day of remembrance, 2020 two days more against the epidemic."""
    differing = {
        each.year: days_off_less_worked(each.holidays, each.worked) - statutory_days(each.year)
        for each in YEARS_2026.values()
    }

    assert {year: by for year, by in differing.items() if by} == {2011: -1, 2012: 1, 2015: 1, 2020: 2}


def test_next_year_asks_although_the_library_estimates_it():
    with pytest.raises(YearNotPublished) as unknown:
        nth_working_day(5, date(2026, 12, 28), UNTIL_2026)

    assert "2027" in say(unknown.value.finding)
    assert codes("notice: 国办发明电〔2026〕0号") == [("estimated", 1)]


def test_an_installation_announces_a_year_by_a_file_of_its_own(tmp_path):
    (tmp_path / "2027.yaml").write_text(INVENTED_2027, encoding="utf-8")
    calendar = read_calendar(tmp_path)

    assert nth_working_day(5, date(2026, 12, 28), calendar) == date(2027, 1, 5)  # 31 December is off
    assert is_working_day(date(2026, 12, 27), calendar)
    assert calendar.note_on(date(2027, 2, 5)) == DayNote(works=False, why=Why.HOLIDAY, name="春节")
    assert calendar.note_on(date(2027, 3, 15)) == DayNote(works=False, why=Why.OVERRIDE, name="全市停电检修")
    assert calendar.announced == shipped_calendar().announced | {2027}


def test_the_file_of_an_installation_replaces_the_shipped_one(tmp_path):
    closed = "notice: 国办发明电〔2025〕7号\noverrides: [{day: 2026-07-30, works: false, reason: 台风停工}]\n"
    (tmp_path / "2026.yaml").write_text(closed, encoding="utf-8")

    assert announced_years(tmp_path)[2026].overrides == (
        Override(date(2026, 7, 30), works=False, reason="台风停工"),
    )
    assert not is_working_day(date(2026, 7, 30), read_calendar(tmp_path))
    assert is_working_day(date(2026, 7, 30), shipped_calendar())
    assert is_working_day(date(2026, 1, 4), read_calendar(tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("notice: 国办发明电〔2026〕0号\n", "", [("missing", 2)]),
        ("notice: 国办发明电〔2026〕0号", "notice: ' '", [("value", 2)]),
        ("worked:", "work:", [("unknown_name", 11)]),
        ("2027-02-14,", "节后, ", [("value", 11)]),
        ("2027-02-14,", "2027-02-15, ", [("worked_wrong", 11)]),
        ("2027-02-14,", "2027-02-06, ", [("worked_wrong", 11)]),
        ("2027-02-14,", "2028-02-13, ", [("other_year", 11)]),
        ("2027-02-14,", "", [("wrong_sum", 3)]),
        ("last: 2027-04-05", "last: 2027-04-04", [("ends_before", 6)]),
        (
            "overrides:",
            "overrides:\n  - {day: 2027-03-15, works: true, reason: 补班}",
            [("override_repeated", 12)],
        ),
        (INVENTED_2027, "", [("missing", 1)]),
        (INVENTED_2027, "- 2027", [("value", 1)]),
        (INVENTED_2027, "notice: a\nnotice: b", [("definition.key_repeated", 2)]),
    ],
)
def test_a_slip_in_a_file_is_found_on_its_line(old, new, found):
    text = INVENTED_2027.replace(old, new, 1)

    assert text != INVENTED_2027
    assert codes(text) == found


def test_days_worked_alone_are_half_a_notice():
    assert codes("notice: 甲\nworked: [2026-01-04]", "2026.yaml") == [("worked_alone", 2)]


def test_a_file_in_another_encoding_or_of_another_name_is_refused(tmp_path):
    assert codes("notice: 国办".encode("gbk")) == [("not_utf8", 1)]
    assert codes(INVENTED_2027, "2027年.yaml") == [("file_name", 1)]
    (tmp_path / "2027.yml").write_text(INVENTED_2027, encoding="utf-8")
    with pytest.raises(UnsoundCalendar, match=r"2027\.yml"):
        read_calendar(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_calendar(tmp_path / "nowhere")


def test_every_code_has_its_sentence_and_no_sentence_is_unused():
    places = [Path("keqiao/core/workdays"), Path("keqiao/readers/calendars")]
    text = "".join(path.read_text("utf-8") for place in places for path in place.rglob("*.py"))
    said = {code.removeprefix("workdays.") for code in sentences() if code.startswith("workdays.")}

    assert {code for code in said if f'"{code}"' not in text and f'"workdays.{code}"' not in text} == set()
    assert (
        set(re.findall(r'"workdays\.([a-z0-9_]+)"', text)) | set(re.findall(r'yield "(\w+)"', text)) <= said
    )


def test_the_listed_example_of_the_handbook_is_the_year_that_the_library_has():
    blocks = re.findall(
        r"```yaml\n(.*?)```", Path("docs/howto/announce-a-year.md").read_text("utf-8"), re.DOTALL
    )
    listed = calendar_of(
        {2025: announced_year("2025.yaml", next(b for b in blocks if "worked:" in b).encode())}
    )
    days = [date(2025, 1, 1) + timedelta(days=number) for number in range(365)]

    assert [day for day in days if is_working_day(day, listed) != is_working_day(day, UNTIL_2026)] == []
