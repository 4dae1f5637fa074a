"""A call ends: cancelled with a reason that everybody reads, or closed by the clock after its last day."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from keqiao.core.workdays import last_moment
from keqiao.web.accounts.models import Grant
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.actions import Letter, queue_mail
from keqiao.web.notifications.models import Message
from keqiao.web.parties.queries import public_edition
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Call, Offer
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.refusals import Refused
from keqiao.web.programmes.verification import CHECKS
from tests.web import make

DAY = date(2026, 6, 30)
OVER = last_moment(DAY)
SECOND = timedelta(seconds=1)
REASON = "经费计划调整，本年度不再组织"

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return make.published_call(programme=make.definition(deadline={"on": DAY.isoformat()}))


def state_of(call: Call) -> str:
    return Call.objects.values_list("state", flat=True).get(pk=call.pk)


def cancel_page(client, call, viewer, reason=REASON):
    client.force_login(viewer)
    return client.post(reverse("programmes:cancel", args=[call.pk]), {"reason": reason})


def faults() -> list:
    return [fault for _name, check in CHECKS for fault in check().faults]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER])
def test_officers_and_leaders_cancel_a_call_and_everybody_reads_when_and_why(client, call, role):
    address = reverse("portal:call", args=[call.slug])
    assert "已取消" not in client.get(address).content.decode()

    answer = cancel_page(client, call, make.holder(role, call.association.organisation))

    assert (answer.status_code, state_of(call)) == (302, "cancelled")
    event = timeline(call).last()
    assert (event.act, event.role, event.reason.text) == ("cancelled", role.value, REASON)
    client.logout()
    for page in (address, reverse("portal:category", args=[call.slug, "c1"])):
        words = client.get(page).content.decode()
        assert ("这份通知已取消" in words, REASON in words, "取消日期" in words) == (True, True, True)
    assert faults() == []


def test_cancelling_is_one_event_and_one_change_for_the_public(call):
    before, edition = timeline(call).count(), public_edition()

    make.cancelled(call)

    assert (timeline(call).count(), public_edition()) == (before + 1, edition + 1)


def test_without_a_reason_nothing_is_cancelled(client, call):
    answer = cancel_page(client, call, make.officer(call.association), reason=" ")

    assert (answer.status_code, state_of(call)) == (422, "published")
    with pytest.raises(ValueError, match="needs a reason"):
        actions.cancel(call.pk, actor=make.officer(call.association), at=OVER, reason=" ")


def test_a_call_is_cancelled_only_once(client, call):
    make.cancelled(call, "第一次的原因")

    answer = cancel_page(client, call, make.officer(call.association))

    call.refresh_from_db()
    assert (answer.status_code, call.cancelled_because) == (409, "第一次的原因")


def test_the_office_of_another_association_does_not_find_the_page(client, call):
    assert cancel_page(client, call, make.officer(make.association())).status_code == 404
    assert state_of(call) == "published"


def test_a_draft_that_is_cancelled_stays_unknown_to_the_public():
    draft, edition = make.draft_call(), public_edition()

    make.cancelled(draft)

    assert (draft.slug, public_edition(), faults()) == (None, edition, [])


def test_roles_for_a_cancelled_call_run_out_and_others_stay(call):
    unit = make.organisation()
    applicant = make.user()
    for_call = make.role_of(applicant, Role.APPLICANT, unit, call_id=call.pk)
    other = make.role_of(make.user(), Role.APPLICANT, unit, call_id=make.published_call().pk)
    at = timezone.now()

    actions.cancel(call.pk, actor=make.officer(call.association), at=at, reason=REASON)

    ends = dict(Grant.objects.values_list("pk", "valid_until"))
    assert (ends[for_call.pk], ends[other.pk]) == (at + timedelta(days=30), None)


def test_letters_about_a_cancelled_call_that_wait_do_not_go_and_others_do(call):
    """Two letters of the same kind wait in the outbox, one about each of two calls."""
    other = make.published_call()
    for each in (call, other):
        letter = Letter(
            "approval.published",
            address="officer@example.org",
            variables={"title": each.title, "who": "李主任", "url": "https://example.org/"},
            about=("programmes.call", str(each.pk)),
        )
        queue_mail(letter, key=f"published:{each.pk}", at=timezone.now())

    make.cancelled(call)

    waiting = dict(Message.objects.values_list("about_id", "state"))
    assert waiting == {str(call.pk): "cancelled", str(other.pk): "queued"}


def test_the_clock_closes_a_call_after_the_last_instant_of_its_last_day_and_not_before(call):
    actions.close_due(OVER)
    assert state_of(call) == "published"

    actions.close_due(OVER + SECOND)

    assert state_of(call) == "closed"
    event = timeline(call).last()
    assert (event.act, event.role, event.actor_id, event.at) == ("closed", "clock", None, OVER + SECOND)
    actions.close_due(OVER + 2 * SECOND)
    assert timeline(call).last().pk == event.pk
    assert faults() == []


def two_deadlines(second: dict) -> Call:
    one = {"id": "c1", "name": "先", "deadline": {"on": "2026-06-10"}}
    two = {"id": "c2", "name": "后", **second}
    common = {"funding": {"kind": "fixed", "amount_fen": 3_000_000}, "places": {"count": 4}}
    programme = make.definition(deadline=None, categories=[one | common, two | common])
    return make.published_call(programme=programme)


def test_a_call_stays_open_until_the_last_of_its_categories_is_over():
    call = two_deadlines({"deadline": {"on": DAY.isoformat()}})

    actions.close_due(OVER)
    assert state_of(call) == "published"
    actions.close_due(OVER + SECOND)
    assert state_of(call) == "closed"


def test_a_category_without_a_deadline_keeps_its_call_open():
    call = two_deadlines({"deadline": {"on": DAY.isoformat()}})
    Offer.objects.filter(call=call, node="c2").update(deadline_at=None)

    actions.close_due(datetime(2099, 1, 1, tzinfo=OVER.tzinfo))

    assert state_of(call) == "published"


def test_drafts_and_cancelled_calls_are_not_closed(call):
    draft = make.draft_call(programme=make.definition(deadline={"on": DAY.isoformat()}))
    make.cancelled(call)

    actions.close_due(OVER + SECOND)

    assert (state_of(draft), state_of(call)) == ("draft", "cancelled")


def test_a_closed_call_is_still_corrected_and_stays_closed(call):
    actions.close_due(OVER + SECOND)
    change = actions.PartChange(1, Part("c1", "places"), {"count": 5})
    officer = call.created_by
    actions.change_part(call.pk, change, actor=officer, at=OVER + SECOND)

    actions.publish(call.pk, 2, actor=officer, at=OVER + SECOND, note="更正名额")

    assert (state_of(call), timeline(call).last().act) == ("closed", "revised")
    assert faults() == []


def test_a_closed_call_is_not_moved_to_a_deadline_that_has_passed_as_well(call):
    actions.close_due(OVER + SECOND)
    change = actions.PartChange(1, Part("", "deadline"), {"on": "2026-07-02"})
    actions.change_part(call.pk, change, actor=call.created_by, at=OVER + SECOND)

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 2, actor=call.created_by, at=OVER + timedelta(days=9), note="延期")

    assert [finding.code for finding in refused.value.findings] == ["amendment.extends_nothing"]
