"""The deadline compares arrivals alone: to the microsecond, with the grace that is stated, on whatever clock."""

import time as time_of_process
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from keqiao.core.workdays import last_moment
from keqiao.web.applications import actions
from keqiao.web.applications.models import Submission
from keqiao.web.applications.queries.intake import Terms
from keqiao.web.applications.refusals import Refused
from keqiao.web.applications.timeliness import Window
from keqiao.web.audit.queries import events_of_kind
from tests.web import make
from tests.web.applications import makers

MICRO = timedelta(microseconds=1)
LAST = makers.LAST_MOMENT


@pytest.fixture(autouse=True)
def zone_of_the_process() -> Iterator[None]:
    yield
    time_of_process.tzset()


def window(grace: int = 0, state: str = "open") -> Window:
    return Window(state, datetime(2026, 6, 1, tzinfo=UTC), LAST, grace)


@pytest.mark.parametrize(
    ("moment", "grace", "late"),
    [
        (LAST - MICRO, 0, False),
        (LAST, 0, False),
        (LAST + MICRO, 0, True),
        (LAST + timedelta(seconds=60), 60, False),
        (LAST + timedelta(seconds=60) + MICRO, 60, True),
        (LAST.astimezone(timezone(timedelta(hours=-11))), 0, False),
        ((LAST + MICRO).astimezone(timezone(timedelta(hours=14))), 0, True),
    ],
)
def test_the_last_moment_counts_and_the_next_does_not(moment, grace, late):
    assert [finding.code for finding in window(grace).findings(moment)] == (
        ["application.late"] if late else []
    )


MILLI = timedelta(milliseconds=1)
SUMMER_ENDS = datetime(2026, 10, 25, 1, tzinfo=UTC)  # in Berlin the hour from two to three comes twice


@pytest.mark.parametrize(
    ("deadline", "over"),
    [
        (last_moment(date(2026, 6, 30)), datetime(2026, 6, 30, 16, tzinfo=UTC)),
        (last_moment(date(2026, 6, 30), time(17)), datetime(2026, 6, 30, 9, tzinfo=UTC) + MICRO),
        (last_moment(date(2028, 2, 29)), datetime(2028, 2, 29, 16, tzinfo=UTC)),
        (last_moment(date(2026, 12, 31)), datetime(2026, 12, 31, 16, tzinfo=UTC)),
        (SUMMER_ENDS, SUMMER_ENDS + MICRO),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Berlin", "Pacific/Kiritimati", "right/UTC"])
def test_a_millisecond_before_it_is_over_counts_and_the_moment_itself_does_not(
    monkeypatch, zone, deadline, over
):
    monkeypatch.setenv("TZ", zone)
    time_of_process.tzset()

    last, first_late = (moment.astimezone(ZoneInfo(zone)) for moment in (over - MILLI, over))
    found = [Window("open", None, deadline).findings(moment) for moment in (last, first_late)]

    assert [[finding.code for finding in each] for each in found] == [[], ["application.late"]]


@pytest.mark.parametrize(("state", "taken"), [("published", True), ("open", True), ("closed", True), ("draft", False),
                                              ("cancelled", False), ("reviewing", False)])  # fmt: skip
def test_a_call_that_the_clock_has_closed_takes_what_arrived_before(state, taken):
    assert (window(state=state).findings(LAST) == ()) is taken


def test_before_the_opening_it_is_too_early():
    early = datetime(2026, 5, 31, 23, 59, tzinfo=UTC)

    assert [finding.code for finding in window().findings(early)] == ["application.too_early"]


@pytest.mark.django_db
def test_the_use_of_the_grace_stands_in_the_receipt_and_in_the_event():
    call = makers.call()
    officer = make.officer(call.association)
    draft = makers.draft(call)
    by = (officer, makers.NOW)
    actions.set_intake(call.association_id, call.pk, Terms(grace_seconds=600), by=by, reason="系统拥堵")

    makers.submit(draft, at=LAST + timedelta(seconds=90, microseconds=1))

    (event,) = [e for e in events_of_kind("applications.application") if e.act == "submitted"]
    assert (Submission.objects.get().grace_seconds, event.data["grace_seconds"]) == (91, 91)


@pytest.mark.django_db
def test_what_is_typed_after_the_first_try_arrives_after_it():
    draft = makers.draft(makers.call())
    late = LAST + timedelta(hours=1)
    edit = actions.Edit(draft.pk, makers.fresh(draft).version, {**makers.ANSWERS, "summary": "晚写的内容"})
    actions.save(edit, actor=draft.created_by, at=late)

    with pytest.raises(Refused) as refused:
        makers.submit(draft, at=late, arrived_at=LAST)

    assert [finding.code for finding in refused.value.findings] == ["application.late"]
