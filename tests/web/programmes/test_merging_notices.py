"""Correction and extension notices: merged into the draft, undone, published, seen by the public."""

from datetime import timedelta

import pytest
from django.urls import reverse

from keqiao.web.audit.queries import timeline
from keqiao.web.parties.models import Association
from keqiao.web.programmes import actions
from keqiao.web.programmes.actions.publication import Signed, publish_approved
from keqiao.web.programmes.amendments import queries as amendment_queries
from keqiao.web.programmes.amendments.shown import shown
from keqiao.web.programmes.models import Amendment, Call, Revision
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.verification import CHECKS
from tests.web import make
from tests.web.programmes import notices
from tests.web.programmes.notices import NOW, accept_all, merged, page_of, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    association = make.association("河洛市科学技术协会", slug="heluo")
    return make.published_call(association, notices.programme())


@pytest.fixture
def officer(client, call):
    account = make.officer(call.association)
    client.force_login(account)
    return account


def test_accepted_changes_are_merged_as_one_step_with_the_words_behind_them(client, call, officer):
    amendment = uploaded(client, call)

    draft = merged(amendment, officer)

    lecture = draft.definition["categories"][0]
    assert draft.version == 2
    assert draft.definition["deadline"]["on"] == "2026-07-15"
    assert (lecture["funding"]["amount_fen"], lecture["per_unit_limit"]["max"]) == (50_000_00, 1)
    assert (
        draft.definition["categories"][1]
        == notices.programme().model_dump(mode="json", exclude_defaults=True)["categories"][1]
    )
    assert (
        draft.words["c1:funding"]["words"]
        == "科普讲座项目“资金支持标准：3万元/项”更正为“资金支持标准：5万元/项”"
    )
    assert (draft.steps.first().act, timeline(call).last().act) == ("amended", "amended")


def test_undoing_the_merge_opens_the_notice_again(client, call, officer):
    amendment = uploaded(client, call)
    merged(amendment, officer)
    assert page_of(amendment).is_merged

    actions.undo(call.pk, 2, actor=officer, at=NOW)

    page = page_of(amendment)
    assert (page.is_merged, page.was_undone, page.changes.waiting) == (False, True, 0)
    actions.merge_notice(amendment.pk, 3, actor=officer, at=NOW)
    assert page_of(amendment).is_merged


def test_publishing_takes_the_notice_up_and_the_public_may_read_it(client, call, officer):
    amendment = uploaded(client, call)
    assert list(amendment_queries.amendments_of(call)) == []
    merged(amendment, officer)

    revision = actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    amendment.refresh_from_db()
    assert amendment.revision == revision
    assert list(amendment_queries.amendments_of(call)) == [amendment]
    assert [check().faults for _name, check in CHECKS] == [()] * len(CHECKS)


def test_the_note_of_the_revision_begins_with_the_notice(client, call, officer):
    merged(uploaded(client, call), officer)

    page = client.get(reverse("programmes:publish", args=[call.pk])).content.decode()

    assert f"依据：《关于《{notices.TITLE}》的更正通知》</textarea>" in page


def test_the_public_sees_the_notice_and_may_save_it(client, call, officer):
    amendment = uploaded(client, call)
    address = reverse("portal:notice", args=[call.slug, amendment.pk])
    merged(amendment, officer)
    client.logout()
    assert client.get(address).status_code == 404
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    page = client.get(reverse("portal:call", args=[call.slug])).content.decode()
    file = client.get(address)

    assert (f'href="{address}"' in page, "2026年6月20日 已更正" in page) == (True, True)
    assert (file.status_code, file.headers["Content-Disposition"].startswith("attachment")) == (200, True)
    assert b"".join(file.streaming_content) == notices.as_text(notices.CORRECTION)


def test_verify_sees_a_notice_that_its_revision_does_not_hold(client, call, officer):
    amendment = uploaded(client, call)
    check = dict(CHECKS)["correction notices"]
    merged(amendment, officer)
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")
    assert check().faults == ()

    Amendment.objects.update(revision=call.revisions.get(number=1))

    assert [fault.code for fault in check().faults] == ["amendment.not_in_revision"]


def test_a_revision_without_what_was_accepted_takes_no_notice_up(client, call, officer):
    amendment = uploaded(client, call)
    merged(amendment, officer)
    actions.undo(call.pk, 2, actor=officer, at=NOW)
    change = actions.PartChange(3, make.part("", "places"), {"count": 9})
    actions.change_part(call.pk, change, actor=officer, at=NOW)

    actions.publish(call.pk, 4, actor=officer, at=NOW, note="其他")

    amendment.refresh_from_db()
    assert amendment.revision is None


def test_what_is_not_settled_is_not_merged(client, call, officer):
    amendment = uploaded(client, call, notices.SUPPLEMENT)
    accept_all(amendment, officer)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    assert [(f.code, f.values) for f in refused.value.findings] == [("amendment.unsettled", {"count": 3})]
    assert call.draft.steps.count() == 1


def test_nothing_is_merged_where_nothing_was_accepted(client, call, officer):
    amendment = uploaded(client, call)
    for proposal in shown(amendment, call.draft).proposals:
        verdict = actions.Verdict(proposal.key, "aside", reason="不予更正")
        actions.settle(amendment.pk, verdict, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.nothing_accepted"]


def test_a_part_that_changed_after_it_was_accepted_has_to_be_looked_at_again(client, call, officer):
    amendment = uploaded(client, call, notices.EXTENSION)
    accept_all(amendment, officer)
    change = actions.PartChange(1, make.part("", "deadline"), {"on": "2026-07-01"})
    actions.change_part(call.pk, change, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 2, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.unsettled"]


def test_the_draft_that_somebody_else_changed_is_not_overwritten(client, call, officer):
    amendment = uploaded(client, call)
    accept_all(amendment, officer)
    change = actions.PartChange(1, make.part("c2", "places"), {"count": 9})
    actions.change_part(call.pk, change, actor=make.officer(call.association), at=NOW)

    with pytest.raises(StaleDraft):
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    draft = actions.merge_notice(amendment.pk, 2, actor=officer, at=NOW)
    assert draft.definition["categories"][1]["places"] == {"count": 9}


def test_a_closed_call_is_opened_again_by_a_later_deadline(client, call, officer):
    make.closed(call)
    amendment = uploaded(client, call, notices.EXTENSION)
    merged(amendment, officer)

    actions.publish(call.pk, 2, actor=officer, at=NOW, note="延期")

    call.refresh_from_db()
    assert (call.state, timeline(call).last().act) == ("open", "extended")
    assert [check().faults for _name, check in CHECKS] == [()] * len(CHECKS)


def test_a_closed_call_is_not_opened_again_by_a_deadline_that_has_passed(client, call, officer):
    make.closed(call)
    merged(uploaded(client, call, notices.EXTENSION), officer)

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 2, actor=officer, at=NOW + timedelta(days=60), note="延期")

    call.refresh_from_db()
    assert [f.code for f in refused.value.findings] == ["amendment.extends_nothing"]
    assert (call.state, Revision.objects.filter(call=call).count()) == ("closed", 1)


def test_a_notice_waits_on_the_desk_until_it_is_published(client, call, officer):
    amendment = uploaded(client, call)
    address = reverse("programmes:amendment", args=[amendment.pk])
    assert address in client.get(reverse("portal:desk")).content.decode()
    assert address in client.get(reverse("programmes:draft", args=[call.pk])).content.decode()
    merged(amendment, officer)
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    assert address not in client.get(reverse("portal:desk")).content.decode()


def test_a_merged_notice_cannot_be_settled_again(client, call, officer):
    amendment = uploaded(client, call)
    key = shown(amendment, call.draft).proposals[0].key
    merged(amendment, officer)

    with pytest.raises(Refused) as refused:
        actions.open_again(amendment.pk, key, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.applied"]


def test_what_was_accepted_for_a_part_that_is_meant_no_more_is_not_merged(client, call, officer):
    amendment = uploaded(client, call, notices.EXTENSION)
    accept_all(amendment, officer)
    change = actions.PartChange(1, make.part("", "deadline"), None, reason="改为分类截止")
    actions.change_part(call.pk, change, actor=officer, at=NOW)
    for version, node in ((2, "c1"), (3, "c2")):
        day = actions.PartChange(version, make.part(node, "deadline"), {"on": "2026-06-30"})
        actions.change_part(call.pk, day, actor=officer, at=NOW)
    accept_all(amendment, officer)

    draft = actions.merge_notice(amendment.pk, 4, actor=officer, at=NOW)

    days = [category["deadline"]["on"] for category in draft.definition["categories"]]
    assert ("deadline" in draft.definition, days) == (False, ["2026-07-15", "2026-07-15"])


def test_a_second_person_agrees_to_a_correction_as_well(client, call, officer):
    Association.objects.filter(pk=call.association_id).update(second_person_publishes=True)
    amendment = uploaded(client, call)
    merged(amendment, officer)
    signed = Signed(officer, NOW, "更正", approved_by=make.officer(call.association))

    revision = publish_approved(call.pk, 2, signed)

    amendment.refresh_from_db()
    assert amendment.revision == revision
