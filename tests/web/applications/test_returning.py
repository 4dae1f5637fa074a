"""Returned for correction: the named fields open, until a day; what is not corrected stands."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Return, Submission
from keqiao.web.applications.refusals import Refused
from keqiao.web.registers.models import Holding
from tests.web import make
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
AFTER_THE_DAY = datetime(2026, 6, 10, 16, tzinfo=UTC)  # midnight in Shanghai


def test_only_the_named_fields_can_be_changed():
    application = makers.submitted(makers.call())
    makers.returned(application, "summary")

    with pytest.raises(Refused) as refused:
        makers.save(application, project="另一个项目")
    saved = makers.save(application, summary="六个乡镇，十二场。")

    assert [finding.code for finding in refused.value.findings] == ["application.field_closed"]
    assert saved.answers["summary"] == "六个乡镇，十二场。"


def test_a_correction_is_a_second_submission_and_takes_no_second_place():
    application = makers.submitted(makers.call(limit=1))
    makers.returned(application)
    makers.save(application, summary="六个乡镇，十二场。")

    receipt = makers.submit(application)

    assert (receipt.ordinal, makers.fresh(application).state) == (2, "submitted")
    assert Return.objects.get().outcome == "corrected"
    assert Holding.objects.filter(ended_on=None).count() == 1


def test_after_the_day_the_submission_stands_as_it_was():
    application = makers.submitted(makers.call())
    makers.returned(application)
    makers.save(application, summary="改到一半")

    with pytest.raises(Refused) as refused:
        makers.submit(application, at=AFTER_THE_DAY)
    actions.let_stand_due(AFTER_THE_DAY)

    standing = makers.fresh(application)
    assert [finding.code for finding in refused.value.findings] == ["application.late"]
    assert (standing.state, Submission.objects.count(), Return.objects.get().outcome) == (
        "submitted",
        1,
        "stood",
    )
    assert queries.answers_of(standing) == queries.submitted_answers(Submission.objects.get(), whole=True)


def test_a_correction_counts_by_its_own_day_and_not_by_the_deadline_of_the_call():
    application = makers.submitted(makers.call(deadline={"on": "2026-06-02"}))
    makers.returned(application)
    last = datetime(2026, 6, 10, 15, 59, 59, 999999, tzinfo=UTC)

    receipt = makers.submit(application, at=last)

    assert receipt.arrived_at == last


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (actions.Correction({}, makers.correction().until), "application.return_names_nothing"),
        (
            actions.Correction({"summary": " "}, makers.correction().until),
            "application.return_without_reason",
        ),
        (actions.Correction({"nothing": "缺"}, makers.correction().until), "application.no_such_field"),
        (makers.correction(day="2026-05-31"), "application.return_day_over"),
    ],
)
def test_a_return_names_fields_with_reasons_and_a_day_that_lies_ahead(wanted, code):
    application = makers.submitted(makers.call())
    officer = make.officer(application.call.association)

    with pytest.raises(Refused) as refused:
        actions.return_for_correction(application.pk, wanted, actor=officer, at=makers.NOW)

    assert [finding.code for finding in refused.value.findings] == [code]
    assert makers.fresh(application).state == "submitted"


def test_the_office_reads_what_was_submitted_and_counts_drafts():
    call = makers.call()
    application, _draft = makers.submitted(call), makers.draft(call)
    officer = make.officer(call.association)

    assert makers.ids(*queries.office_applications(officer, makers.NOW)) == {application.pk}
    (counted,) = queries.drafts_counted(officer, makers.NOW)
    assert (counted.call, counted.category, counted.count) == (call.title, "科普活动", 1)
    other = make.officer(make.association())
    assert queries.drafts_counted(other, makers.NOW) == []
    assert queries.drafts_counted(application.created_by, makers.NOW) == []


def test_until_it_is_corrected_the_office_knows_it_under_the_title_that_was_submitted(client):
    application = makers.submitted(makers.call())
    client.force_login(makers.returned(application, "project"))
    titles = []

    for step in (lambda: makers.save(application, project="改到一半"), lambda: makers.submit(application)):
        step()
        (row,) = client.get(reverse("applications:received")).context["list"].page
        titles.append(row.title)

    assert titles == [makers.ANSWERS["project"], "改到一半"]
    assert Holding.objects.get(ended_on=None).title == "改到一半"


def test_what_is_taken_up_again_goes_by_the_title_of_its_last_words():
    application = makers.submitted(makers.call())
    makers.returned(application, "project")
    makers.save(application, project="改到一半")
    makers.withdraw(application)
    assert makers.fresh(application).title == makers.ANSWERS["project"]

    makers.take_up_again(application)

    assert makers.fresh(application).title == "改到一半"
