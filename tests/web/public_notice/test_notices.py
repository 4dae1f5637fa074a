"""A notice through its acts: drafted, signed by a leader, posted, ended by the clock, concluded, taken down."""

from datetime import date, timedelta
from typing import Any

import pytest

from keqiao.core.lifecycle import NotAllowed
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.refusals import Refused
from keqiao.web.approvals.refusals import SubjectChanged
from keqiao.web.audit.models import Event
from keqiao.web.duties.models import Duty
from keqiao.web.notifications.models import Message
from keqiao.web.public_notice import actions, approving
from keqiao.web.public_notice.models import Notice, NoticeItem
from keqiao.web.public_notice.papers import closing_in
from keqiao.web.public_notice.verification import CHECKS
from tests.web import make
from tests.web.public_notice import makers
from tests.web.public_notice.makers import NOW, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Any:
    return makers.call()


@pytest.fixture
def officer(call: Any) -> Any:
    return makers.people(call)[0]


@pytest.fixture
def leader(call: Any) -> Any:
    return makers.people(call)[1]


@pytest.fixture
def rows(call: Any) -> list[Any]:
    return makers.selections(call)


def events(notice: Notice) -> list[str]:
    found = Event.objects.filter(chain_id=str(notice.pk)).order_by("sequence")
    return list(found.values_list("act", flat=True))


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.findings]


def duties(row: Any) -> list[str]:
    found = Duty.objects.filter(about_id=str(row.pk), settled_at__isnull=True)
    return list(found.values_list("kind", flat=True))


def verified() -> list[Any]:
    return [fault for _name, check in CHECKS for fault in check().faults]


def test_five_working_days_over_the_national_holiday_end_on_the_swapped_saturday(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)

    assert (notice.first_day, notice.last_day) == (date(2026, 9, 29), date(2026, 10, 10))
    assert notice.counted == ["2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert makers.states(rows) == ["in_notice", "in_notice", "reserve"]


def test_natural_days_run_through_the_holiday(rows, officer, leader):
    rule = {**makers.FIVE_DAYS, "days": 7, "day_kind": "calendar"}
    rows = makers.selections(makers.call(rules=[rule]))
    officer, leader = makers.people(rows[0].call)

    notice = makers.posted(rows[:2], officer, leader, days=7, day_kind="calendar")

    assert notice.last_day == date(2026, 10, 5)


def test_it_goes_its_way_and_confirms_what_it_shows(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)
    later = makers.after(notice)

    actions.end_due(later)
    assert duties(notice) == ["public_notice.conclude"]
    actions.conclude(notice.pk, actor=officer, at=later)

    closing = closing_in(fresh(notice).closing)
    assert (closing.received, len(closing.clear)) == (0, 2)
    assert makers.states(rows) == ["confirmed", "confirmed", "reserve"]
    assert events(notice) == ["drafted", "signed", "posted", "ended", "concluded"]
    assert duties(notice) == []
    assert verified() == []


def test_it_does_not_end_before_its_last_day_is_over(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)

    actions.end_due(makers.after(notice, days=0))

    assert fresh(notice).state == "posted"


def test_units_are_told_that_they_stand_in_it(rows, officer, leader):
    makers.posted(rows[:2], officer, leader)

    told = Message.objects.filter(template="public_notice.listed", channel="mail")
    assert {each.recipient_id for each in told} == {row.application.created_by_id for row in rows[:2]}
    assert {each.variables["last"] for each in told} == {"2026-10-10"}


def test_a_notice_shorter_than_the_call_says_is_refused(rows, officer):
    with pytest.raises(Refused) as refused:
        makers.drafted(rows[:2], officer, days=4)

    assert codes(refused) == ["workdays.notice_too_short"]
    assert not Notice.objects.exists()


def test_what_is_not_approved_is_not_listed(rows, officer):
    with pytest.raises(Refused) as refused:
        makers.drafted(rows, officer)

    assert codes(refused) == ["public_notice.not_ready"]


def test_nothing_stands_in_two_notices_at_once(rows, officer):
    makers.drafted(rows[:2], officer)

    with pytest.raises(Refused) as refused:
        makers.drafted(rows[:1], officer)

    assert codes(refused) == ["public_notice.not_ready"]


def test_a_document_number_is_given_once(rows, officer):
    makers.drafted(rows[:1], officer, number="济科协〔2026〕1号")

    with pytest.raises(Refused) as refused:
        makers.drafted(rows[1:2], officer, number="济科协〔2026〕1号")

    assert codes(refused) == ["public_notice.number_taken"]


def test_the_officer_who_asked_cannot_sign(rows, officer):
    notice = makers.drafted(rows[:2], officer)
    make.role_of(officer, Role.LEADER, rows[0].association.organisation)

    with pytest.raises(NotAllowed):
        makers.agreed(approving.SIGN, notice, officer, officer=officer)

    assert fresh(notice).state == "drafted"


def test_a_notice_changed_after_it_was_laid_before_the_leader_is_not_signed(rows, officer, leader):
    notice = makers.drafted(rows[:2], officer)
    with makers.transaction.atomic():
        approval = approving.ask(approving.SIGN, notice, {}, "请签发", by=(officer, NOW))
    actions.edit(notice.pk, 1, makers.wording(title="改了标题"), [rows[0].pk], by=(officer, NOW))

    with pytest.raises(SubjectChanged):
        makers.approvals.approve(approval.pk, actor=leader, at=NOW)

    assert fresh(notice).state == "drafted"


def test_taken_back_it_is_signed_anew(rows, officer, leader):
    notice = makers.signed(rows[:2], officer, leader)

    actions.take_back(notice.pk, "漏了一项", actor=officer, at=NOW)

    notice = fresh(notice)
    assert (notice.state, notice.digest, notice.signed_by_id) == ("drafted", "", None)
    assert {item.listed == {} for item in notice.items.all()} == {True}


def test_what_fell_out_after_the_signature_stands_against_posting(rows, officer, leader):
    notice = makers.signed(rows[:2], officer, leader)
    makers.move(rows[0], "withdraw", role="applicant", actor=rows[0].application.created_by, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.post(notice.pk, actor=officer, at=NOW)

    assert codes(refused) == ["public_notice.item_gone"]
    assert makers.states(rows[:2]) == ["withdrawn", "approved"]


def test_the_clock_posts_at_the_planned_moment(rows, officer, leader):
    notice = makers.signed(rows[:2], officer, leader)
    moment = NOW + timedelta(hours=2)
    assert duties(notice) == ["public_notice.post"]

    actions.plan_posting(notice.pk, moment, actor=officer, at=NOW)
    assert duties(notice) == []
    actions.post_due(NOW)
    assert fresh(notice).state == "signed"
    actions.post_due(moment)

    assert (fresh(notice).state, fresh(notice).posted_at) == ("posted", moment)
    assert Event.objects.get(chain_id=str(notice.pk), act="posted").actor_id is None


def test_what_the_clock_cannot_post_waits_for_an_officer(rows, officer, leader):
    notice = makers.signed(rows[:2], officer, leader)
    actions.plan_posting(notice.pk, NOW + timedelta(hours=2), actor=officer, at=NOW)
    makers.move(rows[0], "withdraw", role="applicant", actor=rows[0].application.created_by, at=NOW)

    actions.post_due(NOW + timedelta(hours=3))

    assert (fresh(notice).state, fresh(notice).post_at) == ("signed", None)
    assert duties(notice) == ["public_notice.post"]


def test_extended_it_stands_until_the_later_day(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)

    actions.extend(notice.pk, date(2026, 10, 14), "名单公开页面中断一天", actor=officer, at=NOW)

    assert fresh(notice).last_day == date(2026, 10, 14)
    assert fresh(notice).counted[-1] == "2026-10-14"
    assert verified() == []
    with pytest.raises(Refused) as refused:
        actions.extend(notice.pk, date(2026, 10, 12), "又改", actor=officer, at=NOW)
    assert codes(refused) == ["public_notice.not_later"]


def test_withdrawn_its_projects_wait_for_another_notice_whose_days_begin_anew(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)

    makers.agreed(approving.WITHDRAW, notice, leader, officer=officer, reason="名单有误")
    again = makers.posted(rows[:2], officer, leader, at=NOW + timedelta(days=1))

    assert fresh(notice).state == "withdrawn"
    assert again.last_day == date(2026, 10, 12)
    assert makers.states(rows[:2]) == ["in_notice", "in_notice"]
    assert verified() == []


def test_the_page_is_taken_down_after_its_time(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader, shown_days=30)
    later = makers.after(notice)
    actions.end_due(later)
    actions.conclude(notice.pk, actor=officer, at=later)

    actions.take_down_due(later + timedelta(days=29))
    assert fresh(notice).state == "concluded"
    actions.take_down_due(later + timedelta(days=30))

    assert fresh(notice).state == "taken_down"


def test_somebody_elses_notice_is_not_there(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)
    stranger = make.officer(make.association())

    with pytest.raises(Notice.DoesNotExist):
        actions.extend(notice.pk, date(2026, 10, 14), "理由", actor=stranger, at=NOW)


def test_a_list_that_was_changed_behind_the_program_is_found(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)
    NoticeItem.objects.filter(notice=notice, position=1).update(
        listed={"title": "别的项目", "unit": "别的单位"}
    )

    assert [fault.code for fault in verified()] == ["public_notice.list_differs"]


def test_a_last_day_that_was_moved_behind_the_program_is_found(rows, officer, leader):
    notice = makers.posted(rows[:2], officer, leader)
    Notice.objects.filter(pk=notice.pk).update(last_day=date(2026, 10, 9))

    assert "public_notice.days_differ" in [fault.code for fault in verified()]
