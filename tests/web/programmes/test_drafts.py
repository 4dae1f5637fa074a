"""Correcting, answering, publishing: what an officer does to a draft."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions
from keqiao.web.programmes.models import Revision
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.refusals import Refused, StaleDraft
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)

pytestmark = pytest.mark.django_db


HEAD_OF_C1 = Part("c1", "head")


def renamed(name: str, version: int = 1) -> actions.PartChange:
    return actions.PartChange(version, HEAD_OF_C1, {"name": name})


def test_a_correction_changes_the_draft_and_is_recorded_once():
    call = make.draft_call()

    draft = actions.change_part(call.pk, renamed("科普讲座"), actor=call.created_by, at=NOW)

    assert draft.definition["categories"][0]["name"] == "科普讲座"
    assert draft.version == 2
    event = timeline(call).last()
    assert (event.act, event.data) == ("corrected", {"version": 2, "node": "c1", "what": ["head"]})


def test_a_correction_on_an_older_version_is_refused_and_says_what_changed():
    call = make.draft_call()
    other = make.officer(call.association)
    actions.change_part(call.pk, renamed("先到"), actor=other, at=NOW)

    with pytest.raises(StaleDraft) as refused:
        actions.change_part(call.pk, renamed("后到"), actor=call.created_by, at=NOW)

    change = refused.value.changes[0]
    assert (change.who, change.act, change.part) == (other.display_name, "corrected", HEAD_OF_C1)
    call.draft.refresh_from_db()
    assert call.draft.definition["categories"][0]["name"] == "先到"


def test_a_correction_that_makes_no_definition_is_refused():
    call = make.draft_call()
    change = actions.PartChange(1, Part("c1", "funding"), {"kind": "fixed"})

    with pytest.raises(Refused) as refused:
        actions.change_part(call.pk, change, actor=call.created_by, at=NOW)

    assert [finding.code for finding in refused.value.findings] == ["draft.value_unfit"]
    call.draft.refresh_from_db()
    assert call.draft.version == 1


def test_an_officer_of_another_association_may_not_correct():
    call = make.draft_call()

    with pytest.raises(Refused) as refused:
        actions.change_part(call.pk, renamed("外人"), actor=make.officer(make.association()), at=NOW)

    assert [finding.code for finding in refused.value.findings] == ["call.not_your_role"]


def test_a_confirmed_statement_needs_no_answer_any_more():
    rule = {
        "id": "c1.r1",
        "type": "declared",
        "about": "content",
        "summary": "内容合规",
        "needs_answer": True,
    }
    programme = make.definition(rules=[rule])
    call = make.draft_call(programme=programme)
    answer = actions.Answer("programme.answer_needed@c1.r1", 1, "confirmed")

    draft = actions.answer_doubt(call.pk, answer, actor=call.created_by, at=NOW)

    assert "needs_answer" not in draft.definition["rules"][0]
    assert timeline(call).last().act == "answered"


def test_a_birth_date_that_is_not_filled_in_blocks_publication_with_all_other_faults():
    rule = {
        "id": "r1",
        "type": "person",
        "summary": "负责人年龄",
        "role": "负责人",
        "attr": "birth",
        "born_after": "1988-xx-xx",
    }
    call = make.draft_call(programme=make.definition(rules=[rule], deadline=None))

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 1, actor=call.created_by, at=NOW, note="仍要发布")

    codes = {finding.code for finding in refused.value.findings}
    assert {"programme.date_unfilled", "programme.deadline_missing"} <= codes
    call.refresh_from_db()
    assert (call.state, call.slug, Revision.objects.count()) == ("draft", None, 0)


def test_a_warning_is_passed_by_a_reason_only():
    call = make.draft_call()

    with pytest.raises(Refused):
        actions.publish(call.pk, 1, actor=call.created_by, at=NOW)
    revision = actions.publish(call.pk, 1, actor=call.created_by, at=NOW, note="评分标准另行公布")

    assert (revision.number, revision.note) == (1, "评分标准另行公布")


def test_publication_makes_a_revision_an_address_and_an_event():
    association = make.association(slug="heluo")
    call = make.published_call(association)

    assert (call.state, call.slug, call.deadline_at.isoformat()) == (
        "published",
        "heluo-2026",
        "2026-06-30T15:59:59.999999+00:00",
    )
    event = timeline(call).get(act="published")
    assert event.data["digest"] == call.revisions.get().digest


def test_a_second_call_of_the_year_gets_an_address_of_its_own():
    association = make.association(slug="heluo")
    make.published_call(association)

    assert make.published_call(association).slug == "heluo-2026-2"


def test_a_published_call_goes_on_as_the_next_revision():
    call = make.published_call()
    actions.change_part(call.pk, renamed("科普讲座"), actor=call.created_by, at=NOW)

    revision = actions.publish(call.pk, 2, actor=call.created_by, at=NOW, note="更名")

    first = call.revisions.get(number=1)
    assert revision.number == 2
    assert first.definition["categories"][0]["name"] == "科普活动"
    assert [event.act for event in timeline(call)] == ["started", "published", "corrected", "revised"]


def test_a_revision_without_any_change_is_refused():
    call = make.published_call()

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 1, actor=call.created_by, at=NOW, note="再发")

    assert [finding.code for finding in refused.value.findings] == ["call.nothing_changed"]


@pytest.mark.parametrize("change", [lambda rows: rows.update(note="改"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_a_revision(change):
    make.published_call()

    with pytest.raises(DatabaseError), transaction.atomic():
        change(Revision.objects.all())

    assert Revision.objects.get().note == "测试"
