"""What follows a failure or a breach: who is hit, by which clause, after which answer; what bars next year's call."""

from datetime import timedelta

import pytest

from keqiao.core.rules.consequences import Breach
from keqiao.core.workdays import working_day_after
from keqiao.web.acceptance import actions
from keqiao.web.acceptance.models import CreditEntry
from keqiao.web.acceptance.verification import CHECKS
from keqiao.web.applications.refusals import Refused
from keqiao.web.calendars.queries import calendar_for
from keqiao.web.registers.models import Debarment
from tests.web import make
from tests.web.acceptance.makers import BAN, FRAUD, Closed
from tests.web.grants.makers import DAY, NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=20)


def codes(refused):
    return [each.code for each in refused.value.findings]


def failed():
    """A project that failed, under a call that says what follows."""
    return Closed(rules=[{"id": "r1", **BAN}, {"id": "r2", **FRAUD}]).concluded("fail", "没有开展")


def entries(closed):
    return list(CreditEntry.objects.filter(acceptance_id=closed.acceptance_pk).order_by("hit"))


def recorded(closed, entry, at=LATER):
    """An officer asks for it to be recorded, the leader agrees."""
    asked = actions.ask_credit("record", entry.pk, "", actor=closed.officer, at=at)
    closed.agreed_at(asked, "leader", at)


def test_a_failure_hits_whom_the_call_names_and_nobody_else():
    closed = failed()

    said = [
        (each.party_id, each.hit, each.rule, each.clause, each.until, each.state) for each in entries(closed)
    ]
    until = DAY.replace(year=DAY.year + 3)
    unit = (closed.grant.unit_id, "unit", "r1", "三5", until, "proposed")
    leader = (closed.grant.leader_id, "leader", "r1", "三5", until, "proposed")
    assert said == [each for each in (leader, unit) if each[0] is not None]
    assert Debarment.objects.count() == 0


@pytest.mark.parametrize(("stated", "days"), [({}, 5), ({"closing": {"answer_days": 10}}, 10)])
def test_the_days_to_answer_are_those_of_the_call(stated, days):
    closed = Closed(rules=[{"id": "r1", **BAN}], **stated).concluded("fail", "没有开展")

    (entry, *_others) = entries(closed)
    last = working_day_after(entry.since, days, calendar_for(closed.grant.association_id))
    assert entry.answer_by == last


def test_nothing_is_recorded_before_whom_it_is_about_could_answer():
    closed = failed()
    entry = entries(closed)[-1]

    with pytest.raises(Refused) as refused:
        actions.ask_credit("record", entry.pk, "", **closed.by("officer"))
    assert codes(refused) == ["credit.answer_waits"]

    actions.answer(entry.pk, "台风取消了活动", **closed.by("applicant"))
    recorded(closed, entry, NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.answer) == ("in_force", "台风取消了活动")


def test_a_project_that_is_concluded_anew_can_fail_again_and_what_was_proposed_stays():
    closed = failed()
    before = [(each.pk, each.state) for each in entries(closed)]
    closed.concluded("anew", "申诉成立")

    closed.concluded("fail", "复核后仍不合格")

    assert closed.state == ("failed", "failed")
    assert [(each.pk, each.state) for each in entries(closed)] == before


def test_recorded_it_bars_the_party_with_the_clause_until_its_last_day():
    closed = failed()
    entry = entries(closed)[-1]
    recorded(closed, entry)
    entry.refresh_from_db()
    ban = Debarment.objects.get()

    assert entry.debarment_id == ban.pk
    assert (ban.party_id, ban.clause, ban.scope, ban.valid_from, ban.valid_until) == (
        closed.grant.unit_id,
        "三5",
        "申报资格",
        DAY,
        DAY.replace(year=DAY.year + 3),
    )
    assert [name for name, check in CHECKS if check().faults] == []


def test_lifted_the_ban_goes_with_it():
    closed = failed()
    entry = entries(closed)[-1]
    recorded(closed, entry)
    actions.appeal(entry.pk, "材料已经补齐", actor=closed.applicant, at=LATER)
    asked = actions.ask_credit("lift", entry.pk, "申诉成立", actor=closed.officer, at=LATER)
    closed.agreed_at(asked, "leader", LATER)

    entry.refresh_from_db()
    assert entry.state == "lifted"
    assert Debarment.objects.get().state != "in_force"


def test_an_entry_that_is_dropped_bars_nobody():
    closed = failed()
    entry = entries(closed)[-1]
    actions.drop(entry.pk, "情有可原", **closed.by("officer"))

    assert Debarment.objects.count() == 0
    with pytest.raises(Refused):
        actions.ask_credit("record", entry.pk, "", actor=closed.officer, at=LATER)


def test_after_its_last_day_it_has_expired():
    closed = failed()
    entry = entries(closed)[-1]
    recorded(closed, entry)

    actions.expire_due(LATER)
    entry.refresh_from_db()
    assert entry.state == "in_force"
    actions.expire_due(NOW + timedelta(days=4 * 366))
    entry.refresh_from_db()
    assert entry.state == "expired"


def test_a_breach_that_the_call_does_not_name_has_no_consequence():
    closed = Closed(rules=[{"id": "r1", **BAN}])

    with pytest.raises(Refused) as refused:
        actions.propose(closed.acceptance_pk, Breach.FRAUD, "材料造假", **closed.by("officer"))
    assert codes(refused) == ["credit.nothing_follows"]


def test_fraud_hits_the_unit_once():
    closed = Closed(rules=[{"id": "r2", **FRAUD}])

    made = actions.propose(closed.acceptance_pk, Breach.FRAUD, "材料造假", **closed.by("officer"))
    assert [(each.party_id, each.rule) for each in made] == [(closed.grant.unit_id, "r2")]
    with pytest.raises(Refused) as refused:
        actions.propose(closed.acceptance_pk, Breach.FRAUD, "材料造假", **closed.by("officer"))
    assert codes(refused) == ["credit.proposed_already"]


def test_for_others_an_entry_is_not_there():
    closed = failed()
    entry = entries(closed)[-1]
    stranger = make.officer(make.association())

    with pytest.raises(CreditEntry.DoesNotExist):
        actions.answer(entry.pk, "不", actor=stranger, at=NOW)
    with pytest.raises(CreditEntry.DoesNotExist):
        actions.drop(entry.pk, "不", actor=stranger, at=NOW)
