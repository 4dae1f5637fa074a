"""The public notice of Jining (five working days) across national holidays, and what objections do to its items."""

import random
from datetime import date, timedelta

import pytest

from keqiao.core.workdays import (
    DayKind,
    Noticed,
    NoticeRuns,
    Objection,
    Period,
    PublicNotice,
    Term,
    YearNotPublished,
    closing,
    publicity,
    standings,
)
from keqiao.readers.calendars import announced_years, calendar_of

CALENDAR = calendar_of(announced_years())
FIVE = Term(5)
NOTICE = PublicNotice(date(2022, 9, 28), ("甲", "乙", "丙"), FIVE)  # until 9 October 2022
AFTER = date(2022, 10, 10)


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        # 2022: 1 to 7 October off, Saturday 8 and Sunday 9 worked
        (date(2022, 9, 28), date(2022, 10, 9)),
        (date(2022, 9, 30), date(2022, 10, 11)),
        (date(2022, 10, 3), date(2022, 10, 12)),  # posted on the holiday
        # 2023: 29 September to 6 October off, Saturday 7 and Sunday 8 worked
        (date(2023, 9, 27), date(2023, 10, 9)),
        # 2024: 1 to 7 October off, Sunday 29 September and Saturday 12 October worked
        (date(2024, 9, 27), date(2024, 10, 9)),
        # 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked
        (date(2025, 9, 26), date(2025, 10, 9)),
        # New Year 2023: 31 December to 2 January off; the call of Jining is decided about then
        (date(2022, 12, 28), date(2023, 1, 4)),
        # Spring Festival 2023: 21 to 27 January off, Saturday 28 and Sunday 29 worked
        (date(2023, 1, 18), date(2023, 1, 29)),
        # no holiday: notices that offices posted (20200528..0603, 20220406..0412)
        (date(2020, 5, 28), date(2020, 6, 3)),
        (date(2022, 4, 6), date(2022, 4, 12)),
    ],
)
def test_five_working_days_run_on_past_holidays(posted, last):
    assert PublicNotice(posted, (), FIVE).period(CALENDAR) == Period(posted, last)


def test_a_call_may_leave_the_day_of_posting_out_or_count_natural_days():
    assert _last(Term(5, first_day_counts=False)) == date(2022, 10, 10)
    assert _last(Term(5, DayKind.CALENDAR)) == date(2022, 10, 2)
    assert _last(Term(7, DayKind.CALENDAR, first_day_counts=False)) == date(2022, 10, 5)


def _last(term):
    return PublicNotice(date(2022, 9, 28), (), term).period(CALENDAR).last


def test_an_office_may_post_longer_and_not_shorter():
    assert PublicNotice(date(2022, 9, 28), (), FIVE, date(2022, 10, 14)).period(CALENDAR).last == date(
        2022, 10, 14
    )
    assert PublicNotice(date(2022, 9, 28), (), FIVE, date(2022, 10, 4)).period(CALENDAR).last == date(
        2022, 10, 9
    )
    assert PublicNotice(date(2022, 9, 28), (), until=date(2022, 10, 4)).period(CALENDAR).last == date(
        2022, 10, 4
    )
    with pytest.raises(ValueError, match="a length or a last day"):
        PublicNotice(date(2022, 9, 28), ())


def test_a_year_that_is_not_announced_is_not_guessed():
    with pytest.raises(YearNotPublished):
        PublicNotice(date(2050, 9, 28), (), FIVE).period(CALENDAR)


def test_an_objection_holds_up_its_item_alone_until_it_is_decided():
    objected = Objection("1", "乙", date(2022, 9, 29))

    assert standings(NOTICE, [objected], date(2022, 9, 28), CALENDAR)["乙"] is Noticed.RUNNING
    assert standings(NOTICE, [objected], date(2022, 9, 30), CALENDAR) == {
        "甲": Noticed.RUNNING,
        "乙": Noticed.SUSPENDED,
        "丙": Noticed.RUNNING,
    }
    assert standings(NOTICE, [objected], AFTER, CALENDAR) == {
        "甲": Noticed.CLEAR,
        "乙": Noticed.SUSPENDED,
        "丙": Noticed.CLEAR,
    }


@pytest.mark.parametrize(
    ("taken_up", "upheld", "standing"),
    [
        (True, True, Noticed.UPHELD),
        (True, False, Noticed.CLEAR),
        (True, None, Noticed.SUSPENDED),
        (None, None, Noticed.SUSPENDED),
        (False, None, Noticed.CLEAR),
    ],
)
def test_what_is_decided_about_an_objection_decides_about_the_item(taken_up, upheld, standing):
    objected = Objection("1", "乙", date(2022, 10, 9), taken_up, upheld)

    assert standings(NOTICE, [objected], AFTER, CALENDAR)["乙"] is standing


def test_an_objection_after_the_last_day_is_late_and_holds_nothing_up():
    late = Objection("1", "乙", date(2022, 10, 10))

    assert standings(NOTICE, [late], AFTER, CALENDAR)["乙"] is Noticed.CLEAR
    assert closing(NOTICE, [late], AFTER, CALENDAR).late == ("1",)


def test_an_objection_to_what_is_not_listed_is_none():
    with pytest.raises(ValueError, match="丁 is not listed"):
        standings(NOTICE, [Objection("1", "丁", date(2022, 9, 29))], AFTER, CALENDAR)


def test_the_closing_statement_counts_what_came():
    objections = (
        Objection("1", "甲", date(2022, 9, 28), taken_up=True, upheld=True),
        Objection("2", "乙", date(2022, 9, 29), taken_up=True, upheld=False),
        Objection("3", "乙", date(2022, 9, 30), taken_up=False),
        Objection("4", "丙", date(2022, 10, 9), taken_up=True),
        Objection("5", "丙", date(2022, 10, 10)),
    )
    said = closing(NOTICE, objections, AFTER, CALENDAR)

    assert (said.period, said.received) == (Period(date(2022, 9, 28), date(2022, 10, 9)), 5)
    assert (said.upheld, said.rejected, said.not_taken_up) == (("1",), ("2",), ("3",))
    assert (said.open, said.late, said.clear, said.is_final) == (("4",), ("5",), ("乙",), False)


def test_while_it_runs_nothing_is_said_about_its_end():
    with pytest.raises(NoticeRuns) as runs:
        closing(NOTICE, (), date(2022, 10, 9), CALENDAR)
    assert runs.value.last == date(2022, 10, 9)
    assert closing(NOTICE, (), AFTER, CALENDAR).is_final


def differing(seeds):
    """The random notices that are answered otherwise than by walking through the objections one by one."""
    return [seed for seed in seeds if _differs(random.Random(seed))]


def _differs(chance):
    objections = [
        Objection(
            str(number),
            chance.choice(NOTICE.items),
            date(2022, 9, 28) + timedelta(days=chance.randrange(15)),
            chance.choice((None, True, False)),
            chance.choice((None, True, False)),
        )
        for number in range(chance.randrange(6))
    ]
    on = date(2022, 9, 28) + timedelta(days=chance.randrange(16))
    return standings(NOTICE, objections, on, CALENDAR) != {
        item: _walk(item, objections, on) for item in NOTICE.items
    }


def _walk(item, objections, on):
    found = Noticed.CLEAR if on >= date(2022, 10, 10) else Noticed.RUNNING
    for each in objections:
        too_late = each.received > date(2022, 10, 9) or each.received > on
        if each.item == item and not too_late and each.taken_up in (None, True):
            if each.upheld:
                return Noticed.UPHELD
            if each.upheld is None:
                found = Noticed.SUSPENDED
    return found


def test_random_objections_are_answered_as_by_walking_through_them():
    assert differing(range(2_000)) == []


@pytest.mark.parametrize(
    "instead",
    [
        lambda _objections, is_over: Noticed.CLEAR if is_over else Noticed.RUNNING,
        lambda objections, is_over, right=publicity._standing: right(
            [each for each in objections if each.taken_up], is_over=is_over
        ),
        lambda objections, right=publicity._standing, **_about: right(objections, is_over=True),
    ],
)
def test_a_planted_fault_is_noticed(instead, monkeypatch):
    monkeypatch.setattr(publicity, "_standing", instead)

    assert differing(range(100)) != []
