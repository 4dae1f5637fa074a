"""Small calendars for the tests, written down by hand from the notices."""

from datetime import date, timedelta

from keqiao.core.workdays import Calendar


def every_day(first, last):
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def off(name, first, last):
    return dict.fromkeys(every_day(first, last), name)


SPRING_2025 = Calendar(
    announced=frozenset({2025}),
    holidays=off("元旦", date(2025, 1, 1), date(2025, 1, 1))
    | off("春节", date(2025, 1, 28), date(2025, 2, 4)),
    worked=frozenset({date(2025, 1, 26), date(2025, 2, 8)}),
)
"""The first two holidays of 2025; the rest of the year is left out."""

YEARS = Calendar(
    announced=frozenset({2020, 2022, 2025, 2026}),
    holidays=SPRING_2025.holidays
    | off("劳动节", date(2020, 5, 1), date(2020, 5, 5))
    | off("清明节", date(2022, 4, 3), date(2022, 4, 5))
    | off("元旦", date(2026, 1, 1), date(2026, 1, 3)),
    worked=SPRING_2025.worked | {date(2020, 5, 9), date(2022, 4, 2), date(2026, 1, 4)},
)
"""Parts of four years; 2021, 2023, 2024 and 2027 are not announced."""
