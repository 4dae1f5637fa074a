"""Submitting: one act from the deadline to the receipt, and the same receipt whenever it is repeated."""

from datetime import timedelta

import pytest

from keqiao.web.applications.models import Application, NumberSeries, Submission
from keqiao.web.applications.receipts import digest_of_content
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import check_chains
from keqiao.web.notifications.models import Message
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_submission_leaves_receipt_place_event_and_letter():
    call = makers.call(limit=2)
    draft = makers.draft(call)

    receipt = makers.submit(draft)

    application = makers.fresh(draft)
    row = Submission.objects.get()
    assert (application.state, application.number) == ("submitted", f"{call.slug}-0001")
    assert (receipt.number, receipt.digest, receipt.arrived_at) == (
        application.number,
        row.digest,
        makers.NOW,
    )
    assert row.digest == digest_of_content(row.content)
    assert Holding.objects.get().project == str(application.pk)
    assert [event.act for event in events_of_kind("applications.application")] == ["started", "submitted"]
    assert {m.template for m in Message.objects.filter(recipient_id=application.created_by_id)} == {
        "application.receipt"
    }
    assert check_chains().faults == ()


def test_the_same_key_gives_the_same_receipt_and_one_effect():
    draft = makers.draft(makers.call(limit=1))
    key = makers.key()

    receipts = [makers.submit(draft, named=key) for _ in range(5)]

    assert len({receipt.submission_id for receipt in receipts}) == 1
    assert (Submission.objects.count(), Holding.objects.count(), NumberSeries.objects.get().last) == (1, 1, 1)


def test_another_key_is_refused_once_it_is_submitted():
    application = makers.submitted(makers.call())

    with pytest.raises(Refused) as refused:
        makers.submit(application)

    assert codes(refused) == ["application.wrong_state"]


def test_the_limit_refuses_one_more_and_writes_nothing():
    call = makers.call(limit=1)
    actor = makers.applicant(makers.unit())
    makers.submitted(call, actor)
    second = makers.draft(call, actor)

    with pytest.raises(Refused) as refused:
        makers.submit(second)

    assert codes(refused) == ["quota.applied_full"]
    assert Submission.objects.count() == 1
    assert makers.fresh(second).state == "draft"


def test_the_last_moment_is_in_time_and_the_next_is_late_with_its_clause():
    call = makers.call()
    in_time, late = makers.draft(call), makers.draft(call)

    makers.submit(in_time, at=makers.LAST_MOMENT)
    with pytest.raises(Refused) as refused:
        makers.submit(late, at=makers.LAST_MOMENT + timedelta(microseconds=1))

    assert codes(refused) == ["application.late"]
    assert makers.fresh(in_time).submitted_at == makers.LAST_MOMENT


def test_what_arrived_in_time_counts_however_long_the_queue():
    draft = makers.draft(makers.call())
    hours_later = makers.LAST_MOMENT + timedelta(hours=2)

    receipt = makers.submit(draft, at=hours_later, arrived_at=makers.LAST_MOMENT)

    row = Submission.objects.get()
    assert (receipt.arrived_at, row.taken_at) == (makers.LAST_MOMENT, hours_later)


def test_what_is_missing_in_the_form_refuses_with_its_place():
    draft = makers.draft(makers.call(), summary="")

    with pytest.raises(Refused) as refused:
        makers.submit(draft)

    assert [(finding.code, finding.at) for finding in refused.value.findings] == [
        ("form.missing", ("summary",))
    ]


def test_others_cannot_tell_that_the_application_exists():
    draft = makers.draft(makers.call())

    with pytest.raises(Application.DoesNotExist):
        makers.submit(draft, by=makers.applicant(makers.unit()))
    with pytest.raises(Application.DoesNotExist):
        makers.submit(draft, by=make.user())
