"""Jining: five working days across the national holiday, one objection upheld, a substitute with days of its own."""

from datetime import UTC, datetime
from typing import Any

import pytest

from keqiao.core.workdays import DayKind
from keqiao.readers.programmes import load
from keqiao.web.public_notice import actions, approving, queries
from keqiao.web.public_notice.papers import closing_in
from keqiao.web.public_notice.stated import length_stated
from keqiao.web.public_notice.verification import CHECKS
from tests.web import make
from tests.web.public_notice import makers
from tests.web.public_notice.makers import fresh

pytestmark = pytest.mark.django_db
POSTED = datetime(2026, 9, 29, 1, tzinfo=UTC)
OBJECTED = datetime(2026, 10, 3, 1, tzinfo=UTC)
LAST_EVENING = datetime(2026, 10, 10, 15, 59, tzinfo=UTC)
OVER = datetime(2026, 10, 10, 16, 0, tzinfo=UTC)


def rule_of_jining() -> dict[str, Any]:
    """The rule about its public notice as the shipped definition states it."""
    programme = load("jining-2023")
    (rule,) = [each for each in programme.rules if each.type == "publicity" and each.days]
    return rule.model_dump(mode="json", exclude_defaults=True) | {"type": "publicity"}


def test_the_shipped_call_states_five_working_days_with_its_clause():
    stated = length_stated(load("jining-2023"))

    assert stated is not None
    assert (stated.days, stated.kind, stated.first_day_counts) == (5, DayKind.WORKING, True)
    assert stated.clause == "通知三2"


def test_five_working_days_across_the_holiday_with_an_objection_upheld_and_a_substitute():
    rows = makers.selections(makers.call(rules=[rule_of_jining()]), approved=2, reserve=2)
    officer, leader = makers.people(rows[0].call)
    notice = makers.posted(rows[:2], officer, leader, at=POSTED)
    assert len(notice.counted) == 5
    assert notice.last_day.isoformat() == "2026-10-10"

    objection, _secret = makers.objected(queries.listed_in(notice)[0], at=OBJECTED)
    makers.found(objection, officer, make.officer(notice.association), at=OBJECTED)
    makers.decided(objection, leader, officer=officer, upheld=True, at=OBJECTED)
    assert makers.states(rows) == ["dropped", "in_notice", "reserve", "reserve"]
    said = {"successor": str(rows[2].pk), "reason": "按名次递补"}
    makers.agreed(approving.SUBSTITUTE, fresh(rows[0]), leader, officer=officer, at=OBJECTED, **said)
    second = makers.posted([rows[2]], officer, leader, at=OBJECTED)
    assert second.counted == ["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13"]

    actions.end_due(LAST_EVENING)
    assert fresh(notice).state == "posted"
    actions.end_due(OVER)
    actions.conclude(notice.pk, actor=officer, at=OVER)

    closing = closing_in(fresh(notice).closing)
    assert (closing.received, len(closing.upheld), len(closing.clear)) == (1, 1, 1)
    assert (fresh(notice).state, fresh(second).state) == ("concluded", "posted")
    assert makers.states(rows) == ["substituted", "confirmed", "in_notice", "reserve"]
    over = makers.after(second)
    actions.end_due(over)
    actions.conclude(second.pk, actor=officer, at=over)
    assert makers.states(rows) == ["substituted", "confirmed", "confirmed", "reserve"]
    assert [fault for _name, check in CHECKS for fault in check().faults] == []
