"""Several people at once: one override of a day, one taking back; versions of a regulation without a gap."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from keqiao.core.workdays import Period, is_working_day
from keqiao.web.calendars.actions import NewOverride, add_override, take_back
from keqiao.web.calendars.models import Override
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.calendars.verification import check_overrides
from keqiao.web.regulations.actions import Heading, VersionText, add_regulation, add_version
from keqiao.web.regulations.models import Version
from tests.web import make

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 7, 1, 1, tzinfo=UTC)
DAY = date(2026, 7, 30)
AT_ONCE = 5


def all_at_once(attempt) -> list[str]:
    """Make the same attempt from several threads at the same moment; give the outcome of each."""
    gate = Barrier(AT_ONCE)

    def run(number: int) -> str:
        gate.wait(timeout=30)
        try:
            attempt(number)
        except ValidationError as refused:
            return str(refused.code)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def test_one_of_several_entries_of_a_day_is_kept_and_counts_at_once():
    association = make.association()
    officer = make.officer(association)

    def enter(number):
        wanted = NewOverride(Period(DAY, DAY), works=False, reason=f"第{number}人登记")
        add_override(association.pk, wanted, actor=officer, at=AT)

    assert all_at_once(enter) == ["done"] + ["override.day_taken"] * (AT_ONCE - 1)
    assert Override.objects.count() == 1
    assert not is_working_day(DAY, calendar_for(association.pk))
    assert check_overrides().faults == ()


def test_one_of_several_takes_an_override_back():
    association = make.association()
    officer = make.officer(association)
    wanted = NewOverride(Period(DAY, DAY), works=False, reason="台风停工")
    made = add_override(association.pk, wanted, actor=officer, at=AT)

    outcomes = all_at_once(lambda number: take_back(made.pk, f"第{number}人", actor=officer, at=AT))

    assert outcomes == ["done"] + ["override.taken_back"] * (AT_ONCE - 1)
    assert is_working_day(DAY, calendar_for(association.pk))


def test_versions_entered_at_once_are_counted_without_a_gap():
    association = make.association()
    officer = make.officer(association)
    made = add_regulation(association.pk, Heading("办法"), VersionText(), actor=officer, at=AT)

    all_at_once(lambda _number: add_version(made.regulation_id, VersionText(), actor=officer, at=AT))

    numbers = sorted(Version.objects.values_list("number", flat=True))
    assert numbers == list(range(1, AT_ONCE + 2))
