"""The clock of a journey: requests arrive at the hour at which the journey stands, and time goes on from there."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from keqiao.core.workdays import SHANGHAI
from keqiao.web.config.middleware import arrival


class Clock:
    """Says what time it is at the database."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """The time that requests are stamped with."""
        return datetime.now(UTC) + self._ahead

    def stand_at(self, day: str, hour: str = "09:00") -> datetime:
        """Let it be this hour of this day in Shanghai."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), SHANGHAI)
        self._ahead = moment - datetime.now(UTC)
        return moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that a journey sets; before, it is the machine's."""
    made = Clock()
    monkeypatch.setattr(arrival, "database_now", made.now)
    return made
