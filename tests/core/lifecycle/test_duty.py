"""Where a duty stands at a moment, and when somebody is reminded of it."""

from datetime import datetime, timedelta

import pytest

from keqiao.core.lifecycle.duty import Dates, DutyState, state_of
from keqiao.core.workdays import SHANGHAI

MADE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
DUE = datetime(2026, 3, 20, 17, tzinfo=SHANGHAI)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("dates", "at", "state"),
    [
        (Dates(MADE), MADE, DutyState.DUE),
        (Dates(MADE), MADE - SECOND, DutyState.SCHEDULED),
        (Dates(MADE, DUE, DUE), DUE, DutyState.DUE),  # the very moment is in time
        (Dates(MADE, DUE, DUE), DUE + SECOND, DutyState.OVERDUE),
        (Dates(MADE, DUE, DUE - timedelta(days=3)), DUE, DutyState.EXTENDED),
        (Dates(MADE, DUE, DUE - timedelta(days=3)), DUE + SECOND, DutyState.OVERDUE),
        (Dates(MADE, DUE, DUE + timedelta(days=3)), DUE, DutyState.DUE),  # an earlier date is no extension
        (Dates(MADE, DUE, DUE, DUE + SECOND), DUE + 2 * SECOND, DutyState.DONE),  # late, but done
    ],
)
def test_a_duty_stands_where_its_dates_say(dates, at, state):
    assert state_of(dates, at) == state
