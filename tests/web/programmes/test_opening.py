"""A call that states its first day is opened by the clock then: without anybody's click, once, with one event."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from keqiao.core.workdays import SHANGHAI, last_moment
from keqiao.web.audit.queries import timeline
from keqiao.web.config.due import DUE_WORK
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Call, Offer
from keqiao.web.programmes.verification import CHECKS
from tests.web import make

DAY, LAST = date(2026, 6, 1), date(2026, 6, 30)
OPENS, OVER = datetime(2026, 6, 1, tzinfo=SHANGHAI), last_moment(LAST)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def published(**statements) -> Call:
    given = {"opens": {"on": DAY.isoformat()}, "deadline": {"on": LAST.isoformat()}, **statements}
    return make.published_call(programme=make.definition(**given))


def state_of(call: Call) -> str:
    return Call.objects.values_list("state", flat=True).get(pk=call.pk)


def acts_of(call: Call) -> list[str]:
    return [event.act for event in timeline(call)]


def faults() -> list:
    return [fault for _name, check in CHECKS for fault in check().faults]


def test_a_call_opens_with_the_first_instant_of_its_first_day_and_not_before():
    call = published()
    assert Offer.objects.get(call=call).opens_at == OPENS
    actions.open_due(OPENS - SECOND)
    assert state_of(call) == "published"

    actions.open_due(OPENS)

    assert state_of(call) == "open"
    event = timeline(call).last()
    assert (event.act, event.role, event.actor_id, event.at) == ("opened", "clock", None, OPENS)
    assert faults() == []


def test_opening_again_does_nothing_and_the_clock_closes_what_it_opened():
    call = published()
    for moment in (OPENS, OPENS, OPENS + SECOND, OVER):
        actions.open_due(moment)
    assert (state_of(call), acts_of(call).count("opened")) == ("open", 1)

    actions.close_due(OVER + SECOND)
    actions.open_due(OVER + SECOND)

    assert (state_of(call), acts_of(call)[-2:], faults()) == ("closed", ["opened", "closed"], [])


def test_a_call_opens_with_the_first_of_its_categories():
    common = {"funding": {"kind": "fixed", "amount_fen": 3_000_000}, "places": {"count": 4}}
    later = {"opens": {"on": "2026-06-10"}}
    categories = [{"id": "c1", "name": "先", **common}, {"id": "c2", "name": "后", **later, **common}]
    call = published(categories=categories)
    Offer.objects.filter(call=call, node="c1").update(opens_at=None)  # only the second states a first day

    actions.open_due(OPENS)
    assert state_of(call) == "published"
    actions.open_due(OPENS + timedelta(days=9))
    assert state_of(call) == "open"


def test_what_states_no_first_day_what_is_over_drafts_and_cancelled_calls_are_left_alone():
    unstated, over, cancelled = published(opens=None), published(), published()
    draft = make.draft_call(programme=make.definition(opens={"on": DAY.isoformat()}))
    make.cancelled(cancelled)

    actions.open_due(OVER)  # the last moment that counts
    assert [state_of(each) for each in (unstated, over, cancelled, draft)] == [
        "published",
        "open",
        "cancelled",
        "draft",
    ]
    missed = published()
    actions.open_due(OVER + SECOND)
    assert state_of(missed) == "published"
    actions.close_due(OVER + SECOND)
    assert acts_of(missed)[-1] == "closed"


def test_the_worker_opens_before_it_closes():
    assert DUE_WORK.index(actions.open_due) < DUE_WORK.index(actions.close_due)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer; PostgreSQL two workers")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_leave_one_event():
    calls = [published() for _ in range(5)]

    def work() -> None:
        try:
            actions.open_due(OPENS)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [acts_of(call).count("opened") for call in calls] == [1] * 5
    assert {state_of(call) for call in calls} == {"open"}
